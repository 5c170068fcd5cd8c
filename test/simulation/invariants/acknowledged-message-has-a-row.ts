import type { MessageDocument } from '../../../adapters/mongo/message-document.ts';
import { findRecord, isCutOff, messagesOf, type StoredRecord, type World } from '../world/world.ts';
import { createStopwatch, seconds, type Invariant } from './invariant.ts';

/** Over an outage, a dead worker, another part on its way. */
const ROW_TAKES_MS = 180_000;

export const acknowledgedMessageHasARow: Invariant = {
  title: 'every acknowledged agent message has a row in the ledger',
  watch(world) {
    const stopwatch = createStopwatch(world);
    const found = new Set<string>();
    return () => {
      for (const { partId, conversationId, workflowId } of world.acknowledged) {
        if (found.has(partId)) continue;
        if (messagesOf(world).has(partId) || isCutOff(world, workflowId)) found.add(partId);
        const isSo = !found.has(partId) && !isHeldBack(world, conversationId);
        const heldMs = stopwatch.heldMs(partId, isSo);
        if (heldMs > ROW_TAKES_MS) return `${partId} was taken ${seconds(heldMs)} ago and has no row`;
      }
      return undefined;
    };
  },
};

/** Behind another part that waits, also one of the customer's conversations before, or while another app has the thread, a part waits in its actor. */
function isHeldBack(world: World, conversationId: string): boolean {
  const record = findRecord(world, conversationId);
  for (const row of messagesOf(world).values()) {
    const isUnsent = row.status === 'queued' || row.status === 'sending';
    if (isUnsent && (row.conversationId === conversationId || isAhead(row, record))) return true;
  }
  return record?.state !== 'ended' && (record?.owner === 'other-app' || (record?.parkedParts ?? 0) > 0);
}

function isAhead({ psid, parked }: MessageDocument, record: StoredRecord | undefined): boolean {
  return psid === record?.psid && !parked;
}
