import { truncateText } from '../../contracts/split-text.ts';
import { comparators } from './compare.ts';
import { EACH, type ArithmeticOperator, type Expression, type Substitution, type Template } from './expression.ts';
import { findFunction, getParameter } from './functions/functions.ts';
import type { Pattern } from './pattern.ts';
import { readClock } from './place.ts';
import { bounded, isEmpty, isNothing, isTrue, MAX_TEXT_LENGTH, toNumber, valueText } from './values.ts';
import { findVariable, type Variables } from './variables.ts';

/**
 * The value of an expression; undefined where it has none (an unknown variable, a division by nothing). Never throws,
 * whatever the variables hold; texts end at 10,000 characters, lists at 1,000 items.
 */
export function evaluate(expression: Expression, variables: Variables): unknown {
  const { kind } = expression;
  if (kind === 'variable') return readVariable(expression.path, variables);
  if (kind === 'substitution') return substitutionValue(expression, variables);
  if (kind === 'literal') return expression.value;
  if (kind === 'text') return fill(expression.template, variables);
  if (kind === 'compare') return compare(expression, variables);
  if (kind === 'and' || kind === 'or' || kind === 'not') return decide(expression, variables);
  return bounded(evaluateRest(expression, variables));
}

function readVariable(path: readonly string[], variables: Variables): unknown {
  const value = findVariable(variables, path);
  return value === undefined && path.length === 1 ? readClock(path[0], variables) : value;
}

function holds(condition: Expression, variables: Variables): boolean {
  return isTrue(evaluate(condition, variables));
}

/** Puts values into text. What a customer wrote is put in as it is: a `$(…)` inside it is never looked at. */
export function fill(template: Template, variables: Variables): string {
  let text = '';
  for (const part of template) {
    text += typeof part === 'string' ? part : valueText(substitutionValue(part, variables));
    if (text.length > MAX_TEXT_LENGTH) return truncateText(text, MAX_TEXT_LENGTH);
  }
  return text;
}

/** The value as it is (a number stays one); its fallback where there is none. */
function substitutionValue({ value, fallback = '' }: Substitution, variables: Variables): unknown {
  const found = evaluate(value, variables);
  return isNothing(found) ? fallback : found;
}

type Logic = Extract<Expression, { kind: 'and' | 'or' | 'not' }>;

function decide(expression: Logic, variables: Variables): boolean {
  if (expression.kind === 'not') return !holds(expression.operand, variables);
  const isLeftTrue = holds(expression.left, variables);
  if (isLeftTrue === (expression.kind === 'or')) return isLeftTrue;
  return holds(expression.right, variables);
}

type Rest = Extract<Expression, { kind: 'is-empty' | 'list' | 'negative' | 'arithmetic' | 'pattern' | 'call' }>;

function evaluateRest(expression: Rest, variables: Variables): unknown {
  const valueOf = (inner: Expression): unknown => evaluate(inner, variables);
  switch (expression.kind) {
    case 'is-empty':
      return isEmpty(valueOf(expression.operand)) !== expression.negated;
    case 'list':
      return expression.items.map(valueOf);
    case 'negative':
      return calculate('-', 0, valueOf(expression.operand));
    case 'arithmetic':
      return calculate(expression.operator, valueOf(expression.left), valueOf(expression.right));
    case 'pattern':
      return expression.pattern;
    case 'call':
      return call(expression, variables);
  }
}

function call({ name, args }: Extract<Expression, { kind: 'call' }>, variables: Variables): unknown {
  const definition = findFunction(name);
  return definition?.call(
    args.map((argument, index) =>
      getParameter(definition, index)?.type === 'each'
        ? (item: unknown) => evaluate(argument, { ...variables, [EACH]: item })
        : evaluate(argument, variables),
    ),
    variables,
  );
}

function compare(
  { operator, left, right, negated }: Extract<Expression, { kind: 'compare' }>,
  variables: Variables,
): boolean {
  const value = evaluate(left, variables);
  const isSo =
    operator === 'matches' || operator === 'like'
      ? patternOf(right)?.isFoundIn(valueText(value)) === true
      : comparators[operator](value, evaluate(right, variables), variables);
  return isSo !== negated;
}

function patternOf(expression: Expression): Pattern | undefined {
  return expression.kind === 'pattern' ? expression.pattern : undefined;
}

const operations: Record<ArithmeticOperator, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
};

/** Nothing where a side is no number, or the result is none: 5 / 0. */
function calculate(operator: ArithmeticOperator, left: unknown, right: unknown): number | undefined {
  const a = toNumber(left);
  const b = toNumber(right);
  return a === undefined || b === undefined ? undefined : withoutNoise(operations[operator](a, b));
}

/** 0.1 + 0.2 is 0.3 to everybody but a computer. */
function withoutNoise(value: number): number {
  return Number.isSafeInteger(value) ? value : Number(value.toPrecision(15));
}
