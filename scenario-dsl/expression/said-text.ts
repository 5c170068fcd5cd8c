// A text that a customer is told: one, or one in each language of the scenario.
import { fillTemplate, getTemplate } from './template.ts';
import { chooseLanguage, LANGUAGE_PATTERN, parseLanguageChoice } from './choose-language.ts';
import type { Variables } from './variables.ts';

/** A text in several languages, by their codes; `byLanguage` is what chooses among them, `$(lang|en)`, put in by the parser. */
export interface TextByLanguage {
  byLanguage: string;
  [language: string]: string;
}

export type SaidText = string | TextByLanguage;

/** A text that stands among the snippets of the scenario, until the parser has put it here: no text is in a language `snippet`. */
export function toSnippetReference(name: string): SaidText {
  return { byLanguage: '', snippet: name };
}

/** The name of the snippet that a value stands for; undefined where it is none. */
export function findSnippetName(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('snippet' in value) || !('byLanguage' in value))
    return undefined;
  const isReference = value.byLanguage === '' && Object.keys(value).length === 2;
  return isReference && typeof value.snippet === 'string' ? value.snippet : undefined;
}

export function isByLanguage(value: unknown): value is TextByLanguage {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'byLanguage')) return false;
  // What else an author keeps under such a name is no text.
  const codes = Object.keys(value).filter((key) => key !== 'byLanguage');
  return codes.length > 0 && codes.every((code) => LANGUAGE_PATTERN.test(code));
}

/** The texts with their languages, in the order of the scenario; a single text has none. */
export function listSaid(said: SaidText): { language?: string; source: string }[] {
  if (typeof said === 'string') return [{ source: said }];
  return Object.entries(said).flatMap(([language, source]) =>
    language === 'byLanguage' ? [] : [{ language, source }],
  );
}

/** The text, or that of the first language: for diagrams and paths. */
export function firstSaid(said: SaidText): string {
  return listSaid(said)[0]?.source ?? '';
}

/** Parses a text once, in every language. In it dates and numbers are written as in its language. */
export function compileSaid(said: SaidText): (variables: Variables) => string {
  if (typeof said === 'string') {
    const template = getTemplate(said);
    return (variables) => fillTemplate(template, variables);
  }
  const choice = parseLanguageChoice(said.byLanguage);
  if (!choice) throw new Error(`Unchecked language "${said.byLanguage}": parse the scenario before compiling it.`);
  const languages = Object.keys(said).filter((key) => key !== 'byLanguage');
  const texts = new Map(languages.map((language) => [language, getTemplate(said[language] ?? '')]));
  return (variables) => {
    const language = chooseLanguage(languages, choice, variables);
    return fillTemplate(texts.get(language) ?? [], { ...variables, locale: language });
  };
}
