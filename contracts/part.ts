/** Fates of a part in the delivery ledger, in the order they can be reached. */
export const PART_FATES = ['queued', 'sending', 'accepted', 'delivered', 'read', 'failed', 'unknown'] as const;
export type PartFate = (typeof PART_FATES)[number];

export interface QuickReply {
  title: string;
  payload: string;
}

/** Who speaks in a message. `other-app`: the Page Inbox or another app of the Page. */
export interface Author {
  kind: 'customer' | 'scenario' | 'agent' | 'other-app';
  name?: string;
}

/** One message on its way to Messenger: the unit of the delivery ledger. `id` travels as `metadata`. */
export interface Part {
  id: string;
  author: Author;
  text: string;
  quickReplies: QuickReply[];
  /** Epoch milliseconds at which the conversation decided to say it. */
  at: number;
  /** Order within the conversation. */
  seq: number;
}

/** What became of a send: an outcome, never an error. */
export type SendResult = { fate: 'accepted'; mid?: string } | { fate: 'failed'; reason: string } | { fate: 'unknown' };
