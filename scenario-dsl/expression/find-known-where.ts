import type { Condition, Operand } from './condition.ts';

/** The variables that are surely not empty where the condition holds: `$(name) is not empty and …` knows `name`. */
export function findKnownWhere(condition: Condition): string[] {
  if (condition.kind === 'and') return [...findKnownWhere(condition.left), ...findKnownWhere(condition.right)];
  if (condition.kind === 'is-empty') return condition.negated ? nameOf(condition.operand) : [];
  if (condition.kind === 'truth') return nameOf(condition.operand);
  return [];
}

/** With a fallback it may be the fallback that is not empty. */
function nameOf(operand: Operand): string[] {
  return operand.kind === 'variable' && operand.reference.fallback === '' ? [operand.reference.path.join('.')] : [];
}
