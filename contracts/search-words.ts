/** Words of a text as they are looked for: without case and accents, and of scripts that put no spaces, pairs of characters. */

/** Longer words are cut: nobody types them. */
const MAX_WORD_CHARACTERS = 64;

/** Scripts whose words no space divides, and Korean, whose particles stick to them. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]+/gu;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** Accents, vowel points and the like, which people leave out; the vowel signs of other scripts are no accents. */
const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670]/g;
const FOLDED: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
};

/** What a text is found by: each word once. */
export function indexWordsOf(text: string): string[] {
  return [...new Set(tokensOf(text).flatMap((token) => (isUnspaced(token) ? pairsOf(token, true) : [token])))];
}

/** What a typed text asks for; a text that has all of them is found. */
export function askedWordsOf(text: string): string[] {
  return [...new Set(tokensOf(text).flatMap((token) => (isUnspaced(token) ? pairsOf(token, false) : [token])))];
}

/** A stretch of a text; `isHit`: it is one of the words looked for. */
export interface MarkedStretch {
  text: string;
  isHit: boolean;
}

/** A text cut where the words of a query stand in it. */
export function markWords(text: string, query: string): MarkedStretch[] {
  const asked = new Set(askedWordsOf(query));
  const stretches: MarkedStretch[] = [];
  let done = 0;
  for (const match of text.matchAll(WORD)) {
    for (const { from, to } of hitsIn(match[0], asked)) {
      const [start, end] = [match.index + from, match.index + to];
      if (start > done) stretches.push({ text: text.slice(done, start), isHit: false });
      if (end > done) stretches.push({ text: text.slice(Math.max(start, done), end), isHit: true });
      done = Math.max(done, end);
    }
  }
  if (done < text.length) stretches.push({ text: text.slice(done), isHit: false });
  return stretches;
}

/** Where in one word, as it is written, something stands that was asked for. */
function hitsIn(word: string, asked: ReadonlySet<string>): { from: number; to: number }[] {
  if (tokensOf(word).some((token) => !isUnspaced(token) && asked.has(token))) return [{ from: 0, to: word.length }];
  const characters = Array.from(word);
  let from = 0;
  return characters.flatMap((character, index) => {
    const start = from;
    from += character.length;
    const pair = character + (characters[index + 1] ?? '');
    if (asked.has(fold(pair)) && isUnspaced(pair)) return [{ from: start, to: start + pair.length }];
    return asked.has(fold(character)) && isUnspaced(character) ? [{ from: start, to: from }] : [];
  });
}

function fold(text: string): string {
  const plain = text.normalize('NFKD').replaceAll(ACCENTS, '').normalize('NFC').toLowerCase().replaceAll(ACCENTS, '');
  return plain.replaceAll(/[ßæœøđðłþı]/g, (letter) => FOLDED[letter] ?? letter);
}

/** Words, each of one kind: a stretch of an unspaced script stands for itself. */
function tokensOf(text: string): string[] {
  return (fold(text).match(WORD) ?? []).flatMap((word) => {
    const unspaced = word.match(UNSPACED) ?? [];
    const rest = word.split(UNSPACED);
    return [...unspaced, ...rest]
      .filter((token) => token !== '')
      .map((token) => (isUnspaced(token) ? token : Array.from(token).slice(0, MAX_WORD_CHARACTERS).join('')));
  });
}

const isUnspaced = (token: string): boolean => token.replaceAll(UNSPACED, '') === '' && token !== '';

/** Pairs of neighbours, and each character where it stands alone or `withSingles`. */
function pairsOf(token: string, withSingles: boolean): string[] {
  const characters = Array.from(token);
  const pairs = characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`);
  return withSingles || pairs.length === 0 ? [...characters, ...pairs] : pairs;
}
