import type { Context } from '@temporalio/activity';
import { ApplicationFailure, TemporalFailure } from '@temporalio/common';
import type { ActivityInterceptors } from '@temporalio/worker';
import { requestMark, withMark, type MarkedResult } from '../contracts/marked-result.ts';

/** Lets local activities say what they are the result of, or the failure: `workflows/proxy-local-activities.ts` reads it. */
export function markLocalResults({ info }: Pick<Context, 'info'>): ActivityInterceptors {
  if (!info.isLocal) return {};
  return {
    inbound: {
      async execute(input, next): Promise<MarkedResult> {
        const mark = requestMark(info.activityType, input.args);
        try {
          return { mark, result: await next(input) };
        } catch (error) {
          throw markFailure(error, mark);
        }
      },
    },
  };
}

/** As the SDK would pass it on; what says that the activity was cancelled stays as it is. */
function markFailure(error: unknown, mark: string): unknown {
  if (error instanceof TemporalFailure && !(error instanceof ApplicationFailure)) return error;
  const details = error instanceof ApplicationFailure ? error.details : undefined;
  return ApplicationFailure.fromError(error, { details: withMark(details ?? undefined, mark) });
}
