import { fromDays, getDaysInMonth, toDays } from '../calendar-days.ts';
import { dayOf, readMoment, toLocalMs, weekdayOf, writeDay, writeMoment } from '../calendar.ts';
import { findPatternFault, formatMoment } from '../date-pattern.ts';
import { getPlace, getTimeZone } from '../place.ts';
import { toNumber, valueText } from '../values.ts';
import type { Variables } from '../variables.ts';
import { toInstant } from '../zones.ts';
import { examineLocale } from './examine-locale.ts';
import { date, number, optional, text, type FunctionDefinition } from './function-definition.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Functions of dates and moments, in the time zone of the run: `$(timeZone)`. */
export const dateFunctions = {
  date: {
    group: 'date',
    parameters: [text('text')],
    gives: 'date',
    description: 'The day of a date or moment; nothing for what is none.',
    examples: [
      { expression: `date('2026-05-03T23:30:00-02:00')`, gives: '2026-05-04' },
      {
        expression: `date('2026-05-03T22:30Z')`,
        variables: { timeZone: 'Europe/Vienna' },
        gives: '2026-05-04',
      },
      { expression: `date('2026-02-30')`, gives: '' },
    ],
    call: ([value], variables) => {
      const day = readDay(value, variables);
      return day === undefined ? undefined : writeDay(day);
    },
  },
  addDays: {
    group: 'date',
    parameters: [date('date'), number('days')],
    gives: 'date',
    description: 'So many days later, or earlier where negative; of a moment at the same time of day.',
    examples: [
      { expression: `addDays('2026-12-30', 3)`, gives: '2027-01-02' },
      { expression: `addDays('2026-05-03T08:00:00Z', -1)`, gives: '2026-05-02T08:00:00Z' },
    ],
    call: ([value, count], variables) => moveDays(value, count, { variables, move: (day, days) => day + days }),
  },
  addMonths: {
    group: 'date',
    parameters: [date('date'), number('months')],
    gives: 'date',
    description: 'The same day so many months later; the last day of the month where it has no such day.',
    examples: [{ expression: `addMonths('2026-01-31', 1)`, gives: '2026-02-28' }],
    call: ([value, count], variables) => moveDays(value, count, { variables, move: addMonths }),
  },
  addMinutes: {
    group: 'date',
    parameters: [date('moment'), number('minutes')],
    gives: 'date',
    description: 'So many minutes later.',
    examples: [{ expression: `addMinutes('2026-05-03T23:50:00Z', 15)`, gives: '2026-05-04T00:05:00Z' }],
    call: ([value, count], variables) => {
      const moment = readMoment(value, getTimeZone(variables));
      const minutes = toNumber(count);
      if (!moment || minutes === undefined) return undefined;
      return writeMoment({ ms: startOf(moment, variables) + Math.trunc(minutes) * MINUTE_MS, hasTime: true });
    },
  },
  daysBetween: {
    group: 'date',
    parameters: [date('from'), date('to')],
    gives: 'number',
    description: 'Whole days from one date to another; negative where the second is earlier.',
    examples: [{ expression: `daysBetween('2026-02-27', '2026-03-01')`, gives: 2 }],
    call: ([from, to], variables) => {
      const [first, last] = [readDay(from, variables), readDay(to, variables)];
      return first === undefined || last === undefined ? undefined : last - first;
    },
  },
  minutesBetween: {
    group: 'date',
    parameters: [date('from'), date('to')],
    gives: 'number',
    description: 'Whole minutes from one moment to another; a date counts from its midnight.',
    examples: [{ expression: `minutesBetween('2026-05-03T10:00Z', '2026-05-03T11:30Z')`, gives: 90 }],
    call: ([from, to], variables) => {
      const [a, b] = [from, to].map((value) => readMoment(value, getTimeZone(variables)));
      return a && b && Math.trunc((startOf(b, variables) - startOf(a, variables)) / MINUTE_MS);
    },
  },
  weekday: {
    group: 'date',
    parameters: [date('date')],
    gives: 'number',
    description: 'The day of the week: 1 is Monday, 7 Sunday.',
    examples: [{ expression: `weekday('2026-05-03')`, gives: 7 }],
    call: ([value], variables) => {
      const day = readDay(value, variables);
      return day === undefined ? undefined : weekdayOf(day);
    },
  },
  hour: {
    group: 'date',
    parameters: [date('moment')],
    gives: 'number',
    description: 'The hour of the day, 0 to 23; nothing for a date without a time.',
    examples: [
      { expression: `hour('2026-05-03T14:30Z')`, variables: { timeZone: 'Europe/Vienna' }, gives: 16 },
      { expression: `hour('2026-05-03')`, gives: '' },
    ],
    call: ([value], variables) => {
      const moment = readMoment(value, getTimeZone(variables));
      if (!moment?.hasTime) return undefined;
      const local = toLocalMs(moment, getTimeZone(variables));
      return Math.floor((local - Math.floor(local / DAY_MS) * DAY_MS) / HOUR_MS);
    },
  },
  formatDate: {
    group: 'date',
    parameters: [date('date'), text('pattern'), optional(text('locale'))],
    gives: 'text',
    description:
      'The date in a form of yyyy, yy, MMMM (December), MMM (Dec), MM, M, dd, d, EEEE (Thursday), EEE (Thu), HH, H, h, mm, ss and a (am, pm); words stand in brackets. The locale of the scenario where left out.',
    examples: [
      { expression: `formatDate('2026-05-03', 'd.M.yyyy')`, gives: '3.5.2026' },
      { expression: `formatDate('2026-05-03T14:05Z', 'dd/MM [at] HH:mm')`, gives: '03/05 at 14:05' },
      {
        expression: `formatDate('2026-12-24T08:00Z', 'EEEE d. MMMM, HH:mm', 'de-AT')`,
        variables: { timeZone: 'Europe/Vienna' },
        gives: 'Donnerstag 24. Dezember, 09:00',
      },
      { expression: `formatDate('2026-12-24T17:30Z', 'EEE, MMM d, h:mm a')`, gives: 'Thu, Dec 24, 5:30 pm' },
    ],
    examine: ([, pattern, locale]) => {
      const fault = pattern === undefined ? undefined : findPatternFault(pattern);
      return fault ? { index: 1, ...fault } : examineLocale(locale, 2);
    },
    call: ([value, pattern, locale], variables) => {
      const place = getPlace(variables);
      const moment = readMoment(value, place.timeZone);
      const written = locale === undefined ? place : { ...place, locale: valueText(locale) };
      return moment && formatMoment(moment, valueText(pattern), written);
    },
  },
} as const satisfies Record<string, FunctionDefinition>;

