// Dates without zones, clocks and ICU: the same in every process that replays a step. A date is text, `2026-05-03`; a moment
// is text with a time, `2026-05-03T14:30` or `…:00Z`, in UTC where it names no offset.

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** A date or a moment: milliseconds since 1970 in UTC, and whether a time of day is known. */
export interface Moment {
  ms: number;
  hasTime: boolean;
}

const written =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:(Z)|([+-])(\d{2}):?(\d{2}))?)?$/;

/** Reads a date or a moment; undefined where the value is none, such as the 30th of February. */
export function readMoment(value: unknown): Moment | undefined {
  const match = typeof value === 'string' && value.length < 50 ? written.exec(value.trim()) : null;
  if (!match) return undefined;
  const part = (index: number): number => Number(match[index] ?? 0);
  const days = toDays(part(1), part(2), part(3));
  if (days === undefined || part(4) > 23 || part(5) > 59 || part(6) > 59 || part(10) > 23 || part(11) > 59)
    return undefined;
  const offset = (match[9] === '-' ? -1 : 1) * (part(10) * 60 + part(11));
  const time = (part(4) * 60 + part(5) - offset) * MINUTE_MS + part(6) * 1000;
  return {
    ms: days * DAY_MS + time + Math.floor(Number(`0.${match[7] ?? 0}`) * 1000),
    hasTime: match[4] !== undefined,
  };
}

/** Less than 0 when the left is earlier; by the day where one of them has no time. Undefined where one is no date. */
export function compareDates(left: unknown, right: unknown): number | undefined {
  const a = readMoment(left);
  const b = readMoment(right);
  if (!a || !b) return undefined;
  return a.hasTime && b.hasTime ? a.ms - b.ms : dayOf(a) - dayOf(b);
}

/** Whole days since 1970. */
export function dayOf({ ms }: Moment): number {
  return Math.floor(ms / DAY_MS);
}

/** A year, month (1 to 12) and day of the month. */
export interface CalendarDay {
  year: number;
  month: number;
  day: number;
}

/** The day that lies so many days after 1 January 1970. Source: H. Hinnant, chrono-compatible date algorithms. */
export function fromDays(days: number): CalendarDay {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** Days from 1 January 1970 to a day; undefined for one that no calendar has. */
export function toDays(year: number, month: number, day: number): number | undefined {
  if (month < 1 || month > 12 || day < 1 || day > getDaysInMonth(year, month)) return undefined;
  const shiftedYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(shiftedYear / 400);
  const yearOfEra = shiftedYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

const daysInMonths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export function getDaysInMonth(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && isLeap ? 29 : (daysInMonths[month - 1] ?? 0);
}

/** A day since 1970 as text, with a time of day where one is given; undefined outside the years 0 to 9999. */
export function writeMoment({ ms, hasTime }: Moment): string | undefined {
  const days = Math.floor(ms / DAY_MS);
  const { year, month, day } = fromDays(days);
  if (!(year >= 0 && year <= 9999)) return undefined;
  const date = `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
  if (!hasTime) return date;
  const seconds = Math.floor((ms - days * DAY_MS) / 1000);
  return `${date}T${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}Z`;
}

const FIELDS = /\[([^\]]*)\]|yyyy|yy|MM?|dd?|HH?|mm|ss/g;

/** What of a pattern is no field of a date: letters that would stand in the text as they are, and how to write them. */
export function findPatternFault(pattern: string): { message: string; remedy: string } | undefined {
  // What is a field is blanked out, so that what is left of a run of letters (MMMM, YYYY) is seen as the whole run.
  for (const [run] of pattern.replaceAll(/\[[^\]]*\]/g, ' ').matchAll(/\p{L}+/gu)) {
    if (run.replaceAll(/^(?:yyyy|yy|MM?|dd?|HH?|mm|ss)+$/g, '') === '') continue;
    return {
      message: `"${run}" is no part of a date here, and is said as it stands.`,
      remedy: remedyFor(run, pattern),
    };
  }
  if (/mm/.test(pattern) && !/[Hs]/.test(pattern) && !/MM?/.test(pattern)) {
    return { message: '"mm" are minutes; months are "MM".', remedy: `Write ${pattern.replaceAll('mm', 'MM')}.` };
  }
  return undefined;
}

function remedyFor(run: string, pattern: string): string {
  if (/^M{3,}$/.test(run)) return 'There are no names of months: write MM, or if(…) with the names.';
  if (/^E+$|^d{3,}$|^D{3,}$/.test(run)) return 'There are no names of days: ask weekday(…), which gives 1 for Monday.';
  const mended = pattern.replaceAll(/\[[^\]]*\]|\p{L}+/gu, mendField);
  return mendField(run) === run
    ? `Words stand in brackets: [${run}]; the parts are yyyy, yy, MM, M, dd, d, HH, H, mm and ss.`
    : `Write ${mended}.`;
}

/** Letters of moment.js, Java and Excel as they are written here. */
function mendField(run: string): string {
  if (!/^(?:Y+|y+|D+|d+|M+|h+|H+|m+|S+|s+|T)+$/.test(run)) return run;
  return run
    .replaceAll(/[YDhS]/g, (letter) => ({ Y: 'y', D: 'd', h: 'H', S: 's' })[letter] ?? letter)
    .replaceAll('T', '[T]')
    .replaceAll(/y+/g, (years) => (years.length === 2 ? 'yy' : 'yyyy'));
}

/** Fills a pattern of `yyyy`, `yy`, `MM`, `M`, `dd`, `d`, `HH`, `H`, `mm`, `ss`; words stand in brackets: `[on] d.M.`. */
export function formatMoment({ ms }: Moment, pattern: string): string {
  const days = Math.floor(ms / DAY_MS);
  const { year, month, day } = fromDays(days);
  const seconds = Math.floor((ms - days * DAY_MS) / 1000);
  const fields: Record<string, string> = {
    yyyy: pad(year, 4),
    yy: pad(year % 100),
    MM: pad(month),
    M: String(month),
    dd: pad(day),
    d: String(day),
    HH: pad(Math.floor(seconds / 3600)),
    H: String(Math.floor(seconds / 3600)),
    mm: pad(Math.floor(seconds / 60) % 60),
    ss: pad(seconds % 60),
  };
  return pattern.slice(0, 200).replaceAll(FIELDS, (field, word?: string) => word ?? fields[field] ?? field);
}

function pad(value: number, length = 2): string {
  return String(value).padStart(length, '0');
}
