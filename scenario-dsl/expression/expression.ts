import type { Pattern } from './pattern.ts';

export const arithmeticOperators = ['+', '-', '*', '/', '%'] as const;

export const comparisonOperators = [
  '==',
  '!=',
  '<=',
  '>=',
  '<',
  '>',
  'contains',
  'contains-any',
  'contains-all',
  'in',
  'starts-with',
  'ends-with',
  'matches',
  'like',
  'before',
  'after',
  'on',
] as const;

export type ArithmeticOperator = (typeof arithmeticOperators)[number];
export type ComparisonOperator = (typeof comparisonOperators)[number];

/** The variable that is the item of a list, where something is worked out for each of them. */
export const EACH = 'each';

/** What is wrong with a text or an expression, and at which character of it (from 0). */
export interface SyntaxFault {
  message: string;
  at: number;
  /** What to do about it, where that can be said better than in general. */
  remedy?: string;
}

/** Where a part of an expression stands: the first character (from 0), and the first one behind it. */
interface SourceRange {
  at: number;
  end: number;
}

/** A parsed expression: a condition, a value, or the inside of a `$(…)`. Compiled once, evaluated by `evaluate`. */
export type Expression = SourceRange & ExpressionKind;

type ExpressionKind =
  | { kind: 'literal'; value: number | boolean }
  /** Quoted text, which may hold substitutions. */
  | { kind: 'text'; template: Template }
  /** `isBare`: written without `$( )`, as text in quotes might be by mistake. */
  | { kind: 'variable'; path: readonly string[]; isBare?: true }
  | Substitution
  | { kind: 'list'; items: readonly Expression[] }
  | { kind: 'call'; name: string; args: readonly Expression[] }
  | { kind: 'pattern'; pattern: Pattern }
  | { kind: 'negative'; operand: Expression }
  | { kind: 'not'; operand: Expression }
  | { kind: 'and'; left: Expression; right: Expression }
  | { kind: 'or'; left: Expression; right: Expression }
  | { kind: 'arithmetic'; operator: ArithmeticOperator; left: Expression; right: Expression }
  | { kind: 'compare'; operator: ComparisonOperator; negated: boolean; left: Expression; right: Expression }
  | { kind: 'is-empty'; operand: Expression; negated: boolean };

/** `$(value|fallback)`. The fallback, or empty text, speaks when there is no value, null or empty text. */
export interface Substitution {
  kind: 'substitution';
  value: Expression;
  fallback?: string;
}

/** Text with substitutions, parsed once. */
export type Template = readonly (string | (SourceRange & Substitution))[];
