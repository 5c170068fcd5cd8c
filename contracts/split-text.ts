import { wholeCharacters } from './graphemes.ts';
import { MESSENGER_LIMITS } from './messenger-limits.ts';

/**
 * Where a text may be cut, best first. Each matches up to and with the border. The signs that end a sentence: of Latin, Greek and
 * Cyrillic script, Arabic, Urdu, Hindi, Armenian, Ethiopian, Khmer and Burmese with a space behind them; Chinese and Japanese need
 * none. Thai separates sentences by spaces alone.
 */
const BORDERS = [
  /^[\s\S]*\n\s*\n/,
  /^[\s\S]*\n/,
  /^[\s\S]*(?:[.!?…؟۔।॥։።។။]["'”’»)\]]*\s|[。！？｡…]["'”’」』】）〉》]*(?!["'”’」』】）〉》。！？…]))/u,
  /^[\s\S]*\s/,
  /^[\s\S]*[、，；：､]/u,
];

/**
 * Cuts a text into parts of at most `limit` UTF-16 units: between paragraphs, lines, sentences or words, in this
 * order, within a word only where one is longer than the limit. Never cuts a character; gives no empty part.
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
  const lengths = BORDERS.map((border) => lengthAt(border, window, limit));
  const cut = lengths.find((length) => length >= limit / 2) ?? Math.max(...lengths.slice(-2));
  return cut > 0 ? cut : wholeCharacters(text, limit);
}

/** A border that needs no space behind it may stand where the limit is passed already. */
function lengthAt(border: RegExp, window: string, limit: number): number {
  const length = border.exec(window)?.[0].trimEnd().length ?? 0;
  return length <= limit ? length : (border.exec(window.slice(0, limit))?.[0].trimEnd().length ?? 0);
}

/** Gives at most the first `limit` UTF-16 units of a text, never a part of a character. */
export function truncateText(text: string, limit: number): string {
  return text.length <= limit ? text : text.slice(0, wholeCharacters(text, limit));
}
