import { documentsOf } from '../mongo/simulated-database.ts';
import { createStopwatch, seconds, type Invariant } from './invariant.ts';

/** From the admin's word, or from the first failure, to the consequence. */
const WORD_TAKES_MS = 90_000;

export const aClosedPageIsLookedAfter: Invariant = {
  title: 'a Page that cannot send is told of, and sends when it is said to be repaired',
  watch(world) {
    const stopwatch = createStopwatch(world);
    return () => {
      const closed = documentsOf(world.store, 'send-lanes').get(world.pageId)?.['closed'] as
        { since: number } | undefined;
      const since = closed && closed.since - (world.scheduler.now - world.elapsedMs());
      const isEnded = [...world.endedByOperator.keys()].some((name) => name.startsWith('page:'));
      const isUntold = since !== undefined && !isEnded && (world.toldAt ?? -Infinity) < since;
      const untoldMs = stopwatch.heldMs(`told ${since}`, isUntold);
      if (untoldMs > WORD_TAKES_MS) return `nobody is told for ${seconds(untoldMs)} that nothing of the Page leaves`;
      const isIgnored = since !== undefined && !isEnded && (world.resumedAt ?? -Infinity) > since;
      const ignoredMs = stopwatch.heldMs(`resumed ${since} ${world.resumedAt}`, isIgnored);
      if (ignoredMs > WORD_TAKES_MS)
        return `the Page is said to be repaired for ${seconds(ignoredMs)} and is still closed`;
      return undefined;
    };
  },
};
