import { MESSENGER_LIMITS } from './messenger-limits.ts';

/** Where a text may be cut, best first. Each matches up to and with the border. */
const BORDERS = [/^[\s\S]*\n\s*\n/, /^[\s\S]*\n/, /^[\s\S]*[.!?…。！？]["'”’)\]]*\s/u, /^[\s\S]*\s/];

/**
 * Cuts a text into parts of at most `limit` UTF-16 units: between paragraphs, lines, sentences or words, in this
 * order, within a word only where one is longer than the limit. Never cuts a surrogate pair; gives no empty part.
 */
export function splitText(text: string, limit: number = MESSENGER_LIMITS.text): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > limit) {
    const end = findCut(rest, limit);
    parts.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return rest === '' ? parts : [...parts, rest];
}

function findCut(text: string, limit: number): number {
  // One character more, so that a border right after the limit counts; it is trimmed away.
  const window = text.slice(0, limit + 1);
  for (const border of BORDERS) {
    const length = border.exec(window)?.[0].trimEnd().length ?? 0;
    if (length >= limit / 2) return length;
  }
  const word = BORDERS.at(-1)?.exec(window)?.[0].trimEnd().length ?? 0;
  return word > 0 ? word : withoutHalfPair(text, limit);
}

/** Gives at most the first `limit` UTF-16 units of a text, never half a surrogate pair. */
export function truncateText(text: string, limit: number): string {
  return text.length <= limit ? text : text.slice(0, withoutHalfPair(text, limit));
}

/** The longest length up to `end` that leaves no half of a surrogate pair behind. */
function withoutHalfPair(text: string, end: number): number {
  const isHighSurrogate = (text.charCodeAt(end - 1) & 0xfc00) === 0xd800;
  return isHighSurrogate && end > 1 ? end - 1 : end;
}
