import type { AppDependencies } from '../dependencies.ts';
import { makeEvents, type MakerDependencies } from './make-events.ts';
import type { AudibleEvent } from './may-receive.ts';

/** Made events that are kept for sockets that come back. */
const KEPT_EVENTS = 5000;
/** What is further back is told as `reset`: fetching anew is cheaper. */
const MAX_REPLAYED = 50_000;

/** What was told lately, kept in memory, and what was told before that, read anew. */
export interface RecentEvents {
  /** Nothing is known of what was before this number. */
  beginAt(seq: number): void;
  keep(events: readonly AudibleEvent[]): void;
  /** Whether what lies between is gone, too much, or was never there. */
  isTooFar(from: number, to: number): Promise<boolean>;
  /** Events from a number to before another, piece by piece. */
  replay(from: number, to: number): AsyncGenerator<AudibleEvent[]>;
}

type ReplayDependencies = MakerDependencies & Pick<AppDependencies, 'live'>;

/** Creates the memory of one process. */
export function createRecentEvents(deps: ReplayDependencies): RecentEvents {
  const { live } = deps;
  let kept: AudibleEvent[] = [];
  let keptFrom = 0;
  return {
    beginAt(seq) {
      kept = [];
      keptFrom = seq;
    },
    keep(events) {
      kept.push(...events);
      if (kept.length <= 2 * KEPT_EVENTS) return;
      kept = kept.slice(-KEPT_EVENTS);
      keptFrom = kept[0]?.event.seq ?? keptFrom;
    },
    async isTooFar(from, to) {
      return from > to || to - from > MAX_REPLAYED || (from < keptFrom && from < (await live.findFirstSeq()));
    },
    async *replay(from, to) {
      if (from >= keptFrom) return yield kept.filter(({ event }) => event.seq >= from && event.seq < to);
      let notes = await live.readWithin(from);
      while (notes.length > 0) {
        const wanted = notes.filter(({ seq }) => seq < to);
        yield await makeEvents(deps, wanted);
        const last = notes.at(-1)?.seq ?? to;
        notes = last + 1 < to ? await live.read(last + 1) : [];
      }
    },
  };
}
