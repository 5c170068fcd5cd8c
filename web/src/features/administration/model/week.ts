import type { HoursDocument } from '../../../../../contracts/configuration-schema.ts';
import { WEEKDAYS } from '../../../../../contracts/hours.ts';

/** Opening times as a file writes them. */
export type WrittenOpening = HoursDocument['open'][number];
export type WrittenClosure = NonNullable<HoursDocument['closedOn']>[number];
export type Weekday = (typeof WEEKDAYS)[number];

/** A stretch of minutes, from midnight of a day; the end is not in it. */
export interface Stretch {
  from: number;
  to: number;
}

const DAY = 24 * 60;

/** `09:30` in minutes; undefined where it is no time of day. */
function minutesOf(time: string): number | undefined {
  const [, hours, minutes] = /^(\d{2}):(\d{2})$/.exec(time) ?? [];
  return hours === undefined || minutes === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}

/** Who writes 23:59 means the end of the day, as the scenario does. */
function endOf(to: string): string {
  return to === '23:59' ? '00:00' : to;
}

/** `1439` as `23:59`; beyond midnight it begins anew. */
export function timeOf(minutes: number): string {
  const ofDay = ((minutes % DAY) + DAY) % DAY;
  return `${String(Math.floor(ofDay / 60)).padStart(2, '0')}:${String(ofDay % 60).padStart(2, '0')}`;
}

/** When it is open on a day of the week: what began the day before and lasts beyond midnight is in it. */
export function stretchesOf(open: readonly WrittenOpening[], day: Weekday): Stretch[] {
  const index = WEEKDAYS.indexOf(day);
  const before = WEEKDAYS[(index + 6) % 7];
  const stretches = open.flatMap(({ days, from, to }): Stretch[] => {
    const [start, end] = [minutesOf(from), minutesOf(endOf(to))];
    if (start === undefined || end === undefined) return [];
    const isOvernight = end <= start;
    const today = days.includes(day) ? [{ from: start, to: isOvernight ? DAY : end }] : [];
    const tail = isOvernight && before !== undefined && days.includes(before) && end > 0 ? [{ from: 0, to: end }] : [];
    return [...today, ...tail];
  });
  return merge(stretches);
}

function merge(stretches: readonly Stretch[]): Stretch[] {
  const merged: Stretch[] = [];
  for (const next of stretches.toSorted((one, other) => one.from - other.from)) {
    const last = merged.at(-1);
    if (last && next.from <= last.to) merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, next.to) };
    else merged.push(next);
  }
  return merged;
}

/** What is left of a day's stretches on a date of which parts are closed. */
function withoutClosures(stretches: readonly Stretch[], closures: readonly WrittenClosure[], date: string): Stretch[] {
  let left = [...stretches];
  for (const closure of closures) {
    const { date: on, from = '00:00', to } = typeof closure === 'string' ? { date: closure } : closure;
    if (on !== date) continue;
    const [start = 0, end = DAY] = [minutesOf(from), to === undefined || to === '23:59' ? DAY : minutesOf(to)];
    left = left.flatMap((stretch) =>
      [
        { from: stretch.from, to: Math.min(stretch.to, start) },
        { from: Math.max(stretch.from, end), to: stretch.to },
      ].filter((part) => part.from < part.to),
    );
  }
  return left;
}

/** Whether it is open, and when that changes: minutes from midnight of today; undefined where not within a week. */
export interface OpenNow {
  isOpen: boolean;
  changesAt: number | undefined;
}

/** How opening times stand at a moment, in a zone. */
export function openNow(
  { open, closedOn = [] }: Pick<HoursDocument, 'open' | 'closedOn'>,
  { at, timeZone }: { at: number; timeZone: string },
): OpenNow {
  const today = localDay(at, timeZone);
  const all = Array.from({ length: 9 }, (_empty, offset) => {
    const date = addDays(today.date, offset - 1);
    const stretches = withoutClosures(stretchesOf(open, weekdayOf(date)), closedOn, date);
    return stretches.map(({ from, to }) => ({ from: from + (offset - 1) * DAY, to: to + (offset - 1) * DAY }));
  }).flat();
  const merged = merge(all);
  const current = merged.find(({ from, to }) => from <= today.minutes && today.minutes < to);
  if (current) return { isOpen: true, changesAt: current.to < 8 * DAY ? current.to : undefined };
  return { isOpen: false, changesAt: merged.find(({ from }) => from > today.minutes)?.from };
}

function localDay(at: number, timeZone: string): { date: string; minutes: number } {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const of = (type: Intl.DateTimeFormatPartTypes): string => parts.find((part) => part.type === type)?.value ?? '';
  return { date: `${of('year')}-${of('month')}-${of('day')}`, minutes: Number(of('hour')) * 60 + Number(of('minute')) };
}

const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T12:00:00Z`) + days * DAY * 60_000).toISOString().slice(0, 10);

const weekdayOf = (date: string): Weekday => WEEKDAYS[(new Date(`${date}T12:00:00Z`).getUTCDay() + 6) % 7] ?? 'mon';
