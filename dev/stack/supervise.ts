import { setTimeout as delay } from 'node:timers/promises';
import type { RunningProcess } from '../embedded/server-process.ts';

/**
 * A process to keep running. `start` gives it once it is ready, or undefined where there is nothing of ours to run.
 * `onChange` hears its pid, undefined while it is down.
 */
export interface Supervised {
  name: string;
  start: (signal: AbortSignal) => Promise<RunningProcess | undefined>;
  onChange: (pid: number | undefined) => Promise<void>;
  log: (line: string) => void;
  clock?: Clock;
}

/** Time, to be replaced in tests. `sleep` rejects when aborted. */
export interface Clock {
  now: () => number;
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Ends the supervision and the process. */
export interface Supervision {
  stop: () => Promise<void>;
}

const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 5_000;
/** A process that lived this long counts as healthy: the next fault starts again with the first delay. */
const HEALTHY_AFTER_MS = 30_000;

const realClock: Clock = { now: Date.now, sleep: (ms, signal) => delay(ms, undefined, { signal }) };

/**
 * Starts a process and starts it again whenever it ends, after 0.2 s, doubling to 5 s while it keeps ending.
 * @throws what the first start throws: a stack that never ran is not worth retrying
 */
export async function supervise(supervised: Supervised): Promise<Supervision> {
  const stopping = new AbortController();
  const first = await supervised.start(stopping.signal);
  await supervised.onChange(first?.pid);
  const ended = keepRunning(supervised, first, stopping.signal);
  return {
    stop: () => {
      stopping.abort();
      return ended;
    },
  };
}

async function keepRunning(
  supervised: Supervised,
  first: RunningProcess | undefined,
  signal: AbortSignal,
): Promise<void> {
  const { name, onChange, log, clock = realClock } = supervised;
  const aborted = untilAborted(signal);
  let current = first;
  let startedAt = clock.now();
  let delayMs = FIRST_DELAY_MS;
  while (current !== undefined) {
    const reason = await untilExit(current, aborted);
    await onChange(undefined);
    if (reason === undefined) return;
    if (clock.now() - startedAt >= HEALTHY_AFTER_MS) delayMs = FIRST_DELAY_MS;
    log(`${name} ended with ${reason}`);
    ({ current, delayMs } = await startAgain(supervised, delayMs, signal));
    startedAt = clock.now();
    await onChange(current?.pid);
  }
}

/** The reason a process ended for, or undefined after it was stopped because we are told to. */
async function untilExit(running: RunningProcess, aborted: Promise<undefined>): Promise<string | undefined> {
  const reason = await Promise.race([aborted, running.exited]);
  if (reason === undefined) await running.stop();
  return reason;
}

function untilAborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

async function startAgain(
  { name, start, log, clock = realClock }: Supervised,
  firstDelayMs: number,
  signal: AbortSignal,
): Promise<{ current: RunningProcess | undefined; delayMs: number }> {
  let delayMs = firstDelayMs;
  while (!signal.aborted) {
    const waitMs = delayMs;
    delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS);
    try {
      log(`${name} starts again in ${waitMs / 1_000} s`);
      await clock.sleep(waitMs, signal);
      return { current: await start(signal), delayMs };
    } catch (error) {
      if (!signal.aborted) log(`${name} did not start: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { current: undefined, delayMs };
}
