import { documentsOf } from '../mongo/simulated-database.ts';
import { findRecord, isCutOff, messagesOf, type World } from '../world/world.ts';
import type { MessageDocument } from '../../../adapters/mongo/message-document.ts';
import { createStopwatch, seconds, type Invariant } from './invariant.ts';

/** The Page's actor looks every minute, and lets parts go in batches. */
const RELEASE_TAKES_MS = 150_000;

export const noPartWaitsInVain: Invariant = {
  title: 'no part waits for what has come',
  watch(world) {
    const stopwatch = createStopwatch(world);
    return () => {
      // Behind one that waits for a closed Page every part waits for that, whatever its row says.
      const isPageClosed = documentsOf(world.store, 'send-lanes').get(world.pageId)?.['closed'] !== undefined;
      for (const [partId, row] of messagesOf(world)) {
        if (row.status !== 'queued' || !row.parked || row.parked.by === 'person') continue;
        const heldMs = stopwatch.heldMs(`${partId} ${row.parked.at.getTime()}`, !isPageClosed && hasCome(world, row));
        if (heldMs > RELEASE_TAKES_MS)
          return `"${row.text ?? ''}" is parked for the ${row.parked.by}, which is open for ${seconds(heldMs)}`;
      }
      return undefined;
    };
  },
};

function hasCome(world: World, row: MessageDocument): boolean {
  const record = findRecord(world, row.conversationId);
  if (
    !record ||
    record.state === 'ended' ||
    record.owner === 'other-app' ||
    !world.service.isRunning(record.workflowId)
  )
    return false;
  if (isCutOff(world, record.workflowId)) return false;
  const wroteSince = [...messagesOf(world).values()].some(
    ({ direction, psid, at }) =>
      direction === 'in' &&
      psid === row.psid &&
      at.getTime() > (row.sendingSince?.getTime() ?? Infinity) + Math.abs(world.plan.messengerAheadMs),
  );
  return row.parked?.by === 'window' && wroteSince;
}
