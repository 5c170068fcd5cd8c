// What is known of lists without looking into them: whether one surely holds something.
import type { Expression } from './expression.ts';
import { getValueExpression } from './value-expression.ts';

/** These give a list that is as empty as the one they are given. */
const KEEPING: ReadonlySet<string> = new Set(['sort', 'map', 'unique']);

/** What a list goes by: the name of its variable, else its expression. Sorted it is as long, and goes by the same name. */
export function nameList(list: Expression): string {
  const inner = withoutShell(list);
  if (inner.kind === 'variable') return inner.path.join('.');
  const [first] = inner.kind === 'call' && KEEPING.has(inner.name) ? inner.args : [];
  if (first) return nameList(first);
  return JSON.stringify(inner, (key, value: unknown) => (PLACES.has(key) ? undefined : value));
}

/** Where something stands makes no difference to what it is. */
const PLACES: ReadonlySet<string> = new Set(['at', 'end', 'isBare']);

/** Whether a list holds something whatever the variables are: one that is written down, or one to which something is appended. */
export function isFilledList(list: Expression): boolean {
  const inner = withoutShell(list);
  if (inner.kind === 'list') return inner.items.length > 0;
  if (inner.kind === 'text') return inner.template.some((part) => typeof part === 'string' && part.trim() !== '');
  if (inner.kind === 'literal') return true;
  if (inner.kind !== 'call') return false;
  const [first, ...others] = inner.args;
  if (KEEPING.has(inner.name)) return first !== undefined && isFilledList(first);
  if (inner.name !== 'append') return false;
  // What is appended is an item, as a rule: a list of them is the author's to know.
  return (
    (first !== undefined && isFilledList(first)) || others.some((item) => item.kind !== 'call' || isFilledList(item))
  );
}

/** As `isFilledList`, of a value that Set Variable gives. */
export function isFilledValue(value: string | number | boolean): boolean {
  return typeof value !== 'string' || isFilledList(getValueExpression(value));
}

/** The lists that surely hold something where a condition holds, or, for `holds` false, where it does not. */
export function listFilledWhere(condition: Expression, holds: boolean): string[] {
  const inner = withoutShell(condition);
  const { kind } = inner;
  if (kind === 'not') return listFilledWhere(inner.operand, !holds);
  if (kind === (holds ? 'and' : 'or')) {
    return [...listFilledWhere(inner.left, holds), ...listFilledWhere(inner.right, holds)];
  }
  if (kind === 'is-empty') return inner.negated === holds ? [nameList(inner.operand)] : [];
  if (kind === 'compare') return filledByComparison(inner, inner.negated !== holds);
  return kind === 'call' && inner.name === 'contains' && holds ? inner.args.slice(0, 1).map(nameList) : [];
}

type Comparison = Extract<Expression, { kind: 'compare' }>;

/** `count(list) > 0`, `count(list) == 0` turned round, `list contains 'a'`. */
function filledByComparison({ left, operator, right }: Comparison, holds: boolean): string[] {
  if (operator.startsWith('contains')) return holds ? [nameList(left)] : [];
  const list = findCounted(left);
  const number = right.kind === 'literal' && typeof right.value === 'number' ? right.value : undefined;
  if (!list || number === undefined) return [];
  const isSo: Partial<Record<Comparison['operator'], boolean>> = {
    '>': number >= 0,
    '>=': number > 0,
    '==': number > 0,
    '!=': number === 0,
  };
  const isSoOtherwise: Partial<Record<Comparison['operator'], boolean>> = {
    '<': number > 0,
    '<=': number >= 0,
    '==': number === 0,
    '!=': number > 0,
  };
  return (holds ? isSo : isSoOtherwise)[operator] === true ? [nameList(list)] : [];
}

function findCounted(expression: Expression): Expression | undefined {
  const inner = withoutShell(expression);
  return inner.kind === 'call' && (inner.name === 'count' || inner.name === 'length') ? inner.args[0] : undefined;
}

/** `$(x)` without a fallback is x. */
function withoutShell(expression: Expression): Expression {
  return expression.kind === 'substitution' && !expression.fallback ? withoutShell(expression.value) : expression;
}
