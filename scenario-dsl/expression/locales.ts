// How numbers, sums and dates are written, by language. Of our own and not of Intl: its tables change with Node, and a replay
// on another version has to give the same text (docs/decisions.md).

import { dateWords } from './date-words.ts';

interface NumberFormat {
  decimal: string;
  group: string;
  /** Where the sign of a currency stands, and whether a space is between. */
  currency: 'before' | 'before-space' | 'after-space';
}

const NBSP = '\u00A0';
const NARROW_NBSP = '\u202F';

const point: NumberFormat = { decimal: '.', group: ',', currency: 'before' };
const comma: NumberFormat = { decimal: ',', group: '.', currency: 'after-space' };
const spaced: NumberFormat = { decimal: ',', group: NBSP, currency: 'after-space' };

const formats: Readonly<Record<string, NumberFormat>> = {
  ...ofAll(['en', 'ja', 'zh', 'ko', 'th', 'he'], point),
  ...ofAll(['de', 'it', 'es', 'pt', 'da', 'el', 'hr', 'sl', 'ro', 'id', 'vi'], comma),
  ...ofAll(['pl', 'cs', 'sk', 'hu', 'uk', 'ru', 'bg', 'sv', 'nb', 'no', 'fi'], spaced),
  fr: { ...spaced, group: NARROW_NBSP },
  'de-AT': { ...comma, currency: 'before-space' },
  'de-CH': { decimal: '.', group: '’', currency: 'before-space' },
  nl: { ...comma, currency: 'before-space' },
  tr: { ...comma, currency: 'before' },
  'pt-BR': { ...comma, currency: 'before-space' },
};

function ofAll(languages: readonly string[], format: NumberFormat): Record<string, NumberFormat> {
  return Object.fromEntries(languages.map((language) => [language, format]));
}

const symbols: Readonly<Record<string, string>> = {
  EUR: '€',
  USD: '$',
  GBP: '£',
  JPY: '¥',
  CNY: '¥',
  INR: '₹',
  KRW: '₩',
  TRY: '₺',
  RUB: '₽',
  UAH: '₴',
  ILS: '₪',
  BRL: 'R$',
  PLN: 'zł',
  CZK: 'Kč',
  HUF: 'Ft',
  SEK: 'kr',
  NOK: 'kr',
  DKK: 'kr',
};

/** Currencies that have no smaller unit in use. */
const withoutCents: ReadonlySet<string> = new Set(['JPY', 'KRW', 'VND', 'CLP', 'ISK']);

/** Languages whose way of writing numbers and dates is known, some with a country of their own. */
export const knownLocales: readonly string[] = Object.keys(formats);

/** Whether something is known of a locale or of its language: de-LI is written as de. */
export function isKnownLocale(locale: string): boolean {
  return findFormat(locale) !== undefined;
}

function findFormat(locale: string): NumberFormat | undefined {
  const [language = '', country] = locale.split(/[-_]/);
  const full = `${language.toLowerCase()}-${country?.toUpperCase() ?? ''}`;
  if (Object.hasOwn(formats, full)) return formats[full];
  return Object.hasOwn(formats, language.toLowerCase()) ? formats[language.toLowerCase()] : undefined;
}

/** How a locale writes numbers; as English where nothing is known of it. */
function getNumberFormat(locale: string): NumberFormat {
  return findFormat(locale) ?? point;
}

/** A plain decimal number (`-1234.50`) as a locale writes it: `-1.234,50`. */
export function localizeNumber(plain: string, locale: string): string {
  const { decimal, group } = getNumberFormat(locale);
  const [, sign = '', whole, fraction] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(plain) ?? [];
  if (whole === undefined) return plain;
  const grouped = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, group);
  return `${sign}${grouped}${fraction === undefined ? '' : decimal + fraction}`;
}

/** How many decimal places sums of a currency have. */
export function getCurrencyPlaces(currency: string): number {
  return withoutCents.has(currency) ? 0 : 2;
}

