/** Where a number that may not fit a double could begin; a hit inside a string only costs the slow path. */
const MAYBE_LONG_INTEGER = /(?:^|[\s:,[])-?[1-9]\d{15}/;
const LONG_INTEGER = /^-?[1-9]\d{15,}$/;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Parses JSON, giving integers of 16 digits and more as strings of exactly these digits: Messenger's ids pass
 * 2^53 and Node 20 hands a reviver no source text. Linear in the length of the text.
 * @throws SyntaxError where the text is not JSON
 */
export function parseExactJson(text: string): unknown {
  // The text is judged as it came: quoting first would make `{1234567890123456: 1}` valid.
  const value: unknown = JSON.parse(text);
  if (!MAYBE_LONG_INTEGER.test(text)) return value;
  return JSON.parse(quoteLongIntegers(text));
}

/** Puts quotes around the long integers of a text known to be JSON. */
function quoteLongIntegers(text: string): string {
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
    if (LONG_INTEGER.test(token)) {
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
