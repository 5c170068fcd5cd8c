import type {
  ConversationFilter,
  ListPage,
  ListPageRequest,
  TranscriptRequest,
  TranscriptMessage,
} from '../../contracts/conversation-queries.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import type { StoredMessage } from '../../contracts/stored-conversation-schema.ts';

/** Reads conversations from the read model. */
export interface ConversationReader {
  findConversation(conversationId: string): Promise<ConversationRecord | undefined>;
  /** Newest first. */
  listConversations(filter: ConversationFilter, page: ListPageRequest): Promise<ListPage<ConversationRecord>>;
  /** Oldest first, or newest first. */
  listMessages(conversationId: string, page: TranscriptRequest): Promise<ListPage<TranscriptMessage>>;
  /** In the order of the conversation; at most `limit`. */
  listStored(conversationId: string, limit: number): Promise<StoredMessage[]>;
  /** Conversations in state `offered` whose open offer is for this agent, oldest offer first. */
  listOffered(username: string): Promise<ConversationRecord[]>;
  /** Undefined while an actor of it runs. */
  changeLabels(id: string, change: { add: string[]; remove: string[] }): Promise<string[] | undefined>;
  /** Connected conversations that this agent is in, whatever they do in them. */
  listChatsOf(username: string): Promise<ConversationRecord[]>;
  /** When this agent was in a chat, of stretches that began at `since` or later; `to` is absent where one goes on. */
  listStretches(username: string, since: number): Promise<{ from: number; to?: number }[]>;
}
