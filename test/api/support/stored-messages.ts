import type { StoredMessage } from '../../../contracts/stored-conversation-schema.ts';

/** When stored conversations of these tests happened; epoch ms. */
export const STORED_AT = Date.UTC(2026, 0, 1);

/** A message of a transcript, as the reader gives it. */
export const storedMessage = (seq: number, author: 'customer' | 'scenario', text: string): StoredMessage => ({
  seq,
  at: new Date(STORED_AT).toISOString(),
  direction: author === 'customer' ? 'in' : 'out',
  author,
  kind: 'message',
  text,
  attachments: [],
  ...(author === 'customer' ? {} : { status: 'read' }),
});
