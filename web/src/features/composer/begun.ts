import type { CannedUse } from '../../../../contracts/canned-response-schema.ts';
import { findCannedResponses } from './canned-responses.ts';
import { findEmoji } from './emoji-data.ts';

/** Something that is put in the place of what was begun. */
export interface Suggestion {
  key: string;
  title: string;
  /** Beside the title. */
  aside?: string;
  line?: string;
  inserted: string;
  /** Of a canned response: the message says that it was begun with it. */
  canned?: CannedUse;
}

export interface Begun {
  sign: ':' | '@' | '/';
  words: string;
  start: number;
}

/** What was begun at the caret: `:` and the name of an emoji, `@` and a colleague's, `/` and a canned response's. */
export function findBegun(text: string, caret: number): Begun | undefined {
  const found = /(?:^|\s)([:@/])([\p{L}\p{N}_.-]{0,30})$/u.exec(text.slice(0, caret));
  const [, sign, words = ''] = found ?? [];
  if (sign === undefined || (sign === ':' && words.length < 2)) return undefined;
  return { sign: sign as Begun['sign'], words, start: caret - words.length - 1 };
}

/** What may stand for what was begun; colleagues are named in notes, canned responses are for customers. */
export async function suggestFor(
  { sign, words }: Begun,
  { names, me, conversationId }: { names: Readonly<Record<string, string>>; me: string; conversationId: string },
): Promise<Suggestion[]> {
  if (sign === '@') return findColleagues(names, words, me);
  if (sign === '/') return findCannedResponses(conversationId, words);
  const found = await findEmoji(words);
  return found.map(({ emoji, label }) => ({ key: label, title: `${emoji} ${label}`, inserted: emoji }));
}

function findColleagues(names: Readonly<Record<string, string>>, words: string, me: string): Suggestion[] {
  const wanted = words.toLowerCase();
  return Object.entries(names)
    .filter(([username, name]) => username !== me && (name.toLowerCase().includes(wanted) || username.includes(wanted)))
    .slice(0, 6)
    .map(([username, name]) => ({ key: username, title: name, line: username, inserted: `@${name}` }));
}
