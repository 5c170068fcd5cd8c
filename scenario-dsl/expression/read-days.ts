// Which days a text can mean that a person wrote: 24.12., 12/24, 24 December, Thursday, tomorrow. Linear in the text.
import { getDaysInMonth, fromDays, toDays } from './calendar-days.ts';
import { weekdayOf } from './calendar.ts';
import { getDateNames } from './locales.ts';
import { foldReply } from './plain-text.ts';

/** What a text is read by. Where nobody says which day it is, only whole dates are days. */
interface Setting {
  today: number | undefined;
  /** Whose words count and whose order of day and month; undefined: English words, and no order that is not plain. */
  locale: string | undefined;
}

/**
 * The days (since 1970) that a text can mean, the likeliest first: a day without a year, or of the week, is the next such day,
 * else the last one. Empty where it is no day.
 */
export function readDays(text: string, setting: Setting): number[] {
  const folded = foldReply(text)
    .replaceAll(/(\d{4}|\d{1,2})\s*[年년월月]\s*/g, '$1-')
    .replaceAll(/(\d)\s*[日일號号]/g, '$1');
  return readWhole(folded) ?? readNumeric(folded, setting) ?? readWords(folded, setting);
}

/** 2026-05-03, also with / or . between. */
function readWhole(text: string): number[] | undefined {
  const [, year, sign, month, day] = /^(\d{4})\s?([-/.])\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})$/.exec(text) ?? [];
  if (sign === undefined) return undefined;
  const isOfOneKind = text.split(sign).length === 3;
  return isOfOneKind ? dayOfYear(Number(year), { month: Number(month), day: Number(day) }) : [];
}

interface DayOfMonth {
  month: number;
  day: number;
}

/** 24.12., 24/12/26, 12/24/2026. */
function readNumeric(text: string, setting: Setting): number[] | undefined {
  const match = /^(\d{1,2})\s?([-/.])\s?(\d{1,2})(?:\s?([-/.])\s?(\d{4}|\d{2}))?$/.exec(text);
  if (!match) return undefined;
  const [, first, sign = '', second, otherSign = sign, year] = match;
  if (sign !== otherSign) return [];
  const [one, other] = [Number(first), Number(second)];
  const readings = orderOf(sign, setting.locale).map((isMonthFirst): DayOfMonth =>
    isMonthFirst ? { month: one, day: other } : { month: other, day: one },
  );
  const days = readings.map((reading) => ofYear(year, reading, setting)).filter((found) => found.length > 0);
  // Without a locale a day that may be two is none.
  const isPlain = days.length < 2 || sign === '.' || setting.locale !== undefined || one === other;
  return isPlain ? (days[0] ?? []) : [];
}

/** Whether the month stands first: what is tried, in its order. */
function orderOf(sign: string, locale: string | undefined): boolean[] {
  const [language = '', country = ''] = (locale ?? '').toLowerCase().split(/[-_]/);
  if (['ja', 'zh', 'ko', 'hu'].includes(language)) return [true, false];
  if (sign === '.') return [false];
  return language === 'en' && ['', 'us', 'ph'].includes(country) ? [true, false] : [false, true];
}

/** A year as it is written: 2026, 26, or none. */
function ofYear(year: string | undefined, day: DayOfMonth, { today }: Setting): number[] {
  if (year?.length === 4) return dayOfYear(Number(year), day);
  if (today === undefined) return [];
  if (year === undefined) return aroundToday(today, day);
  const century = Math.floor(fromDays(today).year / 100) * 100;
  const near = [century, century - 100, century + 100].flatMap((start) => dayOfYear(start + Number(year), day));
  return near.toSorted((a, b) => Math.abs(a - today) - Math.abs(b - today));
}

function dayOfYear(year: number, { month, day }: DayOfMonth): number[] {
  const found = year < 1 ? undefined : toDays(year, month, day);
  return found === undefined ? [] : [found];
}

/** Years between two 29ths of February. */
const MOST_YEARS = 8;

/** The next such day, today counted in, and the last one. */
function aroundToday(today: number, day: DayOfMonth): number[] {
  if (day.day < 1 || day.day > Math.max(getDaysInMonth(2024, day.month))) return [];
  const { year } = fromDays(today);
  const years = Array.from({ length: 2 * MOST_YEARS + 1 }, (_, index) => year - MOST_YEARS + index);
  const days = years.flatMap((each) => dayOfYear(each, day));
  return [days.find((each) => each >= today), days.findLast((each) => each < today)].filter(
    (each) => each !== undefined,
  );
}

/** What a word is worth: a month from 1, a day of the week from 1, or so many days from today. */
interface Meaning {
  kind: 'month' | 'weekday' | 'near' | 'filler';
  value: number;
}

/** Words around a date that say nothing: on Thursday, the 24th of December, am 24., el 24 de diciembre. */
const fillers =
  'on the of at next this coming am an den der dem des nächsten nächster kommenden kommender diesen le ce prochain el este próximo de del da do em no na il di op de på den d. il questo prossimo tháng ngày';

const MOST_WORDS = 12;
const LONGEST_NAME = 4;

