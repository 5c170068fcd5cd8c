import type { WebhookEvent } from '../../contracts/webhook-event.ts';
import { epochMs } from './epoch-ms.ts';
import { fieldOf, isUsableId, recordOf, spelledField, type JsonRecord } from './json-value.ts';

/** So far may Messenger's clock be ahead of ours. */
const MOST_AHEAD_MS = 5 * 60 * 1000;

/** What every outcome has: Page, customer, time and channel. */
export type EventEnvelope = Pick<WebhookEvent, 'pageId' | 'psid' | 'at' | 'channel'>;

/** What an entry lends to each of its events. `id` and `time` are as Messenger wrote them. */
export interface EntryContext {
  id: unknown;
  time: unknown;
  receivedAt: number;
  channel: EventEnvelope['channel'];
}

export interface ReadEnvelope {
  envelope: EventEnvelope;
  /** When Messenger says it happened; undefined where it does not say. */
  sentAt: number | undefined;
  /** Why the event cannot be filed under a Page and a customer. */
  problem?: string;
}

interface Participants {
  sender: unknown;
  recipient: unknown;
}

/**
 * Finds the Page, customer and time of an event. The Page is `entry.id` whatever sender and recipient say; the
 * customer is the participant that is not the Page (some senders reverse the two). A recipient alone is the customer
 * of an echo only: account-level events (`app_roles`, policy) name a recipient and no sender.
 */
export function readEnvelope(event: JsonRecord, entry: EntryContext): ReadEnvelope {
  const isEcho = isEchoEvent(event);
  const participants = {
    sender: participantId(event, 'sender'),
    recipient: participantId(event, 'recipient'),
  };
  // An id that says nothing is as good as none: the participants know the Page then.
  const page = idText(entry.id) !== '' ? entry.id : isEcho ? participants.sender : participants.recipient;
  const customer = findCustomer(participants, page, isEcho);
  const sentAt = pastTime(fieldOf(event, 'timestamp'), entry) ?? pastTime(entry.time, entry);
  const envelope: EventEnvelope = { pageId: '', at: sentAt ?? entry.receivedAt, channel: entry.channel };
  const pageId = idText(page);
  const psid = idText(customer);
  if (isUsableId(pageId)) envelope.pageId = pageId;
  if (isUsableId(psid)) envelope.psid = psid;
  const problem = findProblem(envelope, customer);
  return problem === undefined ? { envelope, sentAt } : { envelope, sentAt, problem };
}

/**
 * A time of Messenger's, unless it lies in the future beyond what clocks differ by: it would open the window until then, stand
 * behind everything in the transcript, and make all that follows look old.
 */
function pastTime(value: unknown, { receivedAt }: EntryContext): number | undefined {
  const time = epochMs(value);
  return time === undefined || time > receivedAt + MOST_AHEAD_MS ? undefined : time;
}

/** True for the echo of a message the Page sent. */
export function isEchoEvent(event: JsonRecord): boolean {
  return isMarked(spelledField(recordOf(fieldOf(event, 'message')), 'is_echo'));
}

/** True for a mark that is set, however it is written. */
export function isMarked(mark: unknown): boolean {
  return mark === true || mark === 1 || mark === 'true' || mark === '1';
}

function findCustomer({ sender, recipient }: Participants, page: unknown, isEcho: boolean): unknown {
  const pageText = idText(page);
  if (isUsableId(idText(sender)) && idText(sender) === idText(recipient)) return undefined;
  const isPage = (id: unknown): boolean => id === undefined || idText(id) === pageText;
  const order = isEcho ? [recipient, sender] : [sender, sender === undefined ? undefined : recipient];
  return order.find((id) => !isPage(id));
}

function findProblem(envelope: EventEnvelope, customer: unknown): string | undefined {
  if (envelope.pageId === '') return 'no usable Page id (1 to 256 characters)';
  if (customer !== undefined && envelope.psid === undefined) return 'no usable customer id (1 to 256 characters)';
  return undefined;
}

function participantId(event: JsonRecord, role: 'sender' | 'recipient'): unknown {
  return fieldOf(recordOf(fieldOf(event, role)), 'id');
}

/** Ids are texts; old bodies hold them as numbers. Anything else is no id and comes out empty. */
function idText(id: unknown): string {
  if (typeof id === 'string') return id;
  return Number.isSafeInteger(id) ? String(id) : '';
}
