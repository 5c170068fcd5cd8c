import type { ConversationState } from '../../contracts/conversation.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import type { Attachment } from '../../contracts/customer-event.ts';
import type { Page } from '../../contracts/http-api-schema.ts';
import type { Author, PartFate } from '../../contracts/part.ts';

/** One message of a transcript, whichever way it went. `at`: epoch milliseconds. */
export interface TranscriptMessage {
  id: string;
  mid?: string;
  direction: 'in' | 'out';
  author: Author;
  text?: string;
  attachments: Attachment[];
  at: number;
  status?: PartFate;
}

interface PageRequest {
  /** The `next` of the page before, as the repository gave it; anything else is REQUEST_INVALID. */
  cursor?: string;
  limit: number;
}

export interface ConversationFilter {
  pageId?: string;
  psid?: string;
  state?: ConversationState;
  /** Only what this agent may see: conversations of the group, and those he served or serves. */
  visibleTo?: { username: string; group: string };
}

/** Reads conversations from the read model. */
export interface ConversationReader {
  findConversation(conversationId: string): Promise<ConversationRecord | undefined>;
  /** Newest first. */
  listConversations(filter: ConversationFilter, page: PageRequest): Promise<Page<ConversationRecord>>;
  /** Oldest first. */
  listMessages(conversationId: string, page: PageRequest): Promise<Page<TranscriptMessage>>;
  /** Conversations in state `offered` whose open offer is for this agent, oldest offer first. */
  listOffered(username: string): Promise<ConversationRecord[]>;
}
