import { findVariable, parseVariablePath, type Variables } from './variables.ts';

/** `de`, `pt-BR`. No other key of a text by language looks so. */
export const LANGUAGE_PATTERN = /^[a-z]{2,3}(-[A-Z]{2})?$/;

/** What chooses the language of a run: a variable, and what is taken where that is empty. */
export interface LanguageChoice {
  variable: readonly string[];
  fallback: string;
}

/** Reads `$(lang|en)`; undefined where it is anything else. A scenario has one, and each of its texts asks for it. */
export function parseLanguageChoice(text: string): LanguageChoice | undefined {
  if (latest?.text !== text) latest = { text, choice: readLanguageChoice(text) };
  return latest.choice;
}

let latest: { text: string; choice: LanguageChoice | undefined } | undefined;

function readLanguageChoice(text: string): LanguageChoice | undefined {
  const [, name, fallback = ''] = /^\$\(\s*([\w.-]+)\s*(?:\|([^)]*))?\)$/.exec(text.trim()) ?? [];
  const variable = name === undefined ? undefined : parseVariablePath(name);
  return variable && { variable, fallback: fallback.trim() };
}

/**
 * The language that a run speaks: the one that the variable names, whatever the case of its letters, else that without its
 * country (`de` for `de-AT`, and the other way round), else the first.
 */
export function chooseLanguage(
  languages: readonly string[],
  { variable, fallback }: LanguageChoice,
  variables: Variables,
): string {
  const value = findVariable(variables, variable);
  const wanted = (typeof value === 'string' && value.trim() !== '' ? value : fallback).trim().toLowerCase();
  const code = wanted.replace('_', '-');
  const language = code.split('-', 1)[0];
  return (
    languages.find((each) => each.toLowerCase() === code) ??
    languages.find((each) => each.toLowerCase().split('-', 1)[0] === language) ??
    languages[0] ??
    ''
  );
}
