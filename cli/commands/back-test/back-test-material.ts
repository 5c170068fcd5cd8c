import type { StoredConversation } from '../../../contracts/stored-conversation-schema.ts';

/** What a back-test runs on: conversations, and the text of each version that they ran on, by its full hash. */
export interface BackTestMaterial {
  conversations: StoredConversation[];
  sources: ReadonlyMap<string, string>;
}

/** Thrown where the material cannot be read; the message is for the person at the terminal. */
export class MaterialError extends Error {
  override readonly name = 'MaterialError';
}
