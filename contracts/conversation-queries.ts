/** What the read model is asked for and answers, between the api and its repositories. Times are epoch milliseconds. */
import type { ConversationState } from './conversation.ts';
import type { Attachment } from './customer-event.ts';
import type { Author, DeliveryStatus } from './part.ts';

/** One message of a transcript, whichever way it went. */
export interface TranscriptMessage {
  id: string;
  mid?: string;
  direction: 'in' | 'out';
  author: Author;
  text?: string;
  attachments: Attachment[];
  at: number;
  status?: DeliveryStatus;
}

export interface ListPageRequest {
  /** The `next` of the page before, as the repository gave it; anything else is REQUEST_INVALID. */
  cursor?: string | undefined;
  limit: number;
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
  /** Only what this agent may see: conversations of the group, and those they served that began since they exist (`since`). */
  visibleTo?: { username: string; group: string; since: number };
}
