// Dates without clocks and ICU: the same in every process that replays a step. A date is text, `2026-05-03`; a moment is text
// with a time, `2026-05-03T14:30` or `…:00Z`: where it names no offset, what clocks show in the time zone.
import { fromDays, toDays } from './calendar-days.ts';
import { getOffsetMs, toInstant } from './zones.ts';

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
export function readMoment(value: unknown, timeZone = 'UTC'): Moment | undefined {
  const match = typeof value === 'string' && value.length < 50 ? written.exec(value.trim()) : null;
  if (!match) return undefined;
  const part = (index: number): number => Number(match[index] ?? 0);
  const days = toDays(part(1), part(2), part(3));
  if (days === undefined || [part(4), part(10)].some((hours) => hours > 23)) return undefined;
  if ([part(5), part(6), part(11)].some((each) => each > 59)) return undefined;
  if (match[4] === undefined) return { ms: days * DAY_MS, hasTime: false };
  const time = (part(4) * 60 + part(5)) * MINUTE_MS + part(6) * 1000 + Math.floor(Number(`0.${match[7] ?? 0}`) * 1000);
  return { ms: toUtc(days * DAY_MS + time, match, timeZone), hasTime: true };
}

/** What is shown by a clock with the offset that is written, else by one in the zone. */
function toUtc(ms: number, [, , , , , , , , isUtc, sign, hours, minutes]: RegExpExecArray, timeZone: string): number {
  if (isUtc !== undefined) return ms;
  if (sign === undefined) return toInstant(timeZone, ms);
  const offset = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
  return sign === '-' ? ms + offset : ms - offset;
}

/** Less than 0 when the left is earlier; by the day where one of them has no time. Undefined where one is no date. */
export function compareDates(left: unknown, right: unknown, timeZone: string): number | undefined {
  const a = readMoment(left, timeZone);
  const b = readMoment(right, timeZone);
  if (!a || !b) return undefined;
  return a.hasTime && b.hasTime ? a.ms - b.ms : dayOf(a, timeZone) - dayOf(b, timeZone);
}

/** What a clock and a calendar on the wall show, as milliseconds since 1970; of a date its beginning. */
export function toLocalMs({ ms, hasTime }: Moment, timeZone: string): number {
  return hasTime ? ms + getOffsetMs(timeZone, ms) : ms;
}

/** Whole days since 1970; of a moment the day that it is there. */
export function dayOf(moment: Moment, timeZone: string): number {
  return Math.floor(toLocalMs(moment, timeZone) / DAY_MS);
}

/** A day so many days after 1 January 1970 as text. */
export function writeDay(days: number): string | undefined {
  return writeMoment({ ms: days * DAY_MS, hasTime: false });
}

/** 1 is Monday, 7 Sunday. */
export function weekdayOf(days: number): number {
  // 1 January 1970 was a Thursday.
  return ((((days + 3) % 7) + 7) % 7) + 1;
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

function pad(value: number, length = 2): string {
  return String(value).padStart(length, '0');
}
