import type {
  ConversationFilter,
  ListPage,
  ListPageRequest,
  TranscriptMessage,
} from '../../contracts/conversation-queries.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import type { StoredMessage } from '../../contracts/stored-conversation-schema.ts';

/** Reads conversations from the read model. */
export interface ConversationReader {
  findConversation(conversationId: string): Promise<ConversationRecord | undefined>;
  /** Newest first. */
  listConversations(filter: ConversationFilter, page: ListPageRequest): Promise<ListPage<ConversationRecord>>;
  /** Oldest first. */
  listMessages(conversationId: string, page: ListPageRequest): Promise<ListPage<TranscriptMessage>>;
  /** In the order of the conversation; at most `limit`. */
  listStored(conversationId: string, limit: number): Promise<StoredMessage[]>;
  /** Conversations in state `offered` whose open offer is for this agent, oldest offer first. */
  listOffered(username: string): Promise<ConversationRecord[]>;
}
