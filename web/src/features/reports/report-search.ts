import {
  REPORT_BUCKETS,
  REPORT_FILTERS,
  REPORT_NAMES,
  type ReportBucket,
  type ReportFilter,
  type ReportName,
} from '../../../../contracts/report.ts';

/** What the address says: `from` and `to` are days, `to` exclusive, as the api takes them. */
export type ReportSearch = { from?: string; to?: string; zone?: string; bucket?: ReportBucket } & Partial<
  Record<ReportFilter, string>
>;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;

/** Reads an address; what is no day, bucket or text is left out. */
export function readSearch(search: Record<string, unknown>): ReportSearch {
  const found: ReportSearch = {};
  for (const key of ['from', 'to'] as const) {
    const value = textOf(search[key]);
    if (value !== undefined && DAY.test(value) && !Number.isNaN(Date.parse(value))) found[key] = value;
  }
  const zone = textOf(search['zone']);
  if (zone) found.zone = zone;
  const bucket = REPORT_BUCKETS.find((each) => each === search['bucket']);
  if (bucket) found.bucket = bucket;
  for (const filter of REPORT_FILTERS) {
    const value = textOf(search[filter]);
    if (value) found[filter] = value;
  }
  return found;
}

/** The report that an address names; the first where it names none. */
export function readName(name: string | undefined): ReportName {
  return REPORT_NAMES.find((each) => each === name) ?? 'service-in-time';
}

/** A day so many days after another. */
export function shiftDay(day: string, by: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + by);
  return date.toISOString().slice(0, 10);
}

/** Today and the days before it, so many in all. */
export function lastDays(today: string, count: number): { from: string; to: string } {
  return { from: shiftDay(today, 1 - count), to: shiftDay(today, 1) };
}
