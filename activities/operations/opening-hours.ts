import { Temporal } from 'temporal-polyfill';
import type { Closure, OpeningTimes } from '../../contracts/hours.ts';

/** Hours to look at. */
export interface Schedule {
  open: readonly OpeningTimes[];
  closedOn: readonly Closure[];
}

/** Without an end: so far ahead are closures looked through. */
const MOST_DAYS = 10 * 366;
const DAYS_OF_WEEK = 7;

interface Span {
  from: number;
  to: number;
}

/**
 * Whether it is open at a moment (epoch milliseconds), and when that changes next (absent: never). Local times are those of the
 * zone on that day, across changes of the clock: a time that a spring night skips is the one after. A closed day opens nothing;
 * what opened the evening before runs on. An end at 23:59 is the end of the day. A part of a day that is closed is closed.
 */
export function lookAtHours(
  schedule: Schedule,
  at: number,
  timeZone: string,
): { isOpen: boolean; nextChangeAt?: number } {
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
  const lastDay = lastDayToLookAt(schedule, today);
  let spans: Span[] = [];
  for (
    let day = today.subtract({ days: 1 });
    Temporal.PlainDate.compare(day, lastDay) <= 0;
    day = day.add({ days: 1 })
  ) {
    // What begins on this day or later cannot change what ended before it.
    const settled = findChange(spans, at);
    if (settled.nextChangeAt !== undefined && settled.nextChangeAt < instantOf(day, '00:00', timeZone)) return settled;
    spans = withoutParts(merge([...spans, ...spansOf(schedule, day, timeZone)]), schedule, { day, timeZone });
  }
  const { isOpen, nextChangeAt } = findChange(spans, at);
  const isKnown = nextChangeAt !== undefined && nextChangeAt < instantOf(lastDay, '00:00', timeZone);
  return { isOpen, ...(isKnown && { nextChangeAt }) };
}

function findChange(spans: readonly Span[], at: number): { isOpen: boolean; nextChangeAt?: number } {
  const current = spans.find(({ from, to }) => from <= at && at < to);
  const next = current?.to ?? spans.find(({ from }) => from > at)?.from;
  return { isOpen: current !== undefined, ...(next !== undefined && { nextChangeAt: next }) };
}

/** A week behind the last closure everything has been seen that a week can bring. */
function lastDayToLookAt({ closedOn }: Schedule, today: Temporal.PlainDate): Temporal.PlainDate {
  const closed = closedOn.map((closure) =>
    Temporal.PlainDate.from(typeof closure === 'string' ? closure : closure.date),
  );
  const last = [today, ...closed].toSorted((one, other) => Temporal.PlainDate.compare(other, one))[0] ?? today;
  const furthest = today.add({ days: MOST_DAYS });
  const end = Temporal.PlainDate.compare(last, furthest) > 0 ? furthest : last;
  return end.add({ days: DAYS_OF_WEEK + 2 });
}

function spansOf({ open, closedOn }: Schedule, day: Temporal.PlainDate, timeZone: string): Span[] {
  if (closedOn.includes(day.toString())) return [];
  return open.filter(({ days }) => days.includes(day.dayOfWeek)).map((times) => spanOf(day, times, timeZone));
}

/** Takes out the closed parts of a day, and those of the day before, into which a night may have run. */
function withoutParts(
  spans: Span[],
  { closedOn }: Schedule,
  { day, timeZone }: { day: Temporal.PlainDate; timeZone: string },
): Span[] {
  const dates = new Set([day.toString(), day.add({ days: 1 }).toString()]);
  return closedOn.reduce((left, closure) => {
    if (typeof closure === 'string' || !dates.has(closure.date)) return left;
    const date = Temporal.PlainDate.from(closure.date);
    const from = instantOf(date, closure.from ?? '00:00', timeZone);
    const to =
      closure.to === undefined || endOf(closure.to) === '00:00'
        ? instantOf(date.add({ days: 1 }), '00:00', timeZone)
        : instantOf(date, closure.to, timeZone);
    return left.flatMap((span) =>
      [
        { from: span.from, to: Math.min(span.to, from) },
        { from: Math.max(span.from, to), to: span.to },
      ].filter((part) => part.from < part.to),
    );
  }, spans);
}

function spanOf(day: Temporal.PlainDate, { from, to: written }: OpeningTimes, timeZone: string): Span {
  const to = endOf(written);
  const end = to > from ? day : day.add({ days: 1 });
  return { from: instantOf(day, from, timeZone), to: instantOf(end, to, timeZone) };
}

/** Who writes 23:59 means the end of the day: nobody closes for its last minute. */
function endOf(to: string): string {
  return to === '23:59' ? '00:00' : to;
}

function instantOf(day: Temporal.PlainDate, time: string, timeZone: string): number {
  return day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds;
}

/** Hours that overlap or touch are one span: it does not close between them. */
function merge(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}
