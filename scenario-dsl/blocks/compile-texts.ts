import { compileSaid, isByLanguage, type SaidText } from '../expression/said-text.ts';
import type { Variables } from '../expression/variables.ts';

/** Puts the variables into every text of a value. */
export type Fill<Value> = (variables: Variables) => Value;

/** As which a text in several languages is filled: one text. */
export function asText(said: SaidText): string {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `compileTexts` makes one of it
  return said as string;
}

/** Parses every text in plain data once; keys are taken as they are. A text in several languages becomes that of the run’s. */
export function compileTexts<Value>(value: Value): Fill<Value> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the copy has the shape of the value
  return compile(value) as Fill<Value>;
}

function compile(value: unknown): Fill<unknown> {
  if (typeof value === 'string' || isByLanguage(value)) return compileSaid(value);
  if (Array.isArray(value)) {
    const items = value.map(compile);
    return (variables) => items.map((fill) => fill(variables));
  }
  if (typeof value !== 'object' || value === null) return () => value;
  const entries = Object.entries(value).map(([key, inner]) => [key, compile(inner)] as const);
  return (variables) => Object.fromEntries(entries.map(([key, fill]) => [key, fill(variables)]));
}
