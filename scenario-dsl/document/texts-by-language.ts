import { isRecord } from '../../contracts/is-record.ts';
import { listVariables } from '../expression/list-variables.ts';
import { isByLanguage, listSaid, type TextByLanguage } from '../expression/said-text.ts';
import { parseTemplate } from '../expression/template.ts';

/** A text in several languages, and the way to it. */
export interface PlacedText {
  path: readonly (string | number)[];
  texts: TextByLanguage;
}

/** Every text in several languages in the fields of a block. */
export function findTexts(value: unknown, path: readonly (string | number)[]): PlacedText[] {
  if (isByLanguage(value)) return [{ path, texts: value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => findTexts(item, [...path, index]));
  return isRecord(value) ? Object.entries(value).flatMap(([key, inner]) => findTexts(inner, [...path, key])) : [];
}

/** The fields with what chooses the language in each text, which stand in the order of the scenario’s languages. */
export function withChoice(
  value: unknown,
  {
    languages = [],
    language = '$(language)',
  }: { languages: readonly string[] | undefined; language: string | undefined },
): unknown {
  const change = (inner: unknown): unknown => {
    if (Array.isArray(inner)) return inner.map(change);
    if (!isRecord(inner)) return inner;
    if (!isByLanguage(inner))
      return Object.fromEntries(Object.entries(inner).map(([key, each]) => [key, change(each)]));
    const { byLanguage: _open, ...texts } = inner;
    const ordered = languages.flatMap((code) => (texts[code] === undefined ? [] : [[code, texts[code]]]));
    return { byLanguage: language, ...Object.fromEntries(ordered), ...texts };
  };
  return change(value);
}

/** The languages of a text. */
export function codesOf(texts: TextByLanguage): string[] {
  return listSaid(texts).map(({ language = '' }) => language);
}

/** The variables that a text says. */
export function namesIn(source: string): ReadonlySet<string> {
  const parsed = parseTemplate(source);
  if ('fault' in parsed) return new Set();
  const uses = listVariables({ kind: 'text', template: parsed.template, at: 0, end: source.length });
  return new Set(uses.map(({ variable }) => variable));
}

/** Whether a text holds anything that other languages say otherwise. */
export function hasWords(source: string): boolean {
  const parsed = parseTemplate(source);
  return 'template' in parsed && parsed.template.some((part) => typeof part === 'string' && /\p{L}{2}/u.test(part));
}
