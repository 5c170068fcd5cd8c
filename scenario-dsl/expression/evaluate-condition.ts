import { fillTemplate, referenceValue, valueText } from '../template.ts';
import type { Variables } from '../variables.ts';
import type { ComparisonOperator, Condition, Operand } from './condition.ts';

/** Says whether a condition holds. Never throws, whatever the variables hold. */
export function evaluateCondition(condition: Condition, variables: Variables): boolean {
  const holds = (inner: Condition): boolean => evaluateCondition(inner, variables);
  const valueOf = (operand: Operand): unknown => operandValue(operand, variables);
  if (condition.kind === 'and') return holds(condition.left) && holds(condition.right);
  if (condition.kind === 'or') return holds(condition.left) || holds(condition.right);
  if (condition.kind === 'not') return !holds(condition.condition);
  if (condition.kind === 'is-empty') return isEmpty(valueOf(condition.operand)) !== condition.negated;
  if (condition.kind === 'truth') return isTrue(valueOf(condition.operand));
  return comparators[condition.operator](valueOf(condition.left), valueOf(condition.right));
}

function operandValue(operand: Operand, variables: Variables): unknown {
  if (operand.kind === 'value') return operand.value;
  if (operand.kind === 'text') return fillTemplate(operand.template, variables);
  return referenceValue(operand.reference, variables);
}

type Comparator = (left: unknown, right: unknown) => boolean;

const comparators: Record<ComparisonOperator, Comparator> = {
  '==': areEqual,
  '!=': (left, right) => !areEqual(left, right),
  '<': inOrder((order) => order < 0),
  '<=': inOrder((order) => order <= 0),
  '>': inOrder((order) => order > 0),
  '>=': inOrder((order) => order >= 0),
  contains: (left, right) =>
    Array.isArray(left) ? left.some((item) => foldedText(item) === foldedText(right)) : texts(left, right, 'includes'),
  'starts-with': (left, right) => texts(left, right, 'startsWith'),
  'ends-with': (left, right) => texts(left, right, 'endsWith'),
};

/** Numbers when both sides read as numbers (a customer's "5" equals 5), else the exact text. */
function areEqual(left: unknown, right: unknown): boolean {
  const numbers = bothNumbers(left, right);
  return numbers ? numbers[0] === numbers[1] : valueText(left) === valueText(right);
}

/** Nothing is in nothing: an unknown variable on the right must not make every message match. */
function texts(left: unknown, right: unknown, test: 'includes' | 'startsWith' | 'endsWith'): boolean {
  const part = foldedText(right);
  return part !== '' && foldedText(left)[test](part);
}

/** Nothing is neither below nor above anything: an unanswered `$(age) < 18` is false. */
function inOrder(isWanted: (order: number) => boolean): Comparator {
  return (left, right) => {
    const [a, b] = bothNumbers(left, right) ?? [valueText(left), valueText(right)];
    if (a === '' || b === '') return false;
    if (a === b) return isWanted(0);
    return isWanted(a < b ? -1 : 1);
  };
}

function bothNumbers(left: unknown, right: unknown): [number, number] | undefined {
  const a = toNumber(left);
  const b = toNumber(right);
  return a === undefined || b === undefined ? undefined : [a, b];
}

function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  // Not Number(text) alone: it takes '' for 0, '0x10' for 16 and 'Infinity' for a number.
  if (typeof value !== 'string' || !/^\s*-?\d{1,15}(\.\d{1,15})?\s*$/.test(value)) return undefined;
  return Number(value);
}

function isTrue(value: unknown): boolean {
  return value === true || (typeof value === 'string' && value.trim().toLowerCase() === 'true');
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 : valueText(value).trim() === '';
}

function foldedText(value: unknown): string {
  return valueText(value).toLowerCase();
}
