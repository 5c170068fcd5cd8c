/** What the read model is asked for and answers, between the api and its repositories. Times are epoch milliseconds. */
import type { ConversationKey } from './conversation-key.ts';
import type { ConversationState } from './conversation.ts';
import type { Attachment, Referral } from './customer-event.ts';
import type { Template } from './outbound-attachment.ts';
import type { Author, DeliveryStatus, Parking, QuickReply } from './part.ts';

/** One message of a transcript, whichever way it went. */
export interface TranscriptMessage {
  id: string;
  mid?: string;
  direction: 'in' | 'out' | 'internal';
  author: Author;
  text?: string;
  attachments: Attachment[];
  at: number;
  status?: DeliveryStatus;
  /** What a customer's event was. */
  kind?: string;
  /** Of the button or quick reply that was tapped. */
  payload?: string;
  replyTo?: string;
  referral?: Referral;
  /** What stood under an outbound message, as it was sent. */
  quickReplies?: QuickReply[];
  template?: Template;
  /** What was left out of it. */
  notes?: string[];
  /** Why it failed. */
  reason?: string;
  parked?: Parking;
  isDeleted?: boolean;
  editCount?: number;
  reaction?: string;
}

export interface ListPageRequest {
  /** The `next` of the page before, as the repository gave it; anything else is REQUEST_INVALID. */
  cursor?: string | undefined;
  limit: number;
}

/** A page of a transcript: from its beginning where nothing else is said. */
export interface TranscriptRequest extends ListPageRequest {
  order?: 'oldest' | 'newest';
}

/** A page of a list; `next` is the cursor of the following one, null at the end. */
export interface ListPage<Item> {
  items: Item[];
  next: string | null;
}

export interface ConversationFilter {
  pageId?: string;
  psid?: string;
  state?: ConversationState;
  label?: string;
  /** Only those in which this agent began a stretch within that time. */
  stretch?: { agent: string; from: number; to: number };
  /** Only those with one of these customers, or of these ids. */
  with?: { customers: readonly ConversationKey[]; conversationIds: readonly string[] };
  /**
   * Only what this user may see: conversations of the group, those of the team's services and people, and those they served
   * that began since they exist (`since`).
   */
  visibleTo?: {
    username: string;
    since: number;
    group?: string;
    team?: { members: string[]; services: string[] };
  };
}
