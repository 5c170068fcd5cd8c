import { parseAnswerJson } from '../../adapters/answer-text.ts';
import { readResponses } from '../../adapters/bots/bot-responses.ts';
import type { OperationResult } from '../../contracts/operation.ts';
import { findToken, pickAccount, postQuestion, readAnswer } from './ask-account.ts';
import { done, failed, idempotencyKey, noData, type OperationHandler } from './operation-handler.ts';

const MAX_ANSWER_BYTES = 64 * 1024;

/**
 * Posts what the customer said to a bot. Its side of the talk is in docs/scenario-operations.md: it is given a key by
 * which it knows a repeated question, so a worker that died in between asks once more.
 */
export const askABot: OperationHandler<'ask-a-bot'> = async (deps, request, attempt) => {
  const { operation, conversationId, pageId, psid } = request;
  const bot = pickAccount('bot', (await deps.configuration.get()).bots(), operation.account);
  const question = {
    url: bot.url,
    token: await findToken(deps, bot),
    headers: { 'idempotency-key': idempotencyKey(request) },
    body: { conversationId, pageId, psid, message: operation.message },
    maxBytes: MAX_ANSWER_BYTES,
  };
  const answer = readAnswer('bot', await postQuestion(deps, question, attempt), question);
  return 'failure' in answer ? answer.failure : readBotAnswer(answer.text, operation.maxResponses);
};

function readBotAnswer(text: string, maxResponses: number): OperationResult {
  const raw = parseAnswerJson(text);
  if (raw === undefined && text !== '') return failed('The bot’s answer is not JSON.');
  const responses = readResponses(raw).slice(0, maxResponses);
  return responses.length === 0 ? noData('The bot had nothing to say.') : done({ responses, raw: raw ?? null });
}
