import { messagesOf, nameOf, recordsOf, type StoredRecord, type World } from '../world/world.ts';
import type { Invariant } from './invariant.ts';

export const everyConversationEnds: Invariant = {
  title: 'when everybody has gone every conversation is over',
  watch: (world) => (moment) => {
    if (moment !== 'closed') return undefined;
    for (const record of recordsOf(world)) {
      if (record.state === 'ended' || record.state === 'unrouted' || !world.service.isRunning(record.workflowId))
        continue;
      if (!waitsForOthers(world, record)) return `${nameOf(world, record._id)} is still ${record.state}`;
    }
    return undefined;
  },
};

/** For up to a day: for the customer's window, the Page, another app. */
function waitsForOthers(world: World, { _id, owner, parkedParts = 0 }: StoredRecord): boolean {
  if (owner === 'other-app' || parkedParts > 0) return true;
  return [...messagesOf(world).values()].some(
    ({ conversationId, status }) => conversationId === _id && status === 'queued',
  );
}
