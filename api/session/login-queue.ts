import { AppError } from '../../contracts/app-error.ts';

const MAX_WAITING = 64;
const MAX_WAITING_OF_ONE = 8;

/** Gives turns to log-ins, so that a crowd at one address, or at many, keeps nobody else out. */
export interface LoginQueue {
  /**
   * Runs `work` when it is the turn of `key`; keys take turns, whatever each has waiting. Known devices have places of
   * their own and go first.
   * @throws AppError TOO_MANY_ATTEMPTS where eight of one key, or 64 in all, wait already
   */
  run<Result>(turn: { key: string; isKnown: boolean }, work: () => Promise<Result>): Promise<Result>;
}

interface Lane {
  waiting: number;
  /** In the order of their next turn. */
  starters: Map<string, (() => void)[]>;
}

/** Creates a queue that runs `maxRunning` at once. */
export function createLoginQueue(maxRunning: number): LoginQueue {
  const known: Lane = { waiting: 0, starters: new Map() };
  const strangers: Lane = { waiting: 0, starters: new Map() };
  let running = 0;

  function startNext(): void {
    const start = takeNext(known) ?? takeNext(strangers);
    if (start) start();
    else running -= 1;
  }

  async function waitForTurn(key: string, lane: Lane): Promise<void> {
    if (running < maxRunning) {
      running += 1;
      return;
    }
    const ofKey = lane.starters.get(key) ?? [];
    if (lane.waiting >= MAX_WAITING || ofKey.length >= MAX_WAITING_OF_ONE) throw new AppError('TOO_MANY_ATTEMPTS');
    lane.waiting += 1;
    await new Promise<void>((resolve) => lane.starters.set(key, [...ofKey, resolve]));
  }

  return {
    async run({ key, isKnown }, work) {
      await waitForTurn(key, isKnown ? known : strangers);
      try {
        return await work();
      } finally {
        startNext();
      }
    },
  };
}

function takeNext(lane: Lane): (() => void) | undefined {
  const next = lane.starters.entries().next();
  if (next.done) return undefined;
  const [key, [start, ...rest]] = next.value;
  lane.starters.delete(key);
  if (rest.length > 0) lane.starters.set(key, rest);
  lane.waiting -= 1;
  return start;
}
