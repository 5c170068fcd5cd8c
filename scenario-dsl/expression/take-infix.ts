import { ExpressionFault } from './expression-fault.ts';
import {
  arithmeticOperators,
  comparisonOperators,
  type ArithmeticOperator,
  type ComparisonOperator,
} from './expression.ts';
import type { TokenReader } from './token-reader.ts';
import type { Token } from './tokenize.ts';

/** How strongly an operator binds; `not` stands between `and` and the comparisons. */
export const power = { or: 1, and: 2, not: 3, comparison: 4, sum: 5, product: 6, sign: 7 } as const;

/** What stands between two operands, or behind one. */
export type Infix =
  | { kind: 'and' }
  | { kind: 'or' }
  | { kind: 'arithmetic'; operator: ArithmeticOperator }
  | { kind: 'compare'; operator: ComparisonOperator; negated: boolean }
  | { kind: 'is-empty'; negated: boolean };

/**
 * Takes the operator that stands here, if it binds as strongly as `least`; undefined where none does. Comparisons do not
 * follow one another: 1 < $(a) < 3 would compare true with 3.
 */
export function takeInfix(reader: TokenReader, least: number, isCompared: boolean): Infix | undefined {
  const token = reader.peek('operator');
  if (token.kind !== 'word' && token.kind !== 'symbol') return undefined;
  const found = readInfix(reader, token);
  if (!found || getPower(found.infix) < least) return undefined;
  if (isCompared && isComparison(found.infix)) return undefined;
  reader.at = found.end;
  return found.infix;
}

export function isComparison({ kind }: Infix): boolean {
  return kind === 'compare' || kind === 'is-empty';
}

function getPower(infix: Infix): number {
  if (infix.kind === 'and' || infix.kind === 'or') return power[infix.kind];
  if (infix.kind !== 'arithmetic') return power.comparison;
  return infix.operator === '+' || infix.operator === '-' ? power.sum : power.product;
}

interface Found {
  infix: Infix;
  end: number;
}

type TextToken = Extract<Token, { text: string }>;

function readInfix(reader: TokenReader, token: TextToken): Found | undefined {
  const { text, end } = token;
  if (text === 'and' || text === 'or') return { infix: { kind: text }, end };
  if (text === 'is') return readIsEmpty(reader, token);
  const arithmetic = arithmeticOperators.find((operator) => operator === text);
  if (arithmetic !== undefined) return { infix: { kind: 'arithmetic', operator: arithmetic }, end };
  if (text !== 'not') return readComparison(token, false);
  const second = reader.peekBehind(token);
  return second.kind === 'word' ? readComparison(second, true) : undefined;
}

function readComparison({ text, end }: { text: string; end: number }, negated: boolean): Found | undefined {
  const operator = comparisonOperators.find((candidate) => candidate === text);
  return operator === undefined ? undefined : { infix: { kind: 'compare', operator, negated }, end };
}

function readIsEmpty(reader: TokenReader, token: Token): Found {
  const second = reader.peekBehind(token);
  const negated = second.kind === 'word' && second.text === 'not';
  const last = negated ? reader.peekBehind(second) : second;
  if (last.kind === 'word' && last.text === 'empty') return { infix: { kind: 'is-empty', negated }, end: last.end };
  throw new ExpressionFault({ message: `Expected "empty" after "is", found ${reader.show(last)}.`, at: last.at });
}
