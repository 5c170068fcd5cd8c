import { callOff, type ScheduledEvent, type Scheduler } from '../temporal/scheduler.ts';
import { findCurrentInstance } from '../temporal/workflow-instance.ts';

const real = {
  now: Date.now,
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setInterval: globalThis.setInterval,
  clearInterval: globalThis.clearInterval,
  setImmediate: globalThis.setImmediate,
};

/**
 * Puts the world's clock in the place of the real one, for actors and for the code of processes. Gives the way back.
 * Intervals never fire: the processes' only ones are heartbeats, and whether a process lives is known without.
 */
export function enterVirtualTime(scheduler: Scheduler): () => void {
  Date.now = () => {
    const instance = findCurrentInstance();
    instance?.noteLook();
    return Math.floor(instance ? instance.now : scheduler.now);
  };
  Object.assign(globalThis, {
    setTimeout: (run: () => void, ms = 0) => scheduler.schedule(ms, run),
    clearTimeout: (timer: ScheduledEvent | undefined) => callOff(timer),
    setInterval: () => 0,
    clearInterval: () => undefined,
    setImmediate: (run: () => void) => queueMicrotask(run),
  });
  return () => {
    Date.now = real.now;
    const { now: _now, ...timers } = real;
    Object.assign(globalThis, timers);
  };
}

/** Milliseconds of the real clock, inside a world as well. */
export function realNow(): number {
  return real.now();
}
