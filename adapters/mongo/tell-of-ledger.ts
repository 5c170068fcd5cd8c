import type { LiveNote } from '../../contracts/live-event.ts';
import type { Part } from '../../contracts/part.ts';
import type { PartConversation } from './part-document.ts';
import type { DeliveryLedger } from './delivery-ledger.ts';

/**
 * A ledger that tells of what it writes. Nobody who sends waits for that: a note that is lost with its process is made up for by
 * the next of the same part, which carries the message whole.
 */
export function tellOfLedger(ledger: DeliveryLedger, tell: (notes: readonly LiveNote[]) => void): DeliveryLedger {
  const note = (messageId: string): void => tell([{ type: 'message.changed', message: { messageId } }]);
  const added = ({ conversationId }: PartConversation, { id: messageId }: Part): void =>
    tell([{ type: 'message.added', message: { messageId, conversationId } }]);
  async function after<Result>(writing: Promise<Result>, partId: string): Promise<Result> {
    const result = await writing;
    if (result !== false) note(partId);
    return result;
  }
  return {
    ...ledger,
    async begin(conversation, part, attempt) {
      const isBegun = await ledger.begin(conversation, part, attempt);
      if (isBegun) added(conversation, part);
      return isBegun;
    },
    async enqueue(conversation, part, ticket) {
      await ledger.enqueue(conversation, part, ticket);
      added(conversation, part);
    },
    async recordRefused(conversation, part, reason) {
      await ledger.recordRefused(conversation, part, reason);
      added(conversation, part);
    },
    async park(conversation, part, parked) {
      const isParked = await ledger.park(conversation, part, parked);
      if (isParked) added(conversation, part);
      return isParked;
    },
    accept: (partId, mid) => after(ledger.accept(partId, mid), partId),
    fail: (partId, reason) => after(ledger.fail(partId, reason), partId),
    markUnknown: (partId) => after(ledger.markUnknown(partId), partId),
    release: (partId, by) => after(ledger.release(partId, by), partId),
    discard: (partId, reason) => after(ledger.discard(partId, reason), partId),
    abandon: (partId, now) => after(ledger.abandon(partId, now), partId),
    leaveToPerson: (partId) => after(ledger.leaveToPerson(partId), partId),
  };
}
