import { CancellationScope } from '@temporalio/workflow';

/**
 * Runs an actor where a cancellation of its workflow reaches nothing of it: neither its timers nor its activities.
 * `onCancel` hears of it and decides what it means.
 */
export function surviveCancellation<Result>(run: () => Promise<Result>, onCancel: () => void): Promise<Result> {
  void CancellationScope.current().cancelRequested.catch(onCancel);
  return CancellationScope.nonCancellable(run);
}
