import { readReference, type SyntaxFault, type VariableReference } from '../template.ts';

/** `at` is the character (from 0) where the token starts. */
export type Token =
  | { kind: 'symbol'; text: string; at: number }
  | { kind: 'word'; text: string; at: number }
  | { kind: 'string'; text: string; at: number }
  | { kind: 'number'; value: number; at: number }
  | { kind: 'variable'; reference: VariableReference; at: number }
  | { kind: 'end'; at: number };

type Read = { token: Token; end: number } | { fault: SyntaxFault };

const symbols = ['==', '!=', '<=', '>=', '<', '>', '(', ')'];

/** Splits a condition into tokens; the last one is always `end`. */
export function tokenize(source: string): { tokens: Token[] } | { fault: SyntaxFault } {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    if (/\s/.test(source.charAt(at))) {
      at += 1;
      continue;
    }
    const read = readToken(source, at);
    if ('fault' in read) return read;
    tokens.push(read.token);
    at = read.end;
  }
  tokens.push({ kind: 'end', at });
  return { tokens };
}

function readToken(source: string, at: number): Read {
  const character = source.charAt(at);
  if (source.startsWith('$(', at)) return readVariable(source, at);
  if (character === '"' || character === "'") return readString(source, at);
  const symbol = symbols.find((candidate) => source.startsWith(candidate, at));
  if (symbol) return { token: { kind: 'symbol', text: symbol, at }, end: at + symbol.length };
  return readWordOrNumber(source, at);
}

function readVariable(source: string, at: number): Read {
  const read = readReference(source, at);
  return 'fault' in read ? read : { token: { kind: 'variable', reference: read.reference, at }, end: read.end };
}

function readString(source: string, at: number): Read {
  const quote = source.charAt(at);
  let text = '';
  for (let position = at + 1; position < source.length; position += 1) {
    const character = source.charAt(position);
    if (character === quote) return { token: { kind: 'string', text, at }, end: position + 1 };
    if (character === '\\') position += 1;
    text += source.charAt(position);
  }
  return { fault: { message: `This ${quote} has no closing ${quote}.`, at } };
}

function readWordOrNumber(source: string, at: number): Read {
  // Sticky, so that a long condition is not copied once per token.
  const pattern = /-?\d+(?:\.\d+)?(?![\w.])|[A-Za-z][A-Za-z-]*/y;
  pattern.lastIndex = at;
  const text = pattern.exec(source)?.[0];
  if (text === undefined) return { fault: { message: `"${source.charAt(at)}" cannot stand here.`, at } };
  const end = at + text.length;
  if (/^[A-Za-z]/.test(text)) return { token: { kind: 'word', text, at }, end };
  return { token: { kind: 'number', value: Number(text), at }, end };
}
