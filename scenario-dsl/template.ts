import { findVariable, parseVariablePath, type Variables } from './variables.ts';

/** `$(path|fallback)`. The fallback speaks when the variable is unknown, null or empty text. */
export interface VariableReference {
  path: string[];
  fallback: string;
}

/** Text with substitutions, parsed once. */
export type Template = readonly (string | VariableReference)[];

/** What is wrong with a text or a condition, and at which character of it (from 0). */
export interface SyntaxFault {
  message: string;
  at: number;
}

/** Filled-in text stops here: a variable that is set from itself in a loop would otherwise double without end. */
export const maxFilledLength = 10_000;

/** Parses text with `$(path|fallback)`; `$$(` stands for a literal `$(`. */
export function parseTemplate(source: string): { template: Template } | { fault: SyntaxFault } {
  const parts: (string | VariableReference)[] = [];
  let literal = '';
  let at = 0;
  while (at < source.length) {
    if (source.startsWith('$$(', at)) {
      literal += '$(';
      at += 3;
    } else if (source.startsWith('$(', at)) {
      const read = readReference(source, at);
      if ('fault' in read) return read;
      if (literal !== '') parts.push(literal);
      literal = '';
      parts.push(read.reference);
      at = read.end;
    } else {
      literal += source.charAt(at);
      at += 1;
    }
  }
  if (literal !== '') parts.push(literal);
  return { template: parts };
}

/** Reads the `$(…)` that starts at `at`; `end` is the first character behind it. */
export function readReference(
  source: string,
  at: number,
): { reference: VariableReference; end: number } | { fault: SyntaxFault } {
  const close = source.indexOf(')', at);
  if (close < 0) return { fault: { message: 'This $( has no closing ).', at } };
  const inside = source.slice(at + 2, close);
  const bar = inside.indexOf('|');
  const name = (bar < 0 ? inside : inside.slice(0, bar)).trim();
  const path = parseVariablePath(name);
  if (!path) return { fault: { message: `"${name.slice(0, 60)}" is not a variable name.`, at: at + 2 } };
  return { reference: { path, fallback: bar < 0 ? '' : inside.slice(bar + 1) }, end: close + 1 };
}

/** As `parseTemplate`, for text that a check has let through already. */
export function getTemplate(source: string): Template {
  const parsed = parseTemplate(source);
  if ('fault' in parsed)
    throw new Error(`Unchecked text: ${parsed.fault.message} Parse the scenario before compiling it.`);
  return parsed.template;
}

/** Puts the variables in. What a customer wrote is put in as it is: a `$(…)` inside it is never looked at. */
export function fillTemplate(template: Template, variables: Variables): string {
  let text = '';
  for (const part of template) {
    text += typeof part === 'string' ? part : referenceText(part, variables);
    if (text.length > maxFilledLength) return text.slice(0, maxFilledLength);
  }
  return text;
}

/** The value of a reference as it is (a number stays one); its fallback where there is none. */
export function referenceValue(reference: VariableReference, variables: Variables): unknown {
  const value = findVariable(variables, reference.path);
  return value === undefined || value === null || value === '' ? reference.fallback : value;
}

/** How a value reads in text: lists and maps as JSON, nothing as empty text. */
export function valueText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  return JSON.stringify(value) ?? '';
}

function referenceText(reference: VariableReference, variables: Variables): string {
  return valueText(referenceValue(reference, variables));
}
