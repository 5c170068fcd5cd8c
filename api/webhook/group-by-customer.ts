import type { CustomerEvent } from '../../contracts/customer-event.ts';
import type { WebhookEvent } from '../../contracts/webhook-event.ts';
import type { ConversationKey } from '../../contracts/conversation-key.ts';

/** An event that starts or wakes a conversation. */
type WakingEvent = Extract<WebhookEvent, { event: CustomerEvent }>;

/** What one body holds for one customer of one Page. */
export interface CustomerBatch {
  /** Absent for events that name no customer (policy, roles): nothing wakes a conversation there. */
  conversationKey?: ConversationKey;
  /** For the conversation actor, by time. */
  waking: WakingEvent[];
  /** For the read model, in the order of the body. */
  others: WebhookEvent[];
}

function isWaking(event: WebhookEvent): event is WakingEvent {
  return 'event' in event && event.channel === 'messaging' && event.psid !== undefined;
}

/** Sorts a body's events by customer. A customer's own go to the actor in one signal, oldest first. */
export function groupByCustomer(events: readonly WebhookEvent[]): CustomerBatch[] {
  const batches = new Map<string, CustomerBatch>();
  for (const event of events) {
    const { pageId, psid } = event;
    const key = JSON.stringify([pageId, psid]);
    const batch = batches.get(key) ?? {
      ...(psid === undefined ? {} : { conversationKey: { pageId, psid } }),
      waking: [],
      others: [],
    };
    batches.set(key, batch);
    if (isWaking(event)) batch.waking.push(event);
    else batch.others.push(event);
  }
  for (const batch of batches.values()) {
    batch.waking.sort((one, other) => one.at - other.at);
    batch.others = batch.others.filter((event) => !isCopy(event, batch.waking));
  }
  return [...batches.values()];
}

/** Messenger may give on standby what it gives us as well; a postback has neither payload nor id there. */
function isCopy(event: WebhookEvent, waking: readonly WakingEvent[]): boolean {
  if (!('event' in event)) return false;
  return waking.some(
    ({ outcome, at, event: { key } }) => key === event.event.key || (outcome === event.outcome && at === event.at),
  );
}

/** Temporal refuses payloads of 2 MB; half of it leaves room for encryption. */
const MAX_SIGNAL_BYTES = 1024 * 1024;

/** Cuts a list of events into pieces that fit into a signal: one, unless a body is monstrous. */
export function splitBySize(events: readonly WakingEvent[]): WakingEvent[][] {
  const pieces: WakingEvent[][] = [];
  let size = Infinity;
  for (const event of events) {
    const bytes = Buffer.byteLength(JSON.stringify(event.event));
    if (size + bytes > MAX_SIGNAL_BYTES) {
      pieces.push([]);
      size = 0;
    }
    pieces.at(-1)?.push(event);
    size += bytes;
  }
  return pieces;
}
