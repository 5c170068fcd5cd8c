import { EventEmitter, once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { RunningProcess } from '../../dev/embedded/server-process.ts';
import { type Clock, supervise } from '../../dev/stack/supervise.ts';

/** A process that ends when the test says so. */
function createFakeProcess(pid: number): RunningProcess & { end: (reason: string) => boolean; stops: number } {
  const ending = new EventEmitter();
  const end = (reason: string): boolean => ending.emit('end', reason);
  const fake = {
    pid,
    exited: once(ending, 'end').then(([reason]) => String(reason)),
    end,
    stops: 0,
    stop: () => {
      fake.stops += 1;
      end('stopped');
      return Promise.resolve();
    },
  };
  return fake;
}

/** Time stands still but for sleeps, which pass at once and are recorded. */
function createFakeClock(): Clock & { slept: number[]; time: number } {
  const clock = {
    slept: [] as number[],
    time: 0,
    now: () => clock.time,
    sleep: (ms: number, signal: AbortSignal) => {
      signal.throwIfAborted();
      clock.slept.push(ms);
      clock.time += ms;
      return Promise.resolve();
    },
  };
  return clock;
}

/** Supervises fakes; `until(n)` settles when the n-th change of the pid has been told. */
function createScene(startOf: (attempt: number) => ReturnType<typeof createFakeProcess>) {
  const clock = createFakeClock();
  const processes: ReturnType<typeof createFakeProcess>[] = [];
  const pids: (number | undefined)[] = [];
  const waiters = new Map<number, () => void>();
  let attempts = 0;
  const supervision = supervise({
    name: 'worker',
    start: () => {
      attempts += 1;
      const started = startOf(attempts);
      processes.push(started);
      return Promise.resolve(started);
    },
    onChange: (pid) => {
      pids.push(pid);
      waiters.get(pids.length)?.();
      return Promise.resolve();
    },
    log: () => undefined,
    clock,
  });
  const until = (changes: number): Promise<void> =>
    new Promise((resolve) => {
      if (pids.length >= changes) resolve();
      else waiters.set(changes, resolve);
    });
  return { clock, processes, pids, supervision, until };
}

describe('supervise', () => {
  it('starts a process again whenever it ends and tells its new pid', async () => {
    const { supervision, processes, pids, until } = createScene((attempt) => createFakeProcess(100 + attempt));
    await supervision;
    processes[0]?.end('signal SIGKILL');
    await until(3);
    expect(pids).toEqual([101, undefined, 102]);
  });

  it('waits longer each time while it keeps ending, five seconds at most', async () => {
    const { supervision, processes, clock, until } = createScene(createFakeProcess);
    await supervision;
    for (let index = 0; index < 7; index += 1) {
      processes[index]?.end('exit code 1');
      await until(3 + 2 * index);
    }
    expect(clock.slept).toEqual([200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
  });

  it('begins with the shortest wait again after half a minute of health', async () => {
    const { supervision, processes, clock, until } = createScene(createFakeProcess);
    await supervision;
    processes[0]?.end('exit code 1');
    await until(3);
    clock.time += 30_000;
    processes[1]?.end('exit code 1');
    await until(5);
    expect(clock.slept).toEqual([200, 200]);
  });

  it('tries again when a restart fails', async () => {
    const { supervision, processes, clock, pids, until } = createScene((attempt) => {
      if (attempt === 2) throw new Error('port in use');
      return createFakeProcess(attempt);
    });
    await supervision;
    processes[0]?.end('exit code 1');
    await until(3);
    expect(clock.slept).toEqual([200, 400]);
    expect(pids).toEqual([1, undefined, 3]);
  });

  it('throws what the first start throws', async () => {
    const { supervision } = createScene(() => {
      throw new Error('no such file');
    });
    await expect(supervision).rejects.toThrow('no such file');
  });

  it('stops the process for good when told to', async () => {
    const { supervision, processes, pids } = createScene(createFakeProcess);
    const { stop } = await supervision;
    await stop();
    expect(processes).toHaveLength(1);
    expect(processes[0]?.stops).toBe(1);
    expect(pids).toEqual([1, undefined]);
  });
});
