import { workflowInfo } from '@temporalio/workflow';

/** More turns than any one task of an actor has; a loop without end makes millions. */
const MAX_TURNS = 10_000;

/**
 * Watches an actor's loop: turns within one workflow task are counted. A loop that never waits would hold the worker's
 * thread until the SDK aborts the whole process; this fails the task instead, and only this actor stands still.
 */
export function createTurnGuard(actor: string): () => void {
  let turns = 0;
  let historyLength = -1;
  return () => {
    const now = workflowInfo().historyLength;
    turns = now === historyLength ? turns + 1 : 0;
    historyLength = now;
    if (turns > MAX_TURNS) throw new Error(`The ${actor} turns without end: ${MAX_TURNS} turns in one workflow task`);
  };
}
