import { fromDays } from './calendar-days.ts';
import { toLocalMs, weekdayOf, type Moment } from './calendar.ts';
import { getDateNames } from './locales.ts';
import type { Place } from './place.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

const FIELDS = /\[([^\]]*)\]|yyyy|yy|MMMM|MMM|MM?|dd?|EEEE|E{1,3}|HH?|hh?|mm|ss|a/g;
const ONLY_FIELDS = /^(?:yyyy|yy|MMMM|MMM|MM?|dd?|EEEE|E{1,3}|HH?|hh?|mm|ss|a)+$/g;
/** So many of one letter and no more. */
const ONE_FIELD = /^(?:yyyy|yy|M{1,4}|dd?|E{1,4}|HH?|hh?|mm|ss|a)$/;
const SAME_LETTERS = /(\p{L})\1*/gu;
const LIST_OF_FIELDS = 'yyyy, yy, MMMM, MMM, MM, M, dd, d, EEEE, EEE, HH, H, h, mm, ss and a (am or pm)';

/** What of a pattern is no field of a date: letters that would stand in the text as they are, and how to write them. */
export function findPatternFault(pattern: string): { message: string; remedy: string } | undefined {
  // What is a field is blanked out, so that what is left of a run of letters (YYYY) is seen as the whole run.
  for (const [run] of pattern.replaceAll(/\[[^\]]*\]/g, ' ').matchAll(/\p{L}+/gu)) {
    if (run.replaceAll(ONLY_FIELDS, '') === '') continue;
    return {
      message: `"${run}" is no part of a date here, and is said as it stands.`,
      remedy: remedyFor(run, pattern),
    };
  }
  const plain = pattern.replaceAll(/\[[^\]]*\]/g, ' ');
  if (/mm/.test(plain) && !/[Hhs]/.test(plain) && !/M/.test(plain)) {
    return { message: '"mm" are minutes; months are "MM".', remedy: `Write ${pattern.replaceAll('mm', 'MM')}.` };
  }
  if (/h/.test(plain) && !/a/.test(plain)) {
    const remedy = `Write HH for hours from 0 to 23, or add "a": h:mm a.`;
    return { message: '"h" are hours from 1 to 12, and nothing says whether am or pm.', remedy };
  }
  return undefined;
}

/** A field that stands there twice, as `dddd`, which customers read as 0303. What was published with it goes on as it is. */
export function findRepeatedField(pattern: string): { message: string; remedy: string } | undefined {
  if (findPatternFault(pattern)) return undefined;
  for (const [letters] of pattern.replaceAll(/\[[^\]]*\]/g, ' ').matchAll(SAME_LETTERS)) {
    if (ONE_FIELD.test(letters)) continue;
    return {
      message: `"${letters}" is two parts of a date, one behind the other.`,
      remedy: remedyFor(letters, pattern),
    };
  }
  return undefined;
}

function remedyFor(run: string, pattern: string): string {
  const mended = pattern.replaceAll(/\[[^\]]*\]|\p{L}+/gu, mendField);
  return mendField(run) === run
    ? `Words stand in brackets: [${run}]; the parts are ${LIST_OF_FIELDS}.`
    : `Write ${mended}${mended.endsWith('.') ? '' : '.'}`;
}

/** Letters of moment.js, Java and Excel as they are written here. */
function mendField(run: string): string {
  if (/^(?:d{3,4}|D{3,4})$/.test(run)) return run.length === 4 ? 'EEEE' : 'EEE';
  if (/^A{1,2}$/.test(run)) return 'a';
  if (!/^(?:Y+|y+|D+|d+|M+|h+|H+|m+|S+|s+|T)+$/.test(run)) return run;
  return run
    .replaceAll(/[YDS]/g, (letter) => ({ Y: 'y', D: 'd', S: 's' })[letter] ?? letter)
    .replaceAll('T', '[T]')
    .replaceAll(/y+/g, (years) => (years.length === 2 ? 'yy' : 'yyyy'));
}

/** Fills a pattern with what calendar and clock show in a place; words stand in brackets: `EEEE [at] HH:mm`. */
export function formatMoment(moment: Moment, pattern: string, { timeZone, locale }: Place): string {
  const local = toLocalMs(moment, timeZone);
  const days = Math.floor(local / DAY_MS);
  const { year, month, day } = fromDays(days);
  const seconds = Math.floor((local - days * DAY_MS) / 1000);
  const hours = Math.floor(seconds / 3600);
  const twelve = hours % 12 === 0 ? 12 : hours % 12;
  const names = (kind: 'months' | 'shortMonths' | 'days' | 'shortDays', index: number): string =>
    getDateNames(locale)[kind][index - 1] ?? '';
  const fields: Record<string, () => string> = {
    yyyy: () => pad(year, 4),
    yy: () => pad(year % 100),
    MMMM: () => names('months', month),
    MMM: () => names('shortMonths', month),
    MM: () => pad(month),
    M: () => String(month),
    dd: () => pad(day),
    d: () => String(day),
    EEEE: () => names('days', weekdayOf(days)),
    E: () => names('shortDays', weekdayOf(days)),
    HH: () => pad(hours),
    H: () => String(hours),
    hh: () => pad(twelve),
    h: () => String(twelve),
    mm: () => pad(Math.floor(seconds / 60) % 60),
    ss: () => pad(seconds % 60),
    a: () => (hours < 12 ? 'am' : 'pm'),
  };
  return pattern
    .slice(0, 200)
    .replaceAll(FIELDS, (field, word?: string) => word ?? fields[field.replace(/^E{1,3}$/, 'E')]?.() ?? field);
}

function pad(value: number, length = 2): string {
  return String(value).padStart(length, '0');
}
