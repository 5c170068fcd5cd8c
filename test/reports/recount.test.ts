import { describe, expect, it } from 'vitest';
import { REPORT_NAMES, type ReportBucket, type ReportName } from '../../contracts/report.ts';
import { createCalendar } from '../../reports/calendar.ts';
import { reportDefinitions } from '../../reports/report-definitions.ts';
import { runReport, type ReportQuestion } from '../../reports/run-report.ts';
import {
  ENTRIES,
  FROM,
  generateAgents,
  generateConversations,
  NOW,
  TO,
  type GeneratedConversation,
} from './support/generate-history.ts';
import { counters, type Counts } from './support/recount.ts';
import { piecesOfStates } from './support/recount-states.ts';
import { labelTime, type RecountSettings } from './support/recount-time.ts';
import { figuresOf } from './support/recount-figures.ts';

const CONVERSATIONS = 10_000;
const SEED = 2611;
const ZONE = 'Europe/Berlin';

const targets: Record<string, number> = { support: 20_000, sales: 60_000 };
const teams: Record<string, string[]> = { ann: ['north'], ben: ['north', 'south'], cleo: ['south'], dan: [] };
const settingsOf = (bucket: ReportBucket): RecountSettings => ({
  from: FROM,
  to: TO,
  now: NOW,
  zone: ZONE,
  bucket,
  targetMs: (service) => targets[service] ?? 30_000,
  teamsOf: (agent) => teams[agent] ?? [],
});

const conversations = generateConversations(CONVERSATIONS, SEED);
const agents = generateAgents(SEED);

/** What the product counts, by label of the time and keys; the total under ''. */
async function count(name: ReportName, bucket: ReportBucket): Promise<Counts> {
  const range = { from: FROM, to: TO };
  const { teamsOf, targetMs } = settingsOf(bucket);
  const question: ReportQuestion = {
    range,
    filter: {},
    maySee: () => true,
    context: {
      calendar: createCalendar(ZONE, bucket, range),
      now: NOW,
      targetMs: (service = '') => targetMs(service),
      teamsOf,
    },
    serviceOfEntry: (entry) => ENTRIES[entry],
  };
  const source = {
    conversations: () => inTurn(conversations.filter(isInTime)),
    agents: () => inTurn(agents),
  };
  const { rows, totals } = await runReport(reportDefinitions[name], source, question);
  const lines = rows.map(({ at, keys, figures }): [string, Record<string, number | null>] => [
    [labelTime(at, settingsOf(bucket)), ...Object.values(keys)].join('|'),
    figures,
  ]);
  return new Map([...lines, ['', totals]]);
}

/** As the reader of the database chooses them. */
function isInTime({ events, startedAt }: GeneratedConversation): boolean {
  const end = events.find(({ type }) => type === 'ended');
  return startedAt < TO && (end === undefined || end.at >= FROM);
}

async function* inTurn<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}

/** The same from the raw history. */
function recount(name: ReportName, bucket: ReportBucket): Counts {
  const settings = settingsOf(bucket);
  const sums = new Map<string, Record<string, number>>([['', {}]]);
  const book = (at: number, keys: string[][], added: Record<string, number>): void => {
    if (at < FROM || at >= TO) return;
    let lines = [labelTime(at, settings)];
    for (const values of keys) lines = lines.flatMap((line) => values.map((value) => `${line}|${value}`));
    for (const line of ['', ...lines]) {
      const sum = sums.get(line) ?? {};
      sums.set(line, sum);
      for (const [key, value] of Object.entries(added)) {
        const before = sum[key];
        sum[key] = key.startsWith('max ') ? Math.max(before ?? 0, value) : (before ?? 0) + value;
      }
    }
  };
  for (const conversation of conversations) counters[name]?.(conversation, book, settings);
  if (name === 'agent-activity' || name === 'agent-time-allocation') {
    for (const { agent, activity, reason, from, to, isFirst } of piecesOfStates(agents, settings)) {
      if (name === 'agent-activity') {
        book(from, [[agent], [activity], [reason]], { begun: isFirst ? 1 : 0, length: to - from });
      } else book(from, [[agent]], { [activity]: to - from });
    }
  }
  return new Map([...sums].map(([line, sum]) => [line, figuresOf[name]?.(sum) ?? {}]));
}

const buckets: Partial<Record<ReportName, ReportBucket[]>> = {
  'service-in-time': ['hour', 'day', 'week', 'month', 'all'],
  'agent-time-allocation': ['hour', 'day'],
  'agent-activity': ['day', 'week'],
};

const day = (ms: number): string => labelTime(ms, settingsOf('day'));

describe('an independent recount of the raw history', () => {
  it.each(REPORT_NAMES.flatMap((name) => (buckets[name] ?? ['day' as const]).map((bucket) => [name, bucket] as const)))(
    'arrives at every number of %s by %s',
    async (name, bucket) => {
      const [counted, recounted] = [await count(name, bucket), recount(name, bucket)];
      expect([...counted.keys()].toSorted()).toEqual([...recounted.keys()].toSorted());
      const different = [...counted].flatMap(([line, figures]) => {
        const others = recounted.get(line) ?? {};
        return Object.entries(figures).flatMap(([figure, value]) =>
          others[figure] === value ? [] : [`${line} ${figure}: ${value}, by the recount ${others[figure]}`],
        );
      });
      expect(different.slice(0, 12)).toEqual([]);
      expect(counted.size).toBeGreaterThan(1);
    },
  );

  it('has met what is to be counted: transfers, conferences, nights, lost agents, killed actors, chats that go on', () => {
    const events = conversations.flatMap((conversation) => conversation.events);
    const kinds = new Set(events.map(({ type }) => type));
    const reasons = new Set(events.flatMap((event) => (event.type === 'ended' ? [event.data.reason] : [])));
    expect([...kinds]).toEqual(
      expect.arrayContaining(['transferred', 'joined', 'not-queued', 'help-flag', 'disposition']),
    );
    expect([...reasons]).toEqual(expect.arrayContaining(['exit', 'terminated', 'scenario-failed', 'cancelled']));
    expect(conversations.some(({ events: own }) => own.at(-1)?.type !== 'ended')).toBe(true);
    expect(
      conversations.filter(({ events: own }) => day(own[0]?.at ?? 0) !== day(own.at(-1)?.at ?? 0)).length,
    ).toBeGreaterThan(100);
  });
});
