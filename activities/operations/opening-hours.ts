import { Temporal } from 'temporal-polyfill';
import type { OpeningTimes } from '../../contracts/hours.ts';

/** Hours to look at. `closedOn`: ISO dates on which nothing opens. */
export interface Schedule {
  open: readonly OpeningTimes[];
  closedOn: readonly string[];
}

/** How far ahead the next change is looked for. */
const DAYS_AHEAD = 14;

interface Span {
  from: number;
  to: number;
}

/**
 * Whether it is open at a moment (epoch milliseconds), and when that changes next (absent: not within two weeks). Local
 * times are those of the zone on that day, across changes of the clock: a time that a spring night skips is the one after.
 * A closed day opens nothing; what opened the evening before runs on.
 */
export function lookAtHours(
  { open, closedOn }: Schedule,
  at: number,
  timeZone: string,
): { isOpen: boolean; nextChangeAt?: number } {
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
  const days = Array.from({ length: DAYS_AHEAD + 2 }, (_, index) => today.add({ days: index - 1 }));
  const spans = days
    .filter((day) => !closedOn.includes(day.toString()))
    .flatMap((day) =>
      open.filter(({ days: on }) => on.includes(day.dayOfWeek)).map((times) => spanOf(day, times, timeZone)),
    );
  const merged = merge(spans);
  const current = merged.find(({ from, to }) => from <= at && at < to);
  const next = current?.to ?? merged.find(({ from }) => from > at)?.from;
  const isWithin = next !== undefined && next <= at + DAYS_AHEAD * 24 * 60 * 60 * 1000;
  return { isOpen: current !== undefined, ...(isWithin && { nextChangeAt: next }) };
}

function spanOf(day: Temporal.PlainDate, { from, to }: OpeningTimes, timeZone: string): Span {
  const end = to > from ? day : day.add({ days: 1 });
  return { from: instantOf(day, from, timeZone), to: instantOf(end, to, timeZone) };
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
