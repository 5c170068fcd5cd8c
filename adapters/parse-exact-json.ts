/** Where a number that a double does not hold could begin; a hit inside a string only costs the slow path. */
const MAYBE_INEXACT = /[\d.]{16}|\d[eE][+-]?\d{3}/;
const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Parses JSON, giving numbers that a double would change (ids over 2^53, long fractions, what is out of range) as texts of
 * exactly what was written: Node 20 hands a reviver no source text. Linear in the length of the text.
 * @throws SyntaxError where the text is not JSON
 */
export function parseExactJson(text: string): unknown {
  // The text is checked as it came: quoting first would make `{1234567890123456789: 1}` valid.
  const value: unknown = JSON.parse(text);
  if (!MAYBE_INEXACT.test(text)) return value;
  return JSON.parse(quoteInexactNumbers(text));
}

/** True for a number that comes out of a double as the number it was; of an integer with the digits that were written. */
function isExactNumber(token: string): boolean {
  const value = Number(token);
  if (/^-?[1-9]\d*$/.test(token)) return String(value) === token;
  return Number.isFinite(value) && decimalOf(String(value)) === decimalOf(token);
}

/** A number's digits and exponent, the same for each of its spellings: 1.50e1 and 15 are one. */
function decimalOf(token: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = NUMBER.exec(token) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = withoutLastZeros(digits);
  if (significant === '') return '0';
  return `${sign}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}

/** Not by a pattern: `0+$` looks at a long run of zeros inside a number again and again. */
function withoutLastZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}

/** Puts quotes around the numbers of a text known to be JSON that a double would change. */
function quoteInexactNumbers(text: string): string {
  const pieces: string[] = [];
  let copiedTo = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
      continue;
    }
    if (!isNumberCharacter(code)) {
      at += 1;
      continue;
    }
    const end = endOfNumber(text, at);
    const token = text.slice(at, end);
    if (NUMBER.test(token) && !isExactNumber(token)) {
      pieces.push(text.slice(copiedTo, at), '"', token, '"');
      copiedTo = end;
    }
    at = end;
  }
  pieces.push(text.slice(copiedTo));
  return pieces.join('');
}

/** Index after the closing quote of the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) {
    at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  }
  return at + 1;
}

function endOfNumber(text: string, start: number): number {
  let at = start;
  while (at < text.length && isNumberCharacter(text.charCodeAt(at))) at += 1;
  return at;
}

/** Digits, sign, point and the `e` of an exponent. The `e` of `true` is harmless: it is a token without digits. */
function isNumberCharacter(code: number): boolean {
  const isDigit = code >= 0x30 && code <= 0x39;
  const isSignOrPoint = code === 0x2b || code === 0x2d || code === 0x2e;
  return isDigit || isSignOrPoint || code === 0x45 || code === 0x65;
}
