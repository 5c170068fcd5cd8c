import { answerText, parseAnswerJson } from '../../adapters/answer-text.ts';
import type { GuardedResult } from '../../adapters/guarded-fetch.ts';
import type { Bot } from '../../adapters/mongo/configuration/configuration-items.ts';
import type { Json } from '../../contracts/json.ts';
import type { OperationResult } from '../../contracts/operation.ts';
import { truncateText } from '../../contracts/split-text.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { findSecret } from './find-secret.ts';
import { toWholeJson } from './http-request.ts';
import { done, failed, idempotencyKey, noData, OperationFailure, type OperationHandler } from './operation-handler.ts';

const MAX_ANSWER_BYTES = 64 * 1024;
/** What one Send Message can say. */
const MAX_RESPONSE_CHARACTERS = 2000;

/**
 * Posts what the customer said to a bot. Its side of the talk is in docs/scenario-operations.md: it is given a key by
 * which it knows a repeated question, so a worker that died in between asks once more.
 */
export const askABot: OperationHandler<'ask-a-bot'> = async (deps, request, attempt) => {
  const { operation, conversationId, pageId, psid } = request;
  const bot = await findBot(deps, operation.account);
  const token = bot.token === undefined ? undefined : await findSecret(deps, bot.token);
  const result = await deps.guardedFetch(bot.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      'idempotency-key': idempotencyKey(request),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: toWholeJson({ conversationId, pageId, psid, message: operation.message }),
    timeoutMs: Math.max(1, attempt.deadlineAt - deps.now()),
    maxBytes: MAX_ANSWER_BYTES,
  });
  return classify(result, operation.maxResponses, token);
};

function classify(result: GuardedResult, maxResponses: number, token = ''): OperationResult {
  if (result.outcome === 'timeout') {
    return { outcome: 'timeout', reason: 'The bot did not answer in time.', values: {} };
  }
  if (result.outcome !== 'answered') return failed(`The bot was not reached: ${result.reason}.`);
  if (result.status < 200 || result.status >= 300) return failed(`The bot answered HTTP ${result.status}.`);
  if (result.isTruncated) return failed('The bot’s answer is over 64 kB.');
  const text = answerText(result);
  // A bot that repeats its token must not bring it into a variable.
  const raw = parseAnswerJson(token === '' ? text : text.replaceAll(token, '***'));
  if (raw === undefined && text !== '') return failed('The bot’s answer is not JSON.');
  const responses = readResponses(raw).slice(0, maxResponses);
  return responses.length === 0 ? noData('The bot had nothing to say.') : done({ responses, raw: raw ?? null });
}

async function findBot({ configuration }: ActivityDependencies, name: string | undefined): Promise<Bot> {
  const bots = (await configuration.get()).bots();
  const [only, ...more] = name === undefined ? bots : bots.filter((bot) => bot.name === name);
  if (!only) throw new OperationFailure(`The configuration has no bot${name === undefined ? '' : ` "${name}"`}.`);
  if (more.length > 0) throw new OperationFailure('The configuration has several bots: the block has to name one.');
  return only;
}

/** `{ responses: [text | { text }] }`, or the list alone; what is no text is left out. */
function readResponses(raw: Json | undefined): string[] {
  const list = isObject(raw) ? raw['responses'] : raw;
  if (!Array.isArray(list)) return [];
  const texts = list.map((item) => (isObject(item) ? item['text'] : item));
  return texts
    .filter((text): text is string => typeof text === 'string' && text.trim() !== '')
    .map((text) => truncateText(text, MAX_RESPONSE_CHARACTERS));
}

function isObject(value: Json | undefined): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
