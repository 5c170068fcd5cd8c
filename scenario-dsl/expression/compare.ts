import type { ComparisonOperator } from './expression.ts';
import { compareDates } from './calendar.ts';
import { getTimeZone } from './place.ts';
import { foldedText, toList, toNumber, valueText } from './values.ts';
import type { Variables } from './variables.ts';

/** Days begin in the time zone of the run, which the variables tell. */
type Comparator = (left: unknown, right: unknown, variables: Variables) => boolean;

/** What each operator says of two values. `matches` and `like` have a pattern on their right, see `evaluate`. */
export const comparators: Record<Exclude<ComparisonOperator, 'matches' | 'like'>, Comparator> = {
  '==': areEqual,
  '!=': (left, right) => !areEqual(left, right),
  '<': inOrder((order) => order < 0),
  '<=': inOrder((order) => order <= 0),
  '>': inOrder((order) => order > 0),
  '>=': inOrder((order) => order >= 0),
  contains,
  'contains-any': (left, right) => toList(right).some((item) => contains(left, item)),
  'contains-all': (left, right) => toList(right).length > 0 && toList(right).every((item) => contains(left, item)),
  in: (left, right) => contains(right, left),
  'starts-with': (left, right) => texts(left, right, 'startsWith'),
  'ends-with': (left, right) => texts(left, right, 'endsWith'),
  before: (left, right, variables) => (compareDates(left, right, getTimeZone(variables)) ?? 0) < 0,
  after: (left, right, variables) => (compareDates(left, right, getTimeZone(variables)) ?? 0) > 0,
  on: (left, right, variables) => compareDates(left, right, getTimeZone(variables)) === 0,
};

/** Numbers when both sides read as numbers (a customer's "5" equals 5), else the exact text, in whatever normal form. */
function areEqual(left: unknown, right: unknown): boolean {
  const numbers = bothNumbers(left, right);
  if (numbers) return numbers[0] === numbers[1];
  const [a, b] = [valueText(left), valueText(right)];
  return a === b || a.normalize('NFC') === b.normalize('NFC');
}

/** A list contains what equals one of its items, a text what is a part of it; letters' case does not count. */
function contains(container: unknown, part: unknown): boolean {
  if (!Array.isArray(container)) return texts(container, part, 'includes');
  return toList(container).some((item) => areEqual(item, part) || foldedText(item) === foldedText(part));
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
