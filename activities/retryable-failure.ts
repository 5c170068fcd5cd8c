import { ApplicationFailure } from '@temporalio/common';

/** A failure after which Temporal tries again; `afterMs` overrides the retry policy's own pause. */
export function retryableFailure(type: string, message: string, afterMs?: number): ApplicationFailure {
  return ApplicationFailure.create({
    type,
    message,
    ...(afterMs !== undefined && { nextRetryDelay: afterMs }),
  });
}
