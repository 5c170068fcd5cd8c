/** What the killer sees of the product, and does to it. */
export interface Victim {
  /** The worker that is up: ready, and Temporal has seen it poll. Undefined: none is, or nobody can say. */
  pidOfLiving(): Promise<number | undefined>;
  /** A number that grows with what workers handle. Undefined: nobody can say. */
  progress(): Promise<number | undefined>;
  kill(pid: number): void;
}

/** Time, to be replaced in tests. `sleep` rejects when aborted. */
interface KillerClock {
  now: () => number;
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Kills workers from its creation until `stop`. */
export interface Killer {
  /** Ends the killing; what is up then lives on. */
  stop: () => Promise<void>;
  kills: () => number;
}

interface KillerOptions {
  everyMs: number;
  /** No limit where absent. */
  mostKills?: number | undefined;
  clock: KillerClock;
  log: (line: string) => void;
}

const LOOK_EVERY_MS = 500;
/** Where nothing is to be handled (all wait, or all is done), a worker dies without having done anything. */
const IDLE_MS = 20_000;

/**
 * Kills the worker again and again. Each lives at least `everyMs` from its first poll, and until it has handled
 * something: on a slow machine, too, every worker has lived before it dies.
 */
export function startKiller(victim: Victim, { everyMs, mostKills = Infinity, clock, log }: KillerOptions): Killer {
  const stopping = new AbortController();
  const { signal } = stopping;
  let count = 0;

  async function killNext(lastPid: number | undefined): Promise<number> {
    const pid = await untilTrue(() => pidOfNext(victim, lastPid));
    const before = (await victim.progress()) ?? Infinity;
    await clock.sleep(everyMs, signal);
    const giveUpAt = clock.now() + IDLE_MS;
    await untilTrue(async () => ((await victim.progress()) ?? 0) > before || clock.now() >= giveUpAt);
    victim.kill(pid);
    count += 1;
    log(`worker ${pid} killed (${count})`);
    return pid;
  }

  async function untilTrue<Result>(look: () => Promise<Result>): Promise<NonNullable<Result>> {
    for (;;) {
      const seen = await look();
      signal.throwIfAborted();
      if (seen) return seen;
      await clock.sleep(LOOK_EVERY_MS, signal);
    }
  }

  async function run(): Promise<void> {
    let lastPid: number | undefined;
    while (!signal.aborted && count < mostKills) lastPid = await killNext(lastPid);
  }

  const ended = run().catch((error: unknown) => {
    if (!signal.aborted) log(`no more kills: ${error instanceof Error ? error.message : String(error)}`);
  });
  return {
    stop: () => {
      stopping.abort();
      return ended;
    },
    kills: () => count,
  };
}

async function pidOfNext(victim: Victim, lastPid: number | undefined): Promise<number | undefined> {
  const pid = await victim.pidOfLiving();
  return pid === lastPid ? undefined : pid;
}
