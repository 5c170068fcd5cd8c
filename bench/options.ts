import { parseArgs } from 'node:util';

/** The benchmarks by the name that `--only` takes; in the order in which they run. */
const BENCHMARKS = ['decoder', 'step', 'scenario-tests', 'turn', 'webhook-batch', 'dispatcher', 'live-events'] as const;
export type BenchmarkName = (typeof BENCHMARKS)[number];

/** How floors wake their workflow: by the cheapest call, or by the one that a first message needs. */
export type FloorWake = 'signal' | 'signal-with-start';

/** What a run was asked for. Every loop of the benchmarks is bounded by these. */
export interface BenchOptions {
  only: readonly BenchmarkName[];
  rounds: number;
  conversations: number;
  /** Length of one timed part. */
  seconds: number;
  /** Messages of one "alone" part. */
  aloneMessages: number;
  /** Pause between a reply and the customer's next message. */
  thinkMs: number;
  floorWake: FloorWake;
  jsonFile: string | undefined;
  isQuick: boolean;
  /** `webhook-batch` sends several large bodies at once instead of one. */
  isCrowded: boolean;
  /** Folder for CPU profiles of our api and worker. */
  profileDir: string | undefined;
}

/** Thrown for a wrong command line; the message says what is right. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const MOST = { rounds: 50, conversations: 500, seconds: 120, thinkMs: 10_000 } as const;

/** Reads the command line. @throws UsageError */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string' },
      conversations: { type: 'string', default: '50' },
      seconds: { type: 'string' },
      'think-ms': { type: 'string', default: '20' },
      'floor-wake': { type: 'string', default: 'signal' },
      only: { type: 'string' },
      json: { type: 'string' },
      profile: { type: 'string' },
      quick: { type: 'boolean', default: false },
      crowded: { type: 'boolean', default: false },
    },
  });
  const isQuick = values.quick;
  return {
    only: readNames(values.only),
    rounds: readCount('rounds', values.rounds ?? (isQuick ? '2' : '5'), 1),
    conversations: readCount('conversations', values.conversations, 1),
    seconds: readCount('seconds', values.seconds ?? (isQuick ? '4' : '10'), 1),
    aloneMessages: isQuick ? 30 : 100,
    thinkMs: readCount('thinkMs', values['think-ms'], 0),
    floorWake: readWake(values['floor-wake']),
    jsonFile: values.json,
    isQuick,
    isCrowded: values.crowded,
    profileDir: values.profile,
  };
}

function readNames(given: string | undefined): readonly BenchmarkName[] {
  if (given === undefined) return BENCHMARKS;
  const wanted = given.split(',');
  const unknown = wanted.filter((name) => !BENCHMARKS.some((known) => known === name));
  if (unknown.length > 0) throw new UsageError(`--only takes ${BENCHMARKS.join(', ')}; not ${unknown.join(', ')}`);
  return BENCHMARKS.filter((name) => wanted.includes(name));
}

function readCount(name: keyof typeof MOST, text: string, least: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= MOST[name]) return value;
  throw new UsageError(`${name} must be a whole number from ${least} to ${MOST[name]}, not ${text}`);
}

function readWake(text: string): FloorWake {
  if (text === 'signal' || text === 'signal-with-start') return text;
  throw new UsageError(`--floor-wake takes signal or signal-with-start, not ${text}`);
}
