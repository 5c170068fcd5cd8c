/** Texts of settings that customers read: one, or one in each language. Pure. */

/** One text, or texts by the codes of their languages, `{ en: …, de: … }`; an empty text is none. */
export type SettingText = string | Readonly<Record<string, string>>;

/** `de`, `pt-BR`: as in the languages of a scenario. */
export const SETTING_LANGUAGE_PATTERN = /^[a-z]{2,3}(-[A-Z]{2})?$/;

/** All that a setting may say. */
export function allTextsOf(text: SettingText): string[] {
  return typeof text === 'string' ? [text] : Object.values(text);
}

/** The text in a language: `de-AT`, then `de` (or the other way round), then the first. */
export function textIn(text: SettingText, language: string | undefined): string {
  if (typeof text === 'string') return text;
  const wanted = (language ?? '').trim().replace('_', '-').toLowerCase();
  const base = wanted.split('-', 1)[0];
  const codes = Object.keys(text);
  const found =
    codes.find((code) => code.toLowerCase() === wanted) ??
    codes.find((code) => code.toLowerCase().split('-', 1)[0] === base) ??
    codes[0];
  return found === undefined ? '' : (text[found] ?? '');
}

/** The languages that a text lacks of those that are spoken; none of a text that is the same in all, or none at all. */
export function languagesMissing(text: SettingText | undefined, languages: readonly string[]): string[] {
  if (text === undefined || typeof text === 'string') return [];
  return languages.filter((language) => !Object.hasOwn(text, language));
}
