import type { InboundMessage } from '../../contracts/conversation-record.ts';
import type { CustomerEvent } from '../../contracts/customer-event.ts';

/** A customer's event as the transcript of a conversation keeps it. */
export function inboundMessage(said: CustomerEvent, at: { conversationId: string; seq: number }): InboundMessage {
  return { ...said, ...at };
}
