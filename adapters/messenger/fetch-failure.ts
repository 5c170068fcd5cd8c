/** Codes of failures before a connection was open: no byte of the request has left. */
const NEVER_LEFT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENETDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** What a failed `fetch` leaves open, with a reason that holds nothing of the request: no URL, hence no token. */
export interface FetchFailure {
  outcome: 'never-left' | 'ambiguous';
  reason: string;
}

/**
 * Tells whether the request of a failed `fetch` surely never left. A time-out, a reset and whatever is unknown
 * are ambiguous: the other side may have read it all.
 */
export function describeFetchFailure(error: unknown): FetchFailure {
  if (error instanceof Error && error.name === 'TimeoutError') {
    return { outcome: 'ambiguous', reason: 'no answer in time' };
  }
  const codes = errorCodes(error);
  const outcome = codes.length > 0 && codes.every((code) => NEVER_LEFT.has(code)) ? 'never-left' : 'ambiguous';
  return { outcome, reason: codes.length > 0 ? [...new Set(codes)].join(', ') : 'the connection failed' };
}

/** Codes of the failure: undici wraps the cause, and an AggregateError holds one for each address it tried. */
function errorCodes(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  if (error instanceof AggregateError) return error.errors.flatMap((each: unknown) => errorCodes(each));
  if ('code' in error && typeof error.code === 'string') return [error.code];
  return errorCodes(error.cause);
}
