import { answerText, parseAnswerJson } from '../../adapters/answer-text.ts';
import type { GuardedResponse, GuardedResult } from '../../adapters/guarded-fetch.ts';
import type { Json } from '../../contracts/json.ts';
import type { OperationResult } from '../../contracts/operation.ts';
import { resolveRequest } from './http-request.ts';
import { failed, idempotencyKey, noData, type OperationHandler } from './operation-handler.ts';
import { retryWhatMayPass } from './retry-what-may-pass.ts';

/** What a variable may hold of an answer. */
const MAX_BODY_BYTES = 64 * 1024;
/** Asking these again changes nothing, by their meaning. */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** One HTTP request; what may pass is thrown, so that Temporal tries again within the block's time. */
export const fetchUrl: OperationHandler<'fetch-url'> = async (deps, request, attempt) => {
  const { operation } = request;
  if (operation.refusal !== undefined) return failed(`The address is refused: ${operation.refusal}.`);
  const remainingMs = attempt.deadlineAt - deps.now();
  if (remainingMs <= 0) return { outcome: 'timeout', reason: 'No answer came in time.', values: {} };
  const { headers, body, secrets } = await resolveRequest(deps, operation);
  const result = await deps.guardedFetch(operation.url, {
    method: operation.method,
    headers: { ...(SAFE.has(operation.method) ? {} : { 'idempotency-key': idempotencyKey(request) }), ...headers },
    timeoutMs: remainingMs,
    maxBytes: MAX_BODY_BYTES,
    ...(body !== undefined && { body }),
  });
  retryWhatMayPass(result, { attempt, retries: operation.retries, now: deps.now() });
  return classify(result, operation.method, secrets);
};

function classify(result: GuardedResult, method: string, secrets: readonly string[]): OperationResult {
  if (result.outcome === 'timeout') return { outcome: 'timeout', reason: 'No answer came in time.', values: {} };
  if (result.outcome === 'refused') return failed(`The address is refused: ${result.reason}.`);
  if (result.outcome === 'failed') return failed(`No answer: ${result.reason}.`);
  const values = readAnswer(result, secrets);
  const isSuccess = result.status >= 200 && result.status < 300;
  if (!isSuccess) return { ...failed(`The answer was HTTP ${result.status}.`), values };
  if (result.bytes.length === 0 && method !== 'HEAD') return { ...noData('The answer is empty.'), values };
  return { outcome: 'done', values };
}

/** `body` as text, and `json` where it is that. A server that repeats a secret must not bring it into a variable. */
function readAnswer(answer: GuardedResponse, secrets: readonly string[]): Record<string, Json> {
  const { status, isTruncated } = answer;
  const body = hide(answerText(answer), secrets);
  const json = isTruncated ? undefined : parseAnswerJson(body);
  return { status, body, ...(json !== undefined && { json }) };
}

function hide(text: string, secrets: readonly string[]): string {
  return secrets.filter((secret) => secret !== '').reduce((hidden, secret) => hidden.replaceAll(secret, '***'), text);
}