function readWords(text: string, { today, locale = 'en' }: Setting): number[] {
  const words = splitWords(text);
  if (today === undefined || words.length === 0 || words.length > MOST_WORDS) return [];
  const vocabulary = getVocabulary(locale);
  const numbers: string[] = [];
  const meanings: Meaning[] = [];
  for (let at = 0; at < words.length;) {
    const word = words[at] ?? '';
    const found = /^\d+$/.test(word) ? undefined : findMeaning(vocabulary, words, at);
    if (found) meanings.push(found.meaning);
    else if (/^(?:\d{1,2}|\d{4})$/.test(word)) numbers.push(word);
    else return [];
    at += found?.length ?? 1;
  }
  return interpret({ numbers, meanings: meanings.filter(({ kind }) => kind !== 'filler'), today });
}

/** 24th is 24, and a word that stands close to a number one of its own. */
function splitWords(text: string): string[] {
  return plainName(text)
    .replaceAll(/(\d)(?:st|nd|rd|th|er|º|ª|o)(?!\p{L})/gu, '$1')
    .replaceAll(/(\d)\.?(?=\p{L})/gu, '$1 ')
    .replaceAll(/(\p{L})\.?(?=\d)/gu, '$1 ')
    .split(/[\s,;]+/)
    .map((word) => word.replaceAll(/^\.+|\.+$/g, ''))
    .filter((word) => word !== '');
}

/** The longest name that begins at a word. */
function findMeaning(
  vocabulary: ReadonlyMap<string, Meaning>,
  words: readonly string[],
  at: number,
): { meaning: Meaning; length: number } | undefined {
  for (let length = Math.min(LONGEST_NAME, words.length - at); length > 0; length -= 1) {
    const meaning = vocabulary.get(words.slice(at, at + length).join(' '));
    if (meaning) return { meaning, length };
  }
  const meaning = findBegun(vocabulary, words[at] ?? '');
  return meaning && { meaning, length: 1 };
}

const SHORTEST_BEGINNING = 3;

/** A name that is not written to its end, as far as it can be one only: sept, thur. */
function findBegun(vocabulary: ReadonlyMap<string, Meaning>, word: string): Meaning | undefined {
  if (word.length < SHORTEST_BEGINNING) return undefined;
  const begun = [...vocabulary].filter(([name, { kind }]) => kind !== 'filler' && name.startsWith(word));
  const [first, ...others] = begun.map(([, meaning]) => meaning);
  return others.every(({ kind, value }) => kind === first?.kind && value === first.value) ? first : undefined;
}

interface Said {
  numbers: readonly string[];
  meanings: readonly Meaning[];
  today: number;
}

function interpret({ numbers, meanings, today }: Said): number[] {
  const valuesOf = (kind: Meaning['kind']): number[] =>
    meanings.filter((meaning) => meaning.kind === kind).map(({ value }) => value);
  const [months, weekdays, near] = [valuesOf('month'), valuesOf('weekday'), valuesOf('near')];
  const [days] = near;
  if (days !== undefined) return meanings.length === 1 && numbers.length === 0 ? [today + days] : [];
  if (weekdays.length > 1 || months.length > 1) return [];
  const [[month], [weekday]] = [months, weekdays];
  if (month !== undefined) return inMonth(month, numbers, today);
  return weekday !== undefined && numbers.length === 0 ? aroundWeekday(today, weekday) : [];
}

/** A day of a month, with a year or without. */
function inMonth(month: number, numbers: readonly string[], today: number): number[] {
  const [day = '', year, ...more] = numbers.toSorted((a, b) => a.length - b.length);
  const isDay = day !== '' && day.length < 3 && more.length === 0;
  return isDay ? ofYear(year, { month, day: Number(day) }, { today, locale: undefined }) : [];
}

/** The next such day, and the last one; who means today says so. */
function aroundWeekday(today: number, weekday: number): number[] {
  const next = today + 1 + ((((weekday - weekdayOf(today + 1)) % 7) + 7) % 7);
  return [next, next - 7];
}

const vocabularies = new Map<string, ReadonlyMap<string, Meaning>>();

/** The words of a language; a name that means two things (mar in Spanish) is none. */
function getVocabulary(locale: string): ReadonlyMap<string, Meaning> {
  const known = vocabularies.get(locale);
  if (known) return known;
  const { months, monthsAlone, shortMonths, days, shortDays, near } = getDateNames(locale);
  const words = new Map<string, Meaning>(
    fillers.split(' ').map((word) => [plainName(word), { kind: 'filler', value: 0 }]),
  );
  const add = (kind: Meaning['kind'], names: readonly string[], first: number): void => {
    names.forEach((name, index) => words.set(plainName(foldReply(name)), { kind, value: first + index }));
  };
  // What is written out goes before what is short.
  add('weekday', shortDays, 1);
  add('month', shortMonths, 1);
  add('weekday', days, 1);
  add('month', monthsAlone, 1);
  add('month', months, 1);
  add('near', near, -1);
  if (isAustrian(locale)) add('month', ['Januar'], 1);
  if (vocabularies.size < MOST_VOCABULARIES) vocabularies.set(locale, words);
  return words;
}

/** A variable can name a locale, and nothing may grow without end. */
const MOST_VOCABULARIES = 100;

function isAustrian(locale: string): boolean {
  return /^de[-_]at$/i.test(locale);
}

/** Without accents, and without dots in it. */
function plainName(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036F]/g, '')
    .replaceAll(/(?<=\p{L})\.(?=\p{L})/gu, '')
    .replaceAll('’', "'")
    .trim();
}
