import type { Expression, SyntaxFault } from './expression.ts';
import { parseExpression, parseTemplateText } from './parse-expression.ts';
import { VARIABLE_NAME_PATTERN } from '../../contracts/variable-name.ts';

/** A value as Set Variable takes it: `= expression`; one `$(…)` alone, which is what that is; else text with substitutions. */
export function parseValue(text: string): { expression: Expression } | { fault: SyntaxFault } {
  // A space for the sign, so that places are those in the text.
  if (text.startsWith('=')) return parseExpression(` ${text.slice(1)}`);
  const parsed = parseTemplateText(text);
  if ('fault' in parsed) return parsed;
  const [part, ...more] = parsed.template;
  if (part !== undefined && typeof part !== 'string' && more.length === 0) return { expression: part };
  return { expression: { kind: 'text', template: parsed.template, at: 0, end: text.length } };
}

/** What is named rather than written: the name of a variable, or a value that gives it. */
export function parseNamed(text: string): { expression: Expression } | { fault: SyntaxFault } {
  return VARIABLE_NAME_PATTERN.test(text) ? parseTemplateValue(`$(${text})`) : parseValue(text);
}

function parseTemplateValue(text: string): { expression: Expression } | { fault: SyntaxFault } {
  const parsed = parseValue(text);
  if ('fault' in parsed) return parsed;
  // Places are those in the bare name.
  return { expression: { ...parsed.expression, at: 0, end: text.length - '$()'.length } };
}

/** As `parseNamed`, for a text that a check has let through already. */
export function getNamedExpression(text: string): Expression {
  return getExpression(parseNamed(text));
}

/** As `parseValue`, for a text that a check has let through already. */
export function getValueExpression(text: string): Expression {
  return getExpression(parseValue(text));
}

function getExpression(parsed: { expression: Expression } | { fault: SyntaxFault }): Expression {
  if ('fault' in parsed) {
    throw new Error(`Unchecked value: ${parsed.fault.message} Parse the scenario before compiling it.`);
  }
  return parsed.expression;
}
