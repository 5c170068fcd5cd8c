import { parseDuration } from '../../contracts/duration.ts';
import { LANGUAGE_PATTERN } from '../expression/choose-language.ts';

/** The code as it is written: DE as de, de_at as de-AT, german as de. */
export function languageRemedy(value: string, otherwise: string): string {
  const name = value.toLowerCase();
  const code = (Object.hasOwn(languageNames, name) ? languageNames[name] : undefined) ?? value.replace('_', '-');
  const [language = '', country] = code.split('-');
  const meant = [language.toLowerCase(), ...(country === undefined ? [] : [country.toUpperCase()])].join('-');
  return LANGUAGE_PATTERN.test(meant) ? `Write ${meant}.` : otherwise;
}

const languageNames: Readonly<Record<string, string>> = {
  english: 'en',
  german: 'de',
  deutsch: 'de',
  french: 'fr',
  spanish: 'es',
  italian: 'it',
  portuguese: 'pt',
  dutch: 'nl',
  polish: 'pl',
  turkish: 'tr',
  arabic: 'ar',
  chinese: 'zh',
  japanese: 'ja',
};

/** `1h30m` as 90m, `2 hours` as 2h: one number, one unit. Undefined for what is neither. */
export function shortDuration(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const [, hours, minutes] = /^(\d{1,3})\s*h\s*(\d{1,2})\s*(?:m|min)?$/i.exec(value.trim()) ?? [];
  if (hours !== undefined) return `Write ${Number(hours) * 60 + Number(minutes)}m: one number, one unit.`;
  const [, count, unit] = /^(\d{1,5})\s*(s|sec|min|minute|h|hour|hr|d|day)s?$/i.exec(value.trim()) ?? [];
  const written = count === undefined ? undefined : `${count}${(unit ?? '').charAt(0).toLowerCase()}`;
  return written !== undefined && parseDuration(written) !== undefined ? `Write ${written}.` : undefined;
}
