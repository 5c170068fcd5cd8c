import { fill } from './evaluate.ts';
import type { SyntaxFault, Template } from './expression.ts';
import { parseTemplateText } from './parse-expression.ts';
import { MAX_TEXT_LENGTH, valueText } from './values.ts';
import type { Variables } from './variables.ts';

export type { SyntaxFault, Template };
export { valueText };

/** Filled-in text stops here: a variable that is set from itself in a loop would otherwise double without end. */
export const MAX_FILLED_LENGTH = MAX_TEXT_LENGTH;

/** Parses text with `$(value|fallback)`, of which the value may be an expression; `$$(` stands for a literal `$(`. */
export function parseTemplate(source: string): { template: Template } | { fault: SyntaxFault } {
  return parseTemplateText(source);
}

/** As `parseTemplate`, for text that a check has let through already. */
export function getTemplate(source: string): Template {
  const parsed = parseTemplateText(source);
  if ('fault' in parsed)
    throw new Error(`Unchecked text: ${parsed.fault.message} Parse the scenario before compiling it.`);
  return parsed.template;
}

/** Puts the variables in. What a customer wrote is put in as it is: a `$(…)` inside it is never looked at. */
export function fillTemplate(template: Template, variables: Variables): string {
  return fill(template, variables);
}
