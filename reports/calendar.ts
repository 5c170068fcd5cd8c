// A report's time divided by the clock of a zone: hours, days, weeks (from Monday), months.
import type { ReportBucket } from '../contracts/report.ts';
import { getOffsetMs, isKnownZone, toInstant } from '../scenario-dsl/expression/zones.ts';

const HOUR_MS = 3_600_000;
/** Every clock on earth begins its hours at a quarter of UTC, and is changed at one: what holds for a moment holds for its quarter. */
const QUARTER_MS = HOUR_MS / 4;
const DAY_MS = 24 * HOUR_MS;
/** 1 January 1970 was a Thursday: so many days after a Monday. */
const MONDAY_OFFSET = 3;

/** Divides time. All moments are epoch milliseconds; ends are exclusive. */
export interface Calendar {
  /** Where the bucket begins that a moment lies in. */
  startOf(ms: number): number;
  /** Where the next one begins. */
  endOf(ms: number): number;
  /** A stretch by the buckets that it lies in. */
  cut(from: number, to: number): { from: number; to: number }[];
}

/** The moment at which a day (`2026-11-01`) begins in a zone. */
export function startOfDay(zone: string, day: string): number {
  return toInstant(zone, Date.parse(`${day}T00:00:00Z`));
}

export { isKnownZone };

/** The calendar of a zone; `range` is the one bucket of `all`, and no bucket begins before it. */
export function createCalendar(zone: string, bucket: ReportBucket, range: { from: number; to: number }): Calendar {
  if (bucket === 'all') return { startOf: () => range.from, endOf: () => range.to, cut: cutBy(range, () => range.to) };
  const known = new Map<number, number>();
  const begin = (ms: number): number => {
    const quarter = Math.floor(ms / QUARTER_MS);
    const start = known.get(quarter) ?? startOfBucket(zone, bucket, ms);
    known.set(quarter, start);
    return start;
  };
  const endOf = (ms: number): number => nextStart(zone, bucket, begin(ms));
  return { startOf: (ms) => Math.max(range.from, begin(ms)), endOf, cut: cutBy(range, endOf) };
}

function cutBy(range: { from: number; to: number }, endOf: Calendar['endOf']): Calendar['cut'] {
  return (from, to) => {
    const pieces: { from: number; to: number }[] = [];
    const last = Math.min(to, range.to);
    let at = Math.max(from, range.from);
    while (at < last) {
      const end = Math.min(endOf(at), last);
      pieces.push({ from: at, to: end });
      at = end;
    }
    return pieces;
  };
}

/** What the clock shows, as if it were UTC. */
const localOf = (zone: string, ms: number): number => ms + getOffsetMs(zone, ms);

function floorDay(zone: string, ms: number): number {
  const local = localOf(zone, ms);
  return toInstant(zone, local - mod(local, DAY_MS));
}

function startOfBucket(zone: string, bucket: Exclude<ReportBucket, 'all'>, ms: number): number {
  const day = floorDay(zone, ms);
  // Hours are counted from midnight: a day of 23 hours has 23 of them, and the hour that comes twice is two.
  if (bucket === 'hour') return ms - ((ms - day) % HOUR_MS);
  if (bucket === 'day') return day;
  const local = localOf(zone, ms);
  const days = Math.floor(local / DAY_MS);
  if (bucket === 'week') return toInstant(zone, (days - mod(days + MONDAY_OFFSET, 7)) * DAY_MS);
  const date = new Date(local);
  return toInstant(zone, Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1));
}

/** `start` begins a bucket. The middle of the first day after it is sure to lie in the next. */
function nextStart(zone: string, bucket: Exclude<ReportBucket, 'all'>, start: number): number {
  if (bucket === 'hour') return Math.min(start + HOUR_MS, nextStart(zone, 'day', floorDay(zone, start)));
  const date = new Date(localOf(zone, start));
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  if (bucket === 'month') return toInstant(zone, Date.UTC(year, month + 1, 1));
  return toInstant(zone, Date.UTC(year, month, day + (bucket === 'week' ? 7 : 1)));
}

const mod = (value: number, by: number): number => ((value % by) + by) % by;
