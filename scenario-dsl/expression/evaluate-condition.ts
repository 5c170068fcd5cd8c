import { evaluate } from './evaluate.ts';
import type { Expression } from './expression.ts';
import { isTrue } from './values.ts';
import type { Variables } from './variables.ts';

/** Says whether a condition holds. Never throws, whatever the variables hold. */
export function evaluateCondition(condition: Expression, variables: Variables): boolean {
  return isTrue(evaluate(condition, variables));
}
