import { evaluate } from '../expression/evaluate.ts';
import { getValueExpression } from '../expression/value-expression.ts';
import { bounded } from '../expression/values.ts';
import type { Variables } from '../expression/variables.ts';
import type { Fill } from './compile-texts.ts';

/**
 * Parses every value in plain data once: a text that is one `$(…)` and nothing else becomes what that is (a number stays a
 * number, a list a list), one that begins with `=` what the expression gives, and every other text is filled. `nothing`
 * stands for an expression without a value.
 */
export function compileValues(value: unknown, nothing: '' | null): Fill<unknown> {
  if (typeof value === 'string') return compileValue(value, nothing);
  if (Array.isArray(value)) {
    const items = value.map((item) => compileValues(item, nothing));
    return (variables) => items.map((fill) => fill(variables));
  }
  if (typeof value !== 'object' || value === null) return () => value;
  const entries = Object.entries(value).map(([key, inner]) => [key, compileValues(inner, nothing)] as const);
  return (variables) => Object.fromEntries(entries.map(([key, fill]) => [key, fill(variables)]));
}

function compileValue(text: string, nothing: '' | null): (variables: Variables) => unknown {
  const expression = getValueExpression(text);
  return (variables) => bounded(evaluate(expression, variables)) ?? nothing;
}
