import {
  dayOf,
  findPatternFault,
  formatMoment,
  fromDays,
  getDaysInMonth,
  readMoment,
  toDays,
  writeMoment,
} from '../calendar.ts';
import { toNumber, valueText } from '../values.ts';
import { date, number, text, type FunctionDefinition } from './function-definition.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const MINUTE_MS = 60_000;

/** Functions of dates and moments. None knows what day it is now, or a time zone: see docs/scenario-expressions.md. */
export const dateFunctions = {
  date: {
    group: 'date',
    parameters: [text('text')],
    gives: 'date',
    description: 'The day of a date or moment (in UTC); nothing for what is none.',
    examples: [
      { expression: `date('2026-05-03T23:30:00-02:00')`, gives: '2026-05-04' },
      { expression: `date('2026-02-30')`, gives: '' },
    ],
    call: ([value]) => {
      const moment = readMoment(value);
      return moment && writeMoment({ ms: moment.ms, hasTime: false });
    },
  },
  addDays: {
    group: 'date',
    parameters: [date('date'), number('days')],
    gives: 'date',
    description: 'So many days later, or earlier where negative.',
    examples: [
      { expression: `addDays('2026-12-30', 3)`, gives: '2027-01-02' },
      { expression: `addDays('2026-05-03T08:00:00Z', -1)`, gives: '2026-05-02T08:00:00Z' },
    ],
    call: ([value, days]) => shift(value, days, DAY_MS),
  },
  addMonths: {
    group: 'date',
    parameters: [date('date'), number('months')],
    gives: 'date',
    description: 'The same day so many months later; the last day of the month where it has no such day.',
    examples: [{ expression: `addMonths('2026-01-31', 1)`, gives: '2026-02-28' }],
    call: ([value, months]) => addMonths(value, months),
  },
  addMinutes: {
    group: 'date',
    parameters: [date('moment'), number('minutes')],
    gives: 'date',
    description: 'So many minutes later.',
    examples: [{ expression: `addMinutes('2026-05-03T23:50:00Z', 15)`, gives: '2026-05-04T00:05:00Z' }],
    call: ([value, minutes]) => {
      const moment = readMoment(value);
      return moment && shift(writeMoment({ ms: moment.ms, hasTime: true }), minutes, MINUTE_MS);
    },
  },
  daysBetween: {
    group: 'date',
    parameters: [date('from'), date('to')],
    gives: 'number',
    description: 'Whole days from one date to another; negative where the second is earlier.',
    examples: [{ expression: `daysBetween('2026-02-27', '2026-03-01')`, gives: 2 }],
    call: ([from, to]) => between(from, to, (a, b) => dayOf(b) - dayOf(a)),
  },
  minutesBetween: {
    group: 'date',
    parameters: [date('from'), date('to')],
    gives: 'number',
    description: 'Whole minutes from one moment to another; a date counts from its midnight.',
    examples: [{ expression: `minutesBetween('2026-05-03T10:00Z', '2026-05-03T11:30Z')`, gives: 90 }],
    call: ([from, to]) => between(from, to, (a, b) => Math.trunc((b.ms - a.ms) / MINUTE_MS)),
  },
  weekday: {
    group: 'date',
    parameters: [date('date')],
    gives: 'number',
    description: 'The day of the week: 1 is Monday, 7 Sunday.',
    examples: [{ expression: `weekday('2026-05-03')`, gives: 7 }],
    call: ([value]) => {
      const moment = readMoment(value);
      // 1 January 1970 was a Thursday.
      return moment && ((((dayOf(moment) + 3) % 7) + 7) % 7) + 1;
    },
  },
  formatDate: {
    group: 'date',
    parameters: [date('date'), text('pattern')],
    gives: 'text',
    description: 'The date in a form of yyyy, yy, MM, M, dd, d, HH, H, mm and ss; words stand in brackets.',
    examples: [
      { expression: `formatDate('2026-05-03', 'd.M.yyyy')`, gives: '3.5.2026' },
      { expression: `formatDate('2026-05-03T14:05Z', 'dd/MM [at] HH:mm')`, gives: '03/05 at 14:05' },
    ],
    examine: ([, pattern]) => {
      const fault = pattern === undefined ? undefined : findPatternFault(pattern);
      return fault && { index: 1, ...fault };
    },
    call: ([value, pattern]) => {
      const moment = readMoment(value);
      return moment && formatMoment(moment, valueText(pattern));
    },
  },
} as const satisfies Record<string, FunctionDefinition>;

type Moment = NonNullable<ReturnType<typeof readMoment>>;

function shift(value: unknown, count: unknown, unitMs: number): string | undefined {
  const moment = readMoment(value);
  const units = toNumber(count);
  return moment && units !== undefined
    ? writeMoment({ ...moment, ms: moment.ms + Math.trunc(units) * unitMs })
    : undefined;
}

function addMonths(value: unknown, count: unknown): string | undefined {
  const moment = readMoment(value);
  const months = toNumber(count);
  if (!moment || months === undefined) return undefined;
  const { year, month, day } = fromDays(dayOf(moment));
  const index = year * 12 + month - 1 + Math.trunc(months);
  const [newYear, newMonth] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1];
  const days = toDays(newYear, newMonth, Math.min(day, getDaysInMonth(newYear, newMonth)));
  const timeOfDay = moment.ms - dayOf(moment) * DAY_MS;
  return days === undefined ? undefined : writeMoment({ ...moment, ms: days * DAY_MS + timeOfDay });
}

function between(from: unknown, to: unknown, count: (a: Moment, b: Moment) => number): number | undefined {
  const a = readMoment(from);
  const b = readMoment(to);
  return a && b && count(a, b);
}