/** A written number with the sign of its currency. */
export function withCurrency(written: string, currency: string, locale: string): string {
  const symbol = symbols[currency] ?? currency;
  const place = getNumberFormat(locale).currency;
  if (place === 'after-space') return `${written}${NBSP}${symbol}`;
  const [sign, amount] = written.startsWith('-') ? ['-', written.slice(1)] : ['', written];
  const space = place === 'before-space' || /\p{L}$/u.test(symbol) ? NBSP : '';
  return `${sign}${symbol}${space}${amount}`;
}

/**
 * The number in a text as people write it, with separators between thousands: `1.234,50`, `1 234.5`, `1'234`. Without a locale
 * nothing where it may mean two numbers: `1,234`.
 */
export function readWrittenNumber(text: string, locale?: string): number | undefined {
  const compact = text.trim().replaceAll(/[\s'’]/g, '');
  if (compact.length > 40) return undefined;
  const [, sign = '', digits = ''] = /^([+-]?)(\d[\d.,]*)$/.exec(compact) ?? [];
  const decimal = locale === undefined ? guessDecimal(digits) : getNumberFormat(locale).decimal;
  return decimal === undefined ? undefined : readDigits(sign, digits, decimal);
}

function readDigits(sign: string, digits: string, decimal: string): number | undefined {
  const [whole = '', ...fractions] = digits.split(decimal);
  const [fraction = '0'] = fractions;
  const group = decimal === ',' ? '.' : ',';
  const isWritten = /^\d{1,15}$/.test(whole) || (whole.length <= 20 && isGrouped(whole.split(group)));
  if (fractions.length > 1 || !isWritten || !/^\d{1,15}$/.test(fraction)) return undefined;
  return Number(`${sign}${whole.replaceAll(group, '')}.${fraction}`) + 0;
}

function isGrouped([first = '', ...others]: readonly string[]): boolean {
  return /^\d{1,3}$/.test(first) && others.length > 0 && others.every((part) => /^\d{3}$/.test(part));
}

/** The sign that stands last is the decimal one, unless it stands alone before three digits or more than once. */
function guessDecimal(digits: string): ',' | '.' | undefined {
  const signs = [...digits.matchAll(/[.,]/g)].map(([sign]) => sign);
  const [first, last] = [signs[0], signs.at(-1)];
  if (last === undefined) return '.';
  if (first !== last) return last === ',' ? ',' : '.';
  const other = last === ',' ? '.' : ',';
  if (signs.length > 1) return other;
  if (/[.,]\d{3}$/.test(digits) && last === ',') return undefined;
  return last === ',' ? ',' : '.';
}

/** What months and days are called, from January and from Monday on. */
export interface DateNames {
  months: readonly string[];
  shortMonths: readonly string[];
  /** As they are called without a day beside them. */
  monthsAlone: readonly string[];
  days: readonly string[];
  shortDays: readonly string[];
  /** Yesterday, today, tomorrow, and the day after. */
  near: readonly string[];
}

const namesByLanguage = new Map<string, DateNames>();

/** The names of a locale; as in English where nothing is known of it. */
export function getDateNames(locale: string): DateNames {
  const [written = '', country = ''] = locale.toLowerCase().split(/[-_]/);
  const language = written === 'no' ? 'nb' : written;
  const key = language === 'de' && country === 'at' ? 'de-AT' : language;
  const known = namesByLanguage.get(key) ?? readNames(key);
  namesByLanguage.set(key, known);
  return known;
}

function list(names: string): string[] {
  return names.split('|');
}

function readNames(key: string): DateNames {
  if (key === 'de-AT') return toAustrian(getDateNames('de'));
  const words = Object.hasOwn(dateWords, key) ? dateWords[key] : undefined;
  if (!words) return getDateNames('en');
  const { months, shortMonths = months, monthsAlone = months, days, shortDays, near } = words;
  return {
    months: list(months),
    shortMonths: list(shortMonths),
    monthsAlone: list(monthsAlone),
    days: list(days),
    shortDays: list(shortDays),
    near: list(near),
  };
}

/** January is Jänner there, and Januar is understood. */
function toAustrian(names: DateNames): DateNames {
  const [, ...months] = names.months;
  const [, ...shortMonths] = names.shortMonths;
  return { ...names, months: ['Jänner', ...months], shortMonths: ['Jän.', ...shortMonths] };
}
