import type { Actor } from './actor.ts';

/** Counts work as in flight until it is done: a run closes only when nothing is. */
export function track(actor: Actor, work: () => Promise<void>): void {
  actor.pending += 1;
  // A failure here is a bug or a lost database: the rejection fails the workflow task, which is tried again.
  void work().finally(() => {
    actor.pending -= 1;
  });
}
