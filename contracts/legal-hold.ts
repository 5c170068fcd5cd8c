import type { ConversationKey } from './conversation-key.ts';

/** Keeps the data of one customer, or of one conversation, from retention and erasure until somebody releases it. */
export interface LegalHold extends ConversationKey {
  id: string;
  /** Of one conversation alone; of everything of the customer where absent. */
  conversationId?: string;
  reason: string;
  placedBy: string;
  /** Epoch milliseconds. */
  placedAt: number;
}
