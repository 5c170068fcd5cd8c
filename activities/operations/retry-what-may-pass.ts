import type { GuardedResult } from '../../adapters/guarded-fetch.ts';
import { retryableFailure } from '../retryable-failure.ts';
import type { OperationAttempt } from './operation-handler.ts';

const FIRST_PAUSE_MS = 500;
/** A passing state of the other side. Source: RFC 9110. */
const PASSING = new Set([429, 502, 503, 504]);

/**
 * Throws where asking again may help and there is time and an attempt left: Temporal asks again then, after the pause that
 * the other side wishes for.
 */
export function retryWhatMayPass(
  result: GuardedResult,
  { attempt, retries, now }: { attempt: OperationAttempt; retries: number; now: number },
): void {
  const mayPass = result.outcome === 'failed' || (result.outcome === 'answered' && PASSING.has(result.status));
  if (!mayPass || attempt.number > retries) return;
  const askedForMs = result.outcome === 'answered' ? Number(result.headers['retry-after']) * 1000 : 0;
  const pauseMs = Math.max(askedForMs || 0, FIRST_PAUSE_MS * 2 ** (attempt.number - 1));
  if (now + pauseMs >= attempt.deadlineAt) return;
  throw retryableFailure('OPERATION_MAY_PASS', 'The other side did not answer as it should', pauseMs);
}
