import type { ComparisonOperator, Expression } from './expression.ts';

/** The variables that are surely not empty where the condition holds: `$(name) is not empty and …` knows `name`. */
export function findKnownWhere(condition: Expression): string[] {
  const { kind } = condition;
  if (kind === 'and') return [...findKnownWhere(condition.left), ...findKnownWhere(condition.right)];
  if (kind === 'not') return findKnownWhereNot(condition.operand);
  if (kind === 'is-empty') return condition.negated ? nameOf(condition.operand) : [];
  if (kind === 'compare') return condition.negated ? [] : knownByComparison(condition);
  return nameOf(condition);
}

/** The variables that are surely not empty where the condition does not hold: behind `$(name) is empty` that is `name`. */
export function findKnownWhereNot(condition: Expression): string[] {
  const { kind } = condition;
  if (kind === 'or') return [...findKnownWhereNot(condition.left), ...findKnownWhereNot(condition.right)];
  if (kind === 'not') return findKnownWhere(condition.operand);
  if (kind === 'is-empty') return condition.negated ? [] : nameOf(condition.operand);
  if (kind === 'compare') return condition.negated ? knownByComparison(condition) : [];
  return [];
}

/** False where a side is nothing. */
const needingBoth: ReadonlySet<ComparisonOperator> = new Set<ComparisonOperator>([
  '<',
  '<=',
  '>',
  '>=',
  'before',
  'after',
  'on',
  'contains',
  'starts-with',
  'ends-with',
]);

/** Nothing contains nothing, is neither below nor above anything, and is not equal to what is written down. */
function knownByComparison({ operator, left, right }: Extract<Expression, { kind: 'compare' }>): string[] {
  if (needingBoth.has(operator)) return [...nameOf(left), ...nameOf(right)];
  if (operator === '==') return [...(isWritten(right) ? nameOf(left) : []), ...(isWritten(left) ? nameOf(right) : [])];
  return operator === 'in' && right.kind === 'list' && right.items.every(isWritten) ? nameOf(left) : [];
}

/** A number, true or false, or text that is not blank. */
function isWritten(expression: Expression): boolean {
  if (expression.kind === 'text')
    return expression.template.some((part) => typeof part === 'string' && part.trim() !== '');
  return expression.kind === 'literal';
}

/** With a fallback it may be the fallback that is not empty. */
function nameOf(operand: Expression): string[] {
  if (operand.kind === 'variable') return [operand.path.join('.')];
  return operand.kind === 'substitution' && !operand.fallback ? nameOf(operand.value) : [];
}
