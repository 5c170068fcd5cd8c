import type { ActivityDependencies } from './dependencies.ts';

/** Conversations woken at a time: a Page with thousands of parked parts comes back without a stampede. */
const BATCH = 25;

/**
 * Wakes the conversations whose parts wait longest for the Page. Parts of conversations that are over have nobody to
 * wake: a machine's expire, an agent's ask a person. Gives how many parts were dealt with; 0: none is left.
 */
export function createWakeParked(deps: ActivityDependencies): (request: { pageId: string }) => Promise<number> {
  const { ledger, conversations } = deps.readModel;
  return async function wakeParked({ pageId }) {
    const parked = await ledger.listParkedBySendLane(pageId, BATCH);
    const ids = [...new Set(parked.map(({ conversationId }) => conversationId))];
    const workflows = await conversations.findRunningWorkflows(ids);
    const gone = new Set<string>();
    for (const conversationId of ids) {
      const workflowId = workflows.get(conversationId);
      if (workflowId === undefined || !(await deps.actors.releaseParts(workflowId))) gone.add(conversationId);
    }
    for (const part of parked) {
      if (gone.has(part.conversationId)) await ledger.leaveToPerson(part.partId);
      else await ledger.noteWoken(part);
    }
    return parked.length;
  };
}
