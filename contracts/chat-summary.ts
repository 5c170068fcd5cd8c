import type { Author } from './part.ts';

/** One message of a chat, as far as a line of a list shows it. `at`: epoch milliseconds. */
export interface ChatWords {
  at: number;
  by: Author['kind'];
  text?: string;
  /** Their types. */
  attachments: string[];
  isDeleted?: boolean;
}

/** What a list of chats says of a transcript. Times are epoch milliseconds. */
export interface ChatSummary {
  /** What the customer said first, and what was said last by whomever. */
  first?: ChatWords;
  last?: ChatWords;
  /** The customer's messages that no agent has answered, and that the reader has not seen. */
  unread: number;
  /** Since when the customer has had no answer of an agent; absent where the next word is theirs. */
  unansweredSince?: number;
  /** An agent has written in the conversation. */
  hasAnswer: boolean;
}
