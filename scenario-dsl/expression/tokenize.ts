import type { SyntaxFault } from './expression.ts';

/** `at` is the character (from 0) where the token starts, `end` the first one behind it. */
export type Token = { at: number; end: number } & (
  | { kind: 'symbol' | 'word'; text: string }
  /** `raw`: as it stands between the quotes, but for an escaped quote; what a pattern is made of. */
  | { kind: 'string'; text: string; raw: string }
  | { kind: 'number'; value: number }
  /** `$(`, and what follows is for the parser. */
  | { kind: 'substitution' | 'end' }
);

type Read = { token: Token } | { fault: SyntaxFault };

const symbols = ['==', '!=', '<=', '>=', '<', '>', '(', ')', '[', ']', ',', '+', '-', '*', '/', '%', '|'];

/** Reads the token at or behind `start`. A minus belongs to a number only where an `operand` is looked for: 1 -2 is one sum. */
export function readToken(source: string, start: number, expects: 'operand' | 'operator'): Read {
  const at = skipSpace(source, start);
  if (at >= source.length) return { token: { kind: 'end', at, end: at } };
  if (source.startsWith('$(', at)) return { token: { kind: 'substitution', at, end: at + 2 } };
  const character = source.charAt(at);
  if (character === '"' || character === "'") return readString(source, at);
  const number = expects === 'operand' ? matchAt(/-?\d+(?:\.\d+)?(?![\w.])/y, source, at) : undefined;
  if (number !== undefined) return { token: { kind: 'number', value: Number(number), at, end: at + number.length } };
  const symbol = symbols.find((candidate) => source.startsWith(candidate, at));
  if (symbol !== undefined) return { token: { kind: 'symbol', text: symbol, at, end: at + symbol.length } };
  const word = matchAt(/[A-Za-z_][\w-]*(?:\.[\w-]+)*/y, source, at);
  if (word !== undefined) return { token: { kind: 'word', text: word, at, end: at + word.length } };
  return { fault: { message: `"${source.charAt(at)}" cannot stand here.`, at } };
}

function skipSpace(source: string, start: number): number {
  let at = start;
  while (at < source.length && /\s/.test(source.charAt(at))) at += 1;
  return at;
}

/** Sticky, so that a long expression is not copied once per token. */
function matchAt(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
}

/** What an escaped letter means in text; in a pattern it is the pattern's. */
const breaks: Readonly<Record<string, string>> = { n: '\n', t: '\t' };

function readString(source: string, at: number): Read {
  const quote = source.charAt(at);
  let text = '';
  let raw = '';
  for (let position = at + 1; position < source.length; position += 1) {
    const character = source.charAt(position);
    if (character === quote) return { token: { kind: 'string', text, raw, at, end: position + 1 } };
    if (character === '\\') {
      position += 1;
      const escaped = source.charAt(position);
      text += breaks[escaped] ?? escaped;
      raw += escaped === quote ? escaped : `\\${escaped}`;
    } else {
      text += character;
      raw += character;
    }
  }
  return { fault: { message: `This ${quote} has no closing ${quote}.`, at } };
}
