import { GRAPH_ERROR_ROWS, type GraphErrorRow } from './graph-error-rows.ts';
import { readUsage } from './graph-usage.ts';
import { fieldOf, recordOf, textOf, type JsonRecord } from './json-value.ts';

/** An error response of the Graph API, classified. */
export interface GraphError extends Omit<GraphErrorRow, 'code' | 'subcode'> {
  httpStatus: number;
  code?: number;
  subcode?: number;
  /** Meta's own words, without anything that could be a token. */
  metaMessage?: string;
  /** Meta's support asks for it; it expires soon. */
  traceId?: string;
}

interface GivenError {
  code: number | undefined;
  subcode: number | undefined;
  words: string;
}

const SECOND = 1000;
/** Access tokens are long runs of letters and digits; Meta quotes them in some messages ("Malformed access token …"). */
const MAYBE_TOKEN = /[\w|.~%-]{24,}/g;
const MAX_MESSAGE_LENGTH = 300;

const RETRYABLE_UNLISTED = {
  class: 'retry',
  retryable: true,
  scope: 'message',
  operatorMessage: 'Meta could not take the message just now. It is tried again.',
} as const;
const FINAL_UNLISTED = {
  class: 'final-message',
  retryable: false,
  scope: 'message',
  operatorMessage: 'Meta refused the message for a reason this version does not know. See the code.',
} as const;
const NOT_LET_IN = {
  class: 'page-permission',
  retryable: false,
  scope: 'page',
  operatorMessage:
    'Meta lets this app and token in no more. Check the token of the account and the permissions at Meta.',
} as const;
const TOO_MANY_CALLS = {
  class: 'rate-limited',
  retryable: true,
  scope: 'page',
  operatorMessage: 'Meta asks for fewer calls for a while. Messages wait.',
} as const;

/** True where a body is an error as the Graph API writes it: `{ error: { … } }`. */
export function hasGraphError(body: unknown): boolean {
  return recordOf(fieldOf(recordOf(body), 'error')) !== undefined;
}

/**
 * Classifies an error response by code and subcode; HTTP status and `is_transient` count for unlisted codes only.
 * `body` is the parsed answer, anything at all; `headers` may ask for a delay.
 */
export function classifyGraphError(httpStatus: number, body: unknown, headers?: Headers): GraphError {
  const error = recordOf(fieldOf(recordOf(body), 'error'));
  const said = textOf(fieldOf(error, 'message'));
  const codes = { code: integerOf(error, 'code'), subcode: integerOf(error, 'error_subcode'), words: said ?? '' };
  const row = findRow(codes) ?? classifyUnlisted(httpStatus, error, codes.words);
  const { code: _code, subcode: _subcode, words: _words, ...verdict } = row;
  const delay = askedDelay(headers);
  const metaMessage = said?.replace(MAYBE_TOKEN, '…').slice(0, MAX_MESSAGE_LENGTH);
  const traceId = textOf(fieldOf(error, 'fbtrace_id'));
  return {
    ...verdict,
    httpStatus,
    ...(codes.code !== undefined && { code: codes.code }),
    ...(codes.subcode !== undefined && { subcode: codes.subcode }),
    ...(verdict.retryable && delay !== undefined && { retryAfterMs: delay }),
    ...(metaMessage !== undefined && { metaMessage }),
    ...(traceId !== undefined && { traceId }),
  };
}

/**
 * The row of code and subcode decides, then the one of the subcode, of the code, and of the code's range; of two such rows
 * the one for Meta's words.
 */
function findRow({ code, subcode, words }: GivenError): GraphErrorRow | undefined {
  const candidates = GRAPH_ERROR_ROWS.filter((row) => row.words === undefined || row.words.test(words)).toSorted(
    (one, other) => Number(other.words !== undefined) - Number(one.words !== undefined),
  );
  if (subcode !== undefined) {
    const exact = candidates.find((row) => row.subcode === subcode && includesCode(row, code));
    const bySubcode = exact ?? candidates.find((row) => row.subcode === subcode && row.code === undefined);
    if (bySubcode !== undefined) return bySubcode;
  }
  const general = candidates.filter((row) => row.subcode === undefined && row.code !== undefined);
  return general.find((row) => row.code === code) ?? general.find((row) => includesCode(row, code));
}

function includesCode(row: GraphErrorRow, code: number | undefined): boolean {
  if (code === undefined || row.code === undefined) return false;
  return typeof row.code === 'number' ? row.code === code : code >= row.code.from && code <= row.code.to;
}

function classifyUnlisted(httpStatus: number, error: JsonRecord | undefined, words: string): GraphErrorRow {
  if (httpStatus === 429) return TOO_MANY_CALLS;
  if (httpStatus >= 500 || fieldOf(error, 'is_transient') === true) return RETRYABLE_UNLISTED;
  const byWords = GRAPH_ERROR_ROWS.find(
    (row) => row.code === undefined && row.subcode === undefined && row.words?.test(words),
  );
  if (byWords) return byWords;
  // Who is not let in is not let in with the next message either.
  return httpStatus === 401 || httpStatus === 403 ? NOT_LET_IN : FINAL_UNLISTED;
}

function integerOf(record: JsonRecord | undefined, name: string): number | undefined {
  const number = Number(textOf(fieldOf(record, name)) ?? Number.NaN);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** The longest delay the answer asks for: `Retry-After` in seconds, time to regain access in minutes. */
function askedDelay(headers: Headers | undefined): number | undefined {
  if (headers === undefined) return undefined;
  const retryAfter = Number(headers.get('retry-after') ?? 0) * SECOND;
  const regain = readUsage(headers)?.regainAccessMs ?? 0;
  const delay = Math.max(Number.isFinite(retryAfter) ? retryAfter : 0, regain);
  return delay > 0 ? delay : undefined;
}
