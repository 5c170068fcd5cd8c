import { describe, expect, it } from 'vitest';
import type { ReportBucket } from '../../contracts/report.ts';
import { createCalendar, startOfDay } from '../../reports/calendar.ts';

const HOUR = 3_600_000;

function bucketsOf(zone: string, bucket: ReportBucket, days: [string, string]): { from: string; hours: number }[] {
  const range = { from: startOfDay(zone, days[0]), to: startOfDay(zone, days[1]) };
  return createCalendar(zone, bucket, range)
    .cut(range.from, range.to)
    .map(({ from, to }) => ({ from: new Date(from).toISOString(), hours: (to - from) / HOUR }));
}

describe('the calendar of a zone', () => {
  it('has a day of 25 hours where the clocks go back, and one of 23 where they go forward', () => {
    expect(bucketsOf('Europe/Berlin', 'day', ['2026-10-24', '2026-10-27']).map(({ hours }) => hours)).toEqual([
      24, 25, 24,
    ]);
    expect(bucketsOf('Europe/Berlin', 'day', ['2026-03-28', '2026-03-31']).map(({ hours }) => hours)).toEqual([
      24, 23, 24,
    ]);
    expect(bucketsOf('Europe/Berlin', 'hour', ['2026-10-25', '2026-10-26']).length).toBe(25);
    expect(bucketsOf('Europe/Berlin', 'hour', ['2026-03-29', '2026-03-30']).length).toBe(23);
  });

  it('begins days at the midnight of the zone, also where that is no full hour of UTC, and where a night skips it', () => {
    expect(bucketsOf('Asia/Kathmandu', 'day', ['2026-01-01', '2026-01-02'])[0]?.from).toBe('2025-12-31T18:15:00.000Z');
    // Clocks in Beirut go from 00:00 to 01:00.
    expect(bucketsOf('Asia/Beirut', 'day', ['2026-03-28', '2026-03-30'])).toEqual([
      { from: '2026-03-27T22:00:00.000Z', hours: 24 },
      { from: '2026-03-28T22:00:00.000Z', hours: 23 },
    ]);
  });

  it('has half an hour left where a clock is changed by half an hour', () => {
    const hours = bucketsOf('Australia/Lord_Howe', 'hour', ['2026-04-05', '2026-04-06']).map((each) => each.hours);
    expect([hours.length, hours.at(-1)]).toEqual([25, 0.5]);
  });

  it('begins weeks on Mondays and months on the first, and no bucket before the time that is asked for', () => {
    expect(bucketsOf('UTC', 'week', ['2026-10-21', '2026-11-03']).map(({ from }) => from.slice(0, 10))).toEqual([
      '2026-10-21',
      '2026-10-26',
      '2026-11-02',
    ]);
    expect(bucketsOf('UTC', 'month', ['2026-10-21', '2027-01-02']).map(({ from }) => from.slice(0, 10))).toEqual([
      '2026-10-21',
      '2026-11-01',
      '2026-12-01',
      '2027-01-01',
    ]);
    expect(bucketsOf('UTC', 'all', ['2026-10-21', '2026-11-03']).length).toBe(1);
  });

  it('gives a moment the bucket that its stretch is cut by', () => {
    const range = {
      from: startOfDay('America/New_York', '2026-10-28'),
      to: startOfDay('America/New_York', '2026-11-05'),
    };
    for (const bucket of ['hour', 'day', 'week', 'month', 'all'] as const) {
      const calendar = createCalendar('America/New_York', bucket, range);
      for (const { from, to } of calendar.cut(range.from, range.to)) {
        expect([from, from + 1, to - 1].map((ms) => calendar.startOf(ms))).toEqual([from, from, from]);
        expect(Math.min(calendar.endOf(to - 1), range.to)).toBe(to);
      }
    }
  });
});