type Moment = NonNullable<ReturnType<typeof readMoment>>;

function readDay(value: unknown, variables: Variables): number | undefined {
  const timeZone = getTimeZone(variables);
  const moment = readMoment(value, timeZone);
  return moment && dayOf(moment, timeZone);
}

/** A date begins at its midnight. */
function startOf({ ms, hasTime }: Moment, variables: Variables): number {
  return hasTime ? ms : toInstant(getTimeZone(variables), ms);
}

/** The same time of day on another day, also where clocks have been changed between them. */
function moveDays(
  value: unknown,
  count: unknown,
  { variables, move }: { variables: Variables; move: (day: number, count: number) => number | undefined },
): string | undefined {
  const timeZone = getTimeZone(variables);
  const moment = readMoment(value, timeZone);
  const moves = toNumber(count);
  if (!moment || moves === undefined) return undefined;
  const day = dayOf(moment, timeZone);
  const moved = move(day, Math.trunc(moves));
  if (moved === undefined) return undefined;
  if (!moment.hasTime) return writeDay(moved);
  const local = toLocalMs(moment, timeZone) + (moved - day) * DAY_MS;
  return writeMoment({ ms: toInstant(timeZone, local), hasTime: true });
}

function addMonths(from: number, months: number): number | undefined {
  const { year, month, day } = fromDays(from);
  const index = year * 12 + month - 1 + months;
  const [newYear, newMonth] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1];
  return toDays(newYear, newMonth, Math.min(day, getDaysInMonth(newYear, newMonth)));
}
