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

/** The clock of the world that is played. */
let scheduler: Scheduler | undefined;

// The same functions for every world: code that calls them would be compiled anew for each.
const now = (): number => {
  if (!scheduler) return real.now();
  const instance = findCurrentInstance();
  instance?.noteLook();
  return Math.floor(instance ? instance.now : scheduler.now);
};
const timers = {
  setTimeout: (run: () => void, ms = 0): unknown => scheduler?.schedule(ms, run),
  clearTimeout: (timer: ScheduledEvent | undefined): void => callOff(timer),
  setInterval: (): number => 0,
  clearInterval: (): void => undefined,
  setImmediate: (run: () => void): void => queueMicrotask(run),
};

/**
 * Puts the world's clock in the place of the real one, for actors and for the code of processes. Gives the way back.
 * Intervals never fire: the processes' only ones are heartbeats, and whether a process lives is known without.
 */
export function enterVirtualTime(clock: Scheduler): () => void {
  scheduler = clock;
  Date.now = now;
  Object.assign(globalThis, timers);
  return () => {
    scheduler = undefined;
    const { now: _now, ...realTimers } = real;
    Object.assign(globalThis, realTimers);
  };
}

/** Milliseconds of the real clock, inside a world as well. */
export function realNow(): number {
  return real.now();
}
