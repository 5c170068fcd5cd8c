import { parseAnswerJson } from '../../adapters/answer-text.ts';
import { completionsUrl } from '../../adapters/bots/post-question.ts';
import { askWithinTokens } from '../../adapters/bots/read-answer.ts';
import type { GuardedResult } from '../../adapters/guarded-fetch.ts';
import type { Model } from '../../adapters/mongo/configuration/configuration-items.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { findToken, listNamed, pickAccount, postQuestion, readAnswer } from './ask-account.ts';
import { composeTalk, type ChatRequest } from './compose-talk.ts';
import type { OperationHandler } from './operation-handler.ts';
import { readModelAnswer } from './read-model-answer.ts';
import { retryWhatMayPass } from './retry-what-may-pass.ts';

const MAX_ANSWER_BYTES = 256 * 1024;
/** Beside the first attempt; `contracts/operations.ts` allows as many. */
const RETRIES = 2;

/**
 * Asks a language model behind an API of OpenAI's form for its next step. It is told what the operation holds and nothing
 * else: not who the customer is, nor where they write.
 */
export const askModel: OperationHandler<'ask-model'> = async (deps, { operation }, attempt) => {
  const model = await findModel(deps, operation.account);
  const account = { url: completionsUrl(model.url), token: await findToken(deps, model) };
  const ask = async (body: ChatRequest): Promise<GuardedResult> =>
    postQuestion(deps, { ...account, body, maxBytes: MAX_ANSWER_BYTES }, attempt);
  const request = { model: model.model, ...composeTalk(operation) };
  const result = await askWithinTokens((limit) => ask({ ...request, ...limit }), operation.maxTokens);
  retryWhatMayPass(result, { attempt, retries: RETRIES, now: deps.now() });
  const answer = readAnswer('model', result, { token: account.token, maxBytes: MAX_ANSWER_BYTES });
  if ('failure' in answer) return answer.failure;
  return readModelAnswer(
    parseAnswerJson(answer.text),
    operation.actions.map(({ name }) => name),
  );
};

async function findModel({ configuration }: ActivityDependencies, name: string | undefined): Promise<Model> {
  const known = (await configuration.get()).models();
  // One applied a moment ago is not missed.
  const models = listNamed(known, name).length > 0 ? known : (await configuration.refreshNow()).models();
  return pickAccount('model', models, name);
}
