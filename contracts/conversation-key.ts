/** Whom a conversation actor talks to: its identity. The PSID is the customer's id on that Page. */
export interface ConversationKey {
  pageId: string;
  psid: string;
}
