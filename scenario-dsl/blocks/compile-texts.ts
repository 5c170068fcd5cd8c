import { fillTemplate, getTemplate } from '../expression/template.ts';
import type { Variables } from '../expression/variables.ts';

/** Puts the variables into every text of a value. */
export type Fill<Value> = (variables: Variables) => Value;

/** Parses every text in plain data once; keys are taken as they are. */
export function compileTexts<Value>(value: Value): Fill<Value> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the copy has the shape of the value
  return compile(value) as Fill<Value>;
}

function compile(value: unknown): Fill<unknown> {
  if (typeof value === 'string') {
    const template = getTemplate(value);
    return (variables) => fillTemplate(template, variables);
  }
  if (Array.isArray(value)) {
    const items = value.map(compile);
    return (variables) => items.map((fill) => fill(variables));
  }
  if (typeof value !== 'object' || value === null) return () => value;
  const entries = Object.entries(value).map(([key, inner]) => [key, compile(inner)] as const);
  return (variables) => Object.fromEntries(entries.map(([key, fill]) => [key, fill(variables)]));
}
