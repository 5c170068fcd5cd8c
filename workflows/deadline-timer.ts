import { condition } from '@temporalio/workflow';

interface ArmedTimer {
  at: number;
  hasFired: boolean;
}

/**
 * Waits until `isReady` or until a deadline is due. Keeps one lazy timer: an armed one that fires no later than the
 * deadline stays armed, and the deadline is looked at again when it fires. Two events a turn less than re-arming.
 */
export function createDeadlineTimer(): (isReady: () => boolean, deadlineAt: number) => Promise<void> {
  let armed: ArmedTimer | undefined;

  function arm(at: number): void {
    const timer: ArmedTimer = { at, hasFired: false };
    armed = timer;
    // Not awaited: the timer outlives the wait that armed it.
    void condition(() => armed !== timer, Math.max(1, at - Date.now())).then(() => {
      timer.hasFired = true;
    });
  }

  return async (isReady, deadlineAt) => {
    while (!isReady() && deadlineAt > Date.now()) {
      if (deadlineAt < Infinity && (!armed || armed.hasFired || armed.at > deadlineAt)) arm(deadlineAt);
      const waitedFor = armed;
      await condition(() => isReady() || (waitedFor?.hasFired === true && armed === waitedFor));
      if (armed?.hasFired) armed = undefined;
    }
  };
}
