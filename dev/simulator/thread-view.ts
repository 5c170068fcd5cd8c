import type { ThreadMessage } from './simulator-record.ts';
import type { SimulatorStore } from './simulator-store.ts';
import type { Parties } from './webhook-body.ts';

/** A message as a phone shows it: with how far it has come. */
export interface ShownMessage extends ThreadMessage {
  /** A customer's: Attendant has taken it. A Page's: it is on the phone, always. */
  isDelivered: boolean;
  /** The other side has seen it. */
  isRead: boolean;
}

/** The messages of a thread after a number, as the customer's phone shows them. */
export function threadView(store: SimulatorStore, parties: Parties, after: number): ShownMessage[] {
  const { pageId, psid } = parties;
  const waiting = new Set(store.queue(pageId).map(({ event }) => midOf(event)));
  const { byPage = 0, byCustomer = 0 } = store.seenAt(pageId, psid);
  return store
    .thread(pageId, psid)
    .slice(after)
    .map((message) => ({
      ...message,
      isDelivered: message.from === 'page' || !waiting.has(message.mid),
      isRead: message.at <= (message.from === 'page' ? byCustomer : byPage),
    }));
}

function midOf(event: object): unknown {
  const { message, postback } = event as { message?: { mid?: unknown }; postback?: { mid?: unknown } };
  return (message ?? postback)?.mid;
}
