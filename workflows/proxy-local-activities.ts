import {
  ActivityFailure,
  ApplicationFailure,
  proxyLocalActivities as proxyUnmarked,
  type LocalActivityOptions,
} from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import { findMark, requestMark, type MarkedResult } from '../contracts/marked-result.ts';

type Unmarked = Record<string, (...args: unknown[]) => Promise<MarkedResult>>;

/**
 * Local activities whose results and failures are those of what was asked; asked again where they are not. sdk-core knows a waiting local
 * activity by its run and number alone: where a task is played again before it is history, with more messages than the time
 * before, it may run what the number stood for then. Messages went missing from a transcript by that.
 */
export function proxyLocalActivities(options: LocalActivityOptions): Activities {
  const unmarked = proxyUnmarked<Unmarked>(options);
  const marked: Unmarked = {};
  return new Proxy(marked, {
    get:
      (_target, name: string) =>
      async (...args: unknown[]): Promise<unknown> => {
        const mark = requestMark(name, args);
        for (;;) {
          // One request at a time: the next only where this one's place was taken.
          // oxlint-disable-next-line no-await-in-loop
          const answer = await unmarked[name]?.(...args).catch((error: unknown) => refuseOwn(error, mark));
          if (answer?.mark === mark) return answer.result;
        }
      },
  }) as unknown as Activities;
}

/** @throws the failure, unless an activity says that it is another request's */
function refuseOwn(error: unknown, mark: string): undefined {
  const cause = error instanceof ActivityFailure ? error.cause : undefined;
  const given = cause instanceof ApplicationFailure ? findMark(cause.details ?? undefined) : undefined;
  if (given === undefined || given === mark) throw error;
}
