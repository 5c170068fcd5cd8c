// What people see as one character. Not by Intl.Segmenter: its tables come with the version of Node.js, and a workflow that
// is replayed by another one must cut where it cut before. These rules follow Unicode's (UAX 29) for what people send.

/** Belongs to what is before it: marks, joiners, variation selectors, skin tones, keycaps, tags; Thai and Lao AM. */
const EXTENDS = /^(?:\p{M}|\u200C|\u200D|[\u0E33\u0EB3]|\p{Emoji_Modifier}|[\u{E0020}-\u{E007F}])/u;

/** Joins two consonants into one sign, as the virama of Indian scripts does. */
const LINKS = /[\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0C4D\u0CCD\u0D4D]$/;

const PICTURE = /^\p{Extended_Pictographic}/u;
const LETTER = /^\p{L}/u;
const FLAG_HALVES = /(?:[\u{1F1E6}-\u{1F1FF}])+$/u;
const FLAG_HALF = /^[\u{1F1E6}-\u{1F1FF}]/u;

/** Parts of one Korean syllable. */
const HANGUL_LEAD = /[\u1100-\u115F\uA960-\uA97C]$/;
const HANGUL_VOWEL = /[\u1160-\u11A7\uD7B0-\uD7C6\uAC00-\uD7A3]$/;
const HANGUL_AFTER_LEAD = /^[\u1100-\u11A7\uA960-\uA97C\uAC00-\uD7A3\uD7B0-\uD7C6]/;
const HANGUL_AFTER_VOWEL = /^[\u1160-\u11FF\uD7B0-\uD7FB]/;

/** No character that people write is longer; of piled-up marks the end is cut all the same. */
const LONGEST = 64;

/** The longest length up to `end` that cuts no character in two. */
export function wholeCharacters(text: string, end: number): number {
  if (end >= text.length) return text.length;
  for (let at = end; at > Math.max(0, end - LONGEST); at -= 1) if (isBorder(text, at)) return at;
  const isHalf = (text.charCodeAt(end - 1) & 0xfc00) === 0xd800;
  return isHalf && end > 1 ? end - 1 : end;
}

/** The characters of a text, one after the other. */
export function toGraphemes(text: string): string[] {
  const characters: string[] = [];
  let start = 0;
  for (let at = 1; at <= text.length; at += 1) {
    if (at < text.length && at - start < LONGEST && !isBorder(text, at)) continue;
    characters.push(text.slice(start, at));
    start = at;
  }
  return characters;
}

function isBorder(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  const before = text.charCodeAt(at - 1);
  // Nearly all of it: two letters of Latin script.
  if (code < 0x300 && before < 0x300) return !(code === 0x0a && before === 0x0d);
  if ((code & 0xfc00) === 0xdc00 && (before & 0xfc00) === 0xd800) return false;
  return isBorderBetween(text, at);
}

function isBorderBetween(text: string, at: number): boolean {
  const next = text.slice(at, at + 2);
  const last = text.slice(Math.max(0, at - 2), at);
  if (EXTENDS.test(next)) return false;
  if (last.endsWith('\u200D')) return !PICTURE.test(next);
  if (FLAG_HALF.test(next)) return countFlagHalves(text.slice(Math.max(0, at - LONGEST), at)) % 2 === 0;
  return !isJoined(last, next);
}

/** Consonants that a virama joins, and parts of one Korean syllable. */
function isJoined(last: string, next: string): boolean {
  if (LINKS.test(last)) return LETTER.test(next);
  if (HANGUL_LEAD.test(last)) return HANGUL_AFTER_LEAD.test(next);
  return HANGUL_VOWEL.test(last) && HANGUL_AFTER_VOWEL.test(next);
}

function countFlagHalves(before: string): number {
  return (FLAG_HALVES.exec(before)?.[0].length ?? 0) / 2;
}
