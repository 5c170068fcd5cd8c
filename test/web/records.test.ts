import { RECORD_PERIODS } from '../../contracts/record-period.ts';
import { describe, expect, it } from 'vitest';
import type { WrapUpView } from '../../contracts/wrap-up-schema.ts';
import {
  beginOf,
  fromDateField,
  periodOf,
  readFilters,
  toDateField,
} from '../../web/src/features/records/record-filters.ts';
import { timelineOf } from '../../web/src/features/records/timeline-of.ts';

const START = Date.parse('2026-11-26T10:00:00.000Z');
const at = (seconds: number): string => new Date(START + seconds * 1000).toISOString();

describe('the filters of an address', () => {
  it('are those that there are, as texts, and nothing else', () => {
    expect(readFilters({ words: ' lamp ', case: 1001, service: '', nonsense: 'x', from: 5 })).toEqual({
      words: 'lamp',
      case: '1001',
      from: '5',
    });
  });

  it('show the period they are of, also in milliseconds, and none for another time', () => {
    const now = Date.now();
    for (const period of RECORD_PERIODS) {
      const from = beginOf(period, now);
      expect(periodOf(from === undefined ? {} : { from }, now)).toBe(period);
      if (from !== undefined) expect(periodOf({ from: String(Date.parse(from)) }, now)).toBe(period);
    }
    expect(periodOf({ from: at(0) }, now)).toBeUndefined();
    expect(periodOf({ to: at(0) }, now)).toBeUndefined();
  });

  it('take days as they are chosen: from the beginning of the first to the end of the last', () => {
    const [from, to] = [fromDateField('2026-11-26'), fromDateField('2026-11-26', true)];
    expect(Date.parse(to ?? '') - Date.parse(from ?? '')).toBe(24 * 60 * 60_000);
    expect([toDateField(from), toDateField(to, true)]).toEqual(['2026-11-26', '2026-11-26']);
    expect([fromDateField(''), toDateField(undefined), toDateField('nonsense')]).toEqual([undefined, '', '']);
  });
});

const steps = (...of: Parameters<typeof timelineOf>): unknown[] =>
  timelineOf(...of).map(({ kind, name, from, to, isOpen }) => [
    name ?? kind,
    (from - START) / 1000,
    (to - START) / 1000,
    ...(isOpen ? ['goes on'] : []),
  ]);

describe('the timeline of a record', () => {
  it('goes through scenario, queue, each agent, the scenario again, and the wrap-ups', () => {
    const segments = [
      { number: 1, agent: 'mateo', from: at(114), to: at(434) },
      { number: 2, agent: 'hanna', from: at(435), to: at(679) },
    ];
    const afterWork = { since: at(679), until: at(800), endedAt: at(741) };
    const wrapUp = { conversationId: 'c', segment: 'r', agent: 'hanna', afterWork } as WrapUpView;
    const times = { startedAt: at(0), queuedAt: at(42), acceptedAt: at(114), endedAt: at(727), segments };
    expect(steps(times, [wrapUp], START)).toEqual([
      ['scenario', 0, 42],
      ['queue', 42, 114],
      ['mateo', 114, 434],
      ['hanna', 435, 679],
      ['scenario', 679, 727],
      ['hanna', 679, 741],
    ]);
  });

  it('ends in the queue where nobody came, and goes on until now where it has not ended', () => {
    expect(steps({ startedAt: at(0), queuedAt: at(10), endedAt: at(90) }, [], START)).toEqual([
      ['scenario', 0, 10],
      ['queue', 10, 90],
    ]);
    expect(steps({ startedAt: at(0) }, [], START + 30_000)).toEqual([['scenario', 0, 30, 'goes on']]);
    expect(steps({ startedAt: at(0), queuedAt: at(1) }, [], START + 30_000)).toEqual([['queue', 1, 30, 'goes on']]);
  });
});
