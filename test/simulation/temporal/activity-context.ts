/** What stands in the place of `@temporalio/activity`: the activity of the code that runs. */
export interface ActivityInfo {
  attempt: number;
  isLocal: boolean;
  scheduledTimestampMs: number;
  currentAttemptScheduledTimestampMs: number;
}

let current: ActivityInfo = {
  attempt: 1,
  isLocal: false,
  scheduledTimestampMs: 0,
  currentAttemptScheduledTimestampMs: 0,
};

/**
 * The activity that was begun last. Activities look at it before their first wait; one that looks later may see
 * another's, which no scenario of the simulated world does.
 */
export function activityInfo(): ActivityInfo {
  return current;
}

/** Begins an activity's code. */
export function runInActivity<Result>(info: ActivityInfo, run: () => Result): Result {
  current = info;
  return run();
}

/** The process's death is found without them. */
export function heartbeat(): void {
  // Nothing to do: a silent process is found by its worker.
}
