import type { OutboundAttachment } from './outbound-attachment.ts';

/** Delivery statuses of a part in the delivery ledger, in the order they can be reached. */
export const DELIVERY_STATUSES = ['queued', 'sending', 'accepted', 'delivered', 'read', 'failed', 'unknown'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/**
 * One button above the keyboard, at most 13 beside a message. Title at most 20 characters, payload at most 1,000. With
 * `contentType` Messenger offers the customer's own phone number or e-mail instead and fills both itself; `text` where absent.
 */
export interface QuickReply {
  title: string;
  payload: string;
  contentType?: 'user_phone_number' | 'user_email';
}

/** Who speaks in a message. `other-app`: the Page Inbox or another app of the Page. */
export interface Author {
  kind: 'customer' | 'scenario' | 'agent' | 'other-app';
  name?: string;
  /** Of an agent. */
  username?: string;
}

/** One message on its way to Messenger: the unit of the delivery ledger. `id` travels as `metadata`. */
export interface Part {
  id: string;
  author: Author;
  /** At most 2,000 characters; '' beside an attachment: a message of Messenger's has either. */
  text: string;
  attachment?: OutboundAttachment;
  quickReplies: QuickReply[];
  /** The typing indicator is shown so long before the message, at most 20,000 ms: it fades then. */
  typingMs?: number;
  /** Epoch milliseconds at which the conversation decided to say it. */
  at: number;
  /** Order within the conversation. */
  seq: number;
}

/** Why a part waits in delivery status `queued` for something that may take days. */
export interface Parking {
  /**
   * `window`: until the customer acts again. `send-lane`: until the Page may send again. `thread`: until no other app and nobody
   * in the Page Inbox has the thread any more. `person`: its conversation is over, and what an agent wrote is not sent or
   * thrown away by a machine.
   */
  by: 'window' | 'send-lane' | 'thread' | 'person';
  reason: string;
}

/** Why a part waits while somebody else speaks with the customer. */
export const THREAD_HELD: Parking = {
  by: 'thread',
  reason: 'Another app or somebody in the Page Inbox has the thread: it leaves when the thread is ours again',
};

/** Why a part waits that a person has let go, until it leaves: whoever was to send it may be ended before that. */
export const LET_GO: Parking = {
  by: 'person',
  reason: 'Somebody let it go again, and it has not left yet. If it stays here, let it go once more.',
};

/** What became of a send: an outcome, never an error. `parked`: it has not left and waits; whoever sent it is told when. */
export type SendResult =
  | { status: 'accepted'; mid?: string }
  | { status: 'failed'; reason: string }
  | { status: 'unknown' }
  | ({ status: 'parked' } & Parking);
