import { Worker } from 'node:worker_threads';
import type { BrokenWorld, Story } from './story.ts';
import type { ThreadAnswer, ThreadRequest } from './thread-messages.ts';

/** Worlds that a thread plays before it reports, where nobody says otherwise. */
const PIECE = 50;
/** So long no world takes, on the busiest machine: code that turns without end stops its thread for ever. */
const LONGEST_WORLD_MS = 120_000;

const YOUNG_GENERATION_MB = 128;

/** A thread that plays worlds from a bundle. */
interface WorldThread {
  ask(request: ThreadRequest): Promise<unknown>;
  close(): Promise<void>;
}

export interface Progress {
  worlds: number;
  events: number;
  /** The first seed that nobody has taken yet. */
  nextSeed: number;
  broken: BrokenWorld[];
}

interface SimulationOptions {
  bundle: string;
  threads: number;
  firstSeed: number;
  worlds: number;
  /** Worlds that a thread plays before it reports. */
  piece?: number;
  /** Milliseconds; no piece is begun later. */
  forMs?: number;
  onProgress?: (progress: Progress) => void;
  /** True where enough has been seen. */
  isEnough?: (progress: Progress) => boolean;
}

/** Plays worlds in threads until all are played, the time is over, or enough has been seen. */
export async function simulateWorlds(options: SimulationOptions): Promise<Progress> {
  const { firstSeed, worlds, piece = PIECE, forMs = Infinity, threads, isEnough = () => false } = options;
  const progress: Progress = { worlds: 0, events: 0, nextSeed: firstSeed, broken: [] };
  const endsAt = Date.now() + forMs;
  const play = async (): Promise<void> => {
    let thread = startThread(options.bundle);
    try {
      while (progress.nextSeed < firstSeed + worlds && Date.now() < endsAt && !isEnough(progress)) {
        const from = progress.nextSeed;
        const count = Math.min(piece, firstSeed + worlds - from);
        progress.nextSeed += count;
        const played = await playPiece(thread, from, count);
        if (played.isStuck) {
          await thread.close();
          thread = startThread(options.bundle);
        }
        progress.worlds += count;
        progress.events += played.events;
        progress.broken.push(...played.broken);
        options.onProgress?.(progress);
      }
    } finally {
      await thread.close();
    }
  };
  await Promise.all(Array.from({ length: threads }, play));
  progress.broken.sort((a, b) => a.seed - b.seed);
  return progress;
}

interface Played {
  broken: BrokenWorld[];
  events: number;
  isStuck?: true;
}

async function playPiece(thread: WorldThread, from: number, count: number): Promise<Played> {
  try {
    return (await thread.ask({ type: 'play', from, count })) as Played;
  } catch (error) {
    if (!(error instanceof StuckThreadError)) throw error;
    const what = 'code turns without end and without looking at the clock';
    return {
      isStuck: true,
      events: 0,
      broken: [{ seed: error.seed, invariant: 'every actor’s loop ends', what, at: 0 }],
    };
  }
}

/** Cuts a seed's world down and tells what happens in it; undefined where nothing breaks. */
export async function tellStory(bundle: string, seed: number, { isWhole = false } = {}): Promise<Story | undefined> {
  const thread = startThread(bundle);
  try {
    return (await thread.ask({ type: 'tell', seed, isWhole })) as Story | undefined;
  } finally {
    await thread.close();
  }
}

/** Plays the moves of seeds in simulated worlds; gives what became of everybody, by seed. */
export async function playMovesInThread(bundle: string, seeds: readonly number[]): Promise<Map<number, object[]>> {
  const thread = startThread(bundle);
  const outcomes = new Map<number, object[]>();
  try {
    for (const seed of seeds) outcomes.set(seed, (await thread.ask({ type: 'moves', seed })) as object[]);
  } finally {
    await thread.close();
  }
  return outcomes;
}

class StuckThreadError extends Error {
  override readonly name = 'StuckThreadError';
  readonly seed: number;

  constructor(seed: number) {
    super(`The world of seed ${seed} does not come to an end`);
    this.seed = seed;
  }
}

function startThread(bundle: string): WorldThread {
  const currentSeed = new Int32Array(new SharedArrayBuffer(4));
  // Worlds are made and thrown away: a larger nursery is collected less often.
  const worker = new Worker(bundle, {
    workerData: { currentSeed },
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        let seed = 0;
        const timer = setInterval(() => {
          if (currentSeed[0] === seed) reject(new StuckThreadError(seed));
          seed = currentSeed[0] ?? 0;
        }, LONGEST_WORLD_MS);
        worker.removeAllListeners();
        worker.once('error', reject);
        worker.once('message', (answer: ThreadAnswer) => {
          clearInterval(timer);
          if ('error' in answer) reject(new Error(answer.error));
          else resolve(answer.result);
        });
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
        worker.postMessage(request);
      }),
    async close() {
      await worker.terminate();
    },
  };
}
