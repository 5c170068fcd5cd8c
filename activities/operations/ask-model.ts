import { answerText, parseAnswerJson } from '../../adapters/answer-text.ts';
import type { GuardedResult } from '../../adapters/guarded-fetch.ts';
import type { Model } from '../../adapters/mongo/configuration/configuration-items.ts';
import type { OperationResult } from '../../contracts/operation.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { composeTalk, type ChatRequest } from './compose-talk.ts';
import { findSecret } from './find-secret.ts';
import { toWholeJson } from './http-request.ts';
import { failed, OperationFailure, type OperationHandler } from './operation-handler.ts';
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
  const token = model.token === undefined ? undefined : await findSecret(deps, model.token);
  const ask = async (request: ChatRequest): Promise<GuardedResult> =>
    deps.guardedFetch(`${model.url.replace(/\/+$/, '')}/chat/completions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: toWholeJson(request),
      timeoutMs: Math.max(1, attempt.deadlineAt - deps.now()),
      maxBytes: MAX_ANSWER_BYTES,
    });
  const request = { model: model.model, ...composeTalk(operation) };
  const { maxTokens } = operation;
  const first = await ask({ ...request, max_tokens: maxTokens });
  const result = wantsNewName(first) ? await ask({ ...request, max_completion_tokens: maxTokens }) : first;
  retryWhatMayPass(result, { attempt, retries: RETRIES, now: deps.now() });
  return classify(
    result,
    operation.actions.map(({ name }) => name),
    token,
  );
};

/** OpenAI's newer models refuse the name that all others take. Source: OpenAI API reference, Chat Completions, `max_tokens`. */
function wantsNewName(result: GuardedResult): boolean {
  return result.outcome === 'answered' && result.status === 400 && answerText(result).includes('max_completion_tokens');
}

function classify(result: GuardedResult, actions: readonly string[], token = ''): OperationResult {
  if (result.outcome === 'timeout') {
    return { outcome: 'timeout', reason: 'The model did not answer in time.', values: {} };
  }
  if (result.outcome !== 'answered') return failed(`The model was not reached: ${result.reason}.`);
  if (result.status < 200 || result.status >= 300) return failed(`The model answered HTTP ${result.status}.`);
  if (result.isTruncated) return failed('The model’s answer is over 256 kB.');
  const text = answerText(result);
  // One that repeats its token must not bring it to a customer.
  return readModelAnswer(parseAnswerJson(token === '' ? text : text.replaceAll(token, '***')), actions);
}

async function findModel({ configuration }: ActivityDependencies, name: string | undefined): Promise<Model> {
  const find = (all: Model[]): Model[] => (name === undefined ? all : all.filter((model) => model.name === name));
  const known = find((await configuration.get()).models());
  // One applied a moment ago is not missed.
  const models = known.length > 0 ? known : find((await configuration.refreshNow()).models());
  const [only, ...more] = models;
  if (!only) throw new OperationFailure(`The configuration has no model${name === undefined ? '' : ` "${name}"`}.`);
  if (more.length > 0) throw new OperationFailure('The configuration has several models: the block has to name one.');
  return only;
}
