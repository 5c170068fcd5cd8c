import { RECORD_PERIODS, type RecordPeriod } from '../../../../contracts/record-period.ts';
import type { RecordFilter } from '../../shared/data/records.ts';

/** What an address may filter by; reports link to it by these names. */
export const FILTER_NAMES = [
  'from',
  'to',
  'service',
  'entry',
  'account',
  'agent',
  'team',
  'customer',
  'contact',
  'words',
  'disposition',
  'ended',
  'label',
  'case',
  'scenario',
  'version',
  'evaluated',
  'evaluationScore',
  'surveyScore',
] as const satisfies readonly (keyof RecordFilter)[];
export type FilterName = (typeof FILTER_NAMES)[number];

/** The filters of an address; what else is in it, or empty, is left out. */
export function readFilters(search: Readonly<Record<string, unknown>>): RecordFilter {
  return Object.fromEntries(
    FILTER_NAMES.flatMap((name) => {
      const value = search[name];
      const text = typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
      return text === '' ? [] : [[name, text]];
    }),
  );
}

function startOfDay(at: number, daysBefore = 0): Date {
  const day = new Date(at);
  day.setHours(0, 0, 0, 0);
  day.setDate(day.getDate() - daysBefore);
  return day;
}

/** When a period began, days being those of this browser; undefined where it never did. */
export function beginOf(period: RecordPeriod, now: number): string | undefined {
  const before = { today: 0, week: 6, month: 29, all: undefined }[period];
  return before === undefined ? undefined : startOfDay(now, before).toISOString();
}

/** The period that an address shows; undefined where it is another time. */
export function periodOf({ from, to }: RecordFilter, now: number): RecordPeriod | undefined {
  if (to !== undefined) return undefined;
  return RECORD_PERIODS.find((period) => beginOf(period, now) === (from && toIso(from)));
}

const two = (value: number): string => String(value).padStart(2, '0');

function toIso(moment: string): string | undefined {
  const at = momentOf(moment);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}

/** Milliseconds of a moment as addresses write it. */
function momentOf(moment: string): number {
  return /^\d+$/.test(moment) ? Number(moment) : Date.parse(moment);
}

/** The day of a moment as a field for dates takes it; `last`: the day that ends with it. */
export function toDateField(moment: string | undefined, last = false): string {
  const at = moment === undefined ? Number.NaN : momentOf(moment);
  if (Number.isNaN(at)) return '';
  const day = new Date(last ? at - 1 : at);
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** The moment that a field for dates means; `last`: the end of that day, which is exclusive. */
export function fromDateField(date: string, last = false): string | undefined {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  if (date === '' || Number.isNaN(year + month + day)) return undefined;
  return new Date(year, month - 1, day + (last ? 1 : 0)).toISOString();
}
