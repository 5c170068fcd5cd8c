/** A conversation that an agent begins with a customer who is known. */
import type { AgentIdentity } from './conversation.ts';
import type { OutboundAttachment } from './outbound-attachment.ts';

/** What the actor is told. A repeat with the same `conversationId` begins nothing twice, however late it comes. */
export interface OutboundBeginning {
  /** Follows from who asks and their client's id. */
  conversationId: string;
  agent: AgentIdentity;
  /** Whose dispatcher keeps the agent's slots. */
  agentGroup: string;
  service?: string;
  text: string;
  attachments: OutboundAttachment[];
  /** It goes on with what this one was about. */
  previousConversationId?: string;
}

/** How a conversation came about that no customer began, as its record keeps it. */
export interface OutboundOrigin {
  by: AgentIdentity;
  previousConversationId?: string;
  /** The run that opened it: what a task of it has written itself is not the past when it is tried again. */
  runId: string;
}

/** The scenario of such a conversation: built in, of no source. */
export const OUTBOUND_SCENARIO = { name: 'outbound', version: 'outbound-1' } as const;
