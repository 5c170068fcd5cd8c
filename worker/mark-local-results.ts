import type { Context } from '@temporalio/activity';
import type { ActivityInterceptors } from '@temporalio/worker';
import { requestMark, type MarkedResult } from '../contracts/marked-result.ts';

/** Lets local activities say what they are the result of: `workflows/proxy-local-activities.ts` reads it. */
export function markLocalResults({ info }: Context): ActivityInterceptors {
  if (!info.isLocal) return {};
  return {
    inbound: {
      async execute(input, next): Promise<MarkedResult> {
        const mark = requestMark(info.activityType, input.args);
        return { mark, result: await next(input) };
      },
    },
  };
}
