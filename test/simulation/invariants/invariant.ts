import type { World } from '../world/world.ts';

/**
 * When an invariant looks: after an event that changed something; when everybody has had time to settle; when every agent
 * has gone home and every conversation must be over.
 */
export type Moment = 'event' | 'quiet' | 'closed';

/** Something that holds in every world, in words. */
export interface Invariant {
  title: string;
  /** It holds although an operator has had an actor played again: that undoes what others have heard of. */
  survivesReset?: true;
  /** Begins to watch one world. The look gives what is wrong, or undefined. */
  watch(world: World): (moment: Moment) => string | undefined;
}

/** Tells for how long something has been so without a break. */
export interface Stopwatch {
  /** Milliseconds since `isSo` was first seen to hold for this key; 0 where it does not hold. */
  heldMs(key: string, isSo: boolean): number;
  /** For none but these it holds now: what there is no more is no longer so. */
  endAllBut(keys: ReadonlySet<string>): void;
}

/** Creates one on a world's clock. */
export function createStopwatch(world: World): Stopwatch {
  const since = new Map<string, number>();
  return {
    heldMs(key, isSo) {
      if (!isSo) {
        since.delete(key);
        return 0;
      }
      const now = world.elapsedMs();
      const from = since.get(key) ?? now;
      since.set(key, from);
      return now - from;
    },
    endAllBut(keys) {
      for (const key of since.keys()) if (!keys.has(key)) since.delete(key);
    },
  };
}

/** Seconds, for a sentence. */
export function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}
