import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureConversationIndexes } from '../../adapters/mongo/conversations-repository.ts';
import { ensureHistoryIndexes } from '../../adapters/mongo/history-repository.ts';
import { createReadModel } from '../../adapters/mongo/read-model.ts';
import { ensureReportIndexes } from '../../adapters/mongo/report-reader.ts';
import { runCli } from '../../cli/main.ts';
import { REPORT_NAMES } from '../../contracts/report.ts';
import type { Report } from '../../contracts/report-schema.ts';
import {
  AGENTS,
  FROM,
  generateAgents,
  generateConversations,
  NOW,
  TO,
  type GeneratedConversation,
} from '../reports/support/generate-history.ts';
import { counters } from '../reports/support/recount.ts';
import { figuresOf } from '../reports/support/recount-figures.ts';
import { aConversation } from './support/fake-conversations.ts';
import { ADMIN_TOKEN, PASSWORD, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

const RANGE = `from=2026-10-22&to=2026-10-28&zone=Europe/Berlin`;
const conversations = generateConversations(300, 17);

let api: TestApi;
let adam: string;
let sue: string;

const user = (username: string): object => ({
  kind: 'user',
  username,
  name: username,
  role: 'agent',
  skills: { support: 50 },
  password: PASSWORD,
});

beforeAll(async () => {
  api = await startApi(() => ({ now: () => NOW }));
  await Promise.all([ensureConversationIndexes(api.db), ensureHistoryIndexes(api.db), ensureReportIndexes(api.db)]);
  const support = {
    kind: 'service',
    name: 'support',
    skills: ['support', 'billing'],
    serviceLevel: { percent: 80, within: '20s' },
  };
  await api.apply([
    ...smallConfiguration().filter(({ kind }) => kind !== 'service'),
    support,
    { kind: 'service', name: 'sales', skills: ['selling'] },
    { kind: 'service', name: 'billing', skills: ['paying'] },
    ...AGENTS.filter((name) => name !== 'ann').map(user),
    {
      kind: 'team',
      name: 'north',
      members: ['ann', 'ben'],
      supervisors: ['sue'],
      services: [{ service: 'sales', level: 50 }],
    },
  ]);
  adam = await api.logIn('adam');
  sue = await api.logIn('sue');
  const { history, conversations: records } = createReadModel(api.db, () => NOW);
  await Promise.all(
    conversations.map(async (conversation) => {
      await records.record(toRecord(conversation));
      // Pieces as actors write them: some events at a time; one that was decided again lies beside the one that was lost.
      const { conversationId, events } = conversation;
      const scenario = events[0]?.scenario ?? { name: 'help-chat', version: 'v1' };
      for (let at = 0; at < events.length; at += 4) {
        await history.recordPiece({
          conversationId,
          scenario,
          events: events.slice(at, at + 4).map(({ scenario: _s, conversationId: _c, id: _i, ...event }) => event),
        });
      }
    }),
  );
  await history.recordAgentEvents(generateAgents(17).flatMap(({ events }) => events));
});
afterAll(() => api?.stop());

function toRecord({
  conversationId,
  entry,
  service,
  startedAt,
  events,
}: GeneratedConversation): ReturnType<typeof aConversation> {
  const end = events.find(({ type }) => type === 'ended');
  const servedBy = events.flatMap((event) => (event.type === 'connected' ? [event.data.agent] : []));
  return aConversation({
    conversationId,
    psid: conversationId,
    entry,
    service,
    startedAt,
    servedBy,
    state: end ? 'ended' : 'connected',
    ...(end?.type === 'ended' && { endedAt: end.at, endReason: end.data.reason }),
  });
}

async function get<Body = Report>(path: string, token = adam): Promise<Body> {
  const { status, body } = await api.call('GET', `/api/v1/reports${path}`, { token });
  expect([status, body], path).toEqual([200, expect.anything()]);
  return body as Body;
}

/** The total by the recount of the raw events. */
function totalOf(name: string, of: readonly GeneratedConversation[]): Record<string, number | null> | undefined {
  const sums: Record<string, number> = {};
  const settings = {
    from: FROM,
    to: TO,
    now: NOW,
    zone: 'Europe/Berlin',
    bucket: 'all',
    targetMs: (service: string) => (service === 'support' ? 20_000 : 60_000),
    teamsOf: () => [],
  };
  for (const conversation of of) {
    counters[name]?.(
      conversation,
      (at, _keys, added) => {
        if (at < FROM || at >= TO) return;
        for (const [key, value] of Object.entries(added))
          sums[key] = key.startsWith('max ') ? Math.max(sums[key] ?? 0, value) : (sums[key] ?? 0) + value;
      },
      settings,
    );
  }
  return figuresOf[name]?.(sums);
}

describe('reports over the API', () => {
  it.each([
    'service-in-time',
    'service-metrics',
    'agent-performance',
    'scenario-blocks',
    'bot-containment',
    'virtual-queue',
  ])(
    'reads the history whole: the totals of %s are those of a recount, for every conversation that was open in the time',
    async (name) => {
      const { totals, rows } = await get(`/${name}?${RANGE}&bucket=day`);
      expect(totals).toEqual(totalOf(name, conversations));
      expect(rows.length).toBeGreaterThan(3);
    },
  );

  it('lists the conversations behind a number: as many as it counts, of its row alone, a page at a time', async () => {
    const { rows } = await get(`/bot-containment?${RANGE}&bucket=day`);
    const row = rows.find(({ figures }) => (figures['handedOver'] ?? 0) > 2);
    expect(row).toBeDefined();
    const of = `from=${row?.from}&to=${row?.to}&zone=Europe/Berlin&entry=${row?.keys['entry']}&scenario=${row?.keys['scenario']}&figure=handedOver`;
    const all = await get<{ items: { id: string; entry: string }[]; next: string | null }>(
      `/bot-containment/conversations?${of}`,
    );
    expect(all.items.length).toBe(row?.figures['handedOver']);
    expect(new Set(all.items.map(({ entry }) => entry))).toEqual(new Set([row?.keys['entry']]));
    const first = await get<typeof all>(`/bot-containment/conversations?${of}&limit=1`);
    const rest = await get<typeof all>(`/bot-containment/conversations?${of}&cursor=${first.next}`);
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(all.items.map(({ id }) => id));
  });

  it('shows a supervisor their services, and of agents their people; nothing of others', async () => {
    const services = await get(`/service-in-time?${RANGE}&bucket=all`, sue);
    expect(services.rows.map(({ keys }) => keys['service'])).toEqual(['sales']);
    const people = await get(`/agent-performance?${RANGE}&bucket=all`, sue);
    expect(people.rows.map(({ keys }) => keys['agent'])).toEqual(['ann', 'ben']);
    const times = await get(`/agent-time-allocation?${RANGE}&bucket=all`, sue);
    expect(times.rows.map(({ keys }) => keys['agent'])).toEqual(['ann', 'ben']);
    const { choices } = await get<{ choices: Record<string, { value: string }[]> }>('', sue);
    expect(choices['service']?.map(({ value }) => value)).toEqual(['sales']);
    expect(choices['agent']?.map(({ value }) => value).toSorted()).toEqual(['ann', 'ben']);
  });

  it('is narrowed by what a fact bears', async () => {
    const { rows } = await get(`/service-in-time?${RANGE}&bucket=all&agent=ben`);
    const whole = await get(`/service-in-time?${RANGE}&bucket=all`);
    expect(rows.every(({ figures }) => figures['asked'] === figures['taken'])).toBe(true);
    expect(Number(whole.totals['asked'])).toBeGreaterThan(rows.length);
  });

  it.each(REPORT_NAMES)('gives %s as CSV with the rows of the report', async (name) => {
    const { rows } = await get(`/${name}?${RANGE}&bucket=week`);
    const { status, text, headers } = await api.call('GET', `/api/v1/reports/${name}/csv?${RANGE}&bucket=week`, {
      token: adam,
    });
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    // Excel takes it for UTF-8 by its first character only.
    expect(text.startsWith('\uFEFF')).toBe(true);
    const lines = text.trim().split('\r\n');
    expect(lines.length).toBe(rows.length + 1);
    expect(lines[0]?.startsWith('from,')).toBe(true);
  });

  it.each([
    ['to=2026-10-22&from=2026-10-22', 'to'],
    ['from=2024-01-01&to=2026-10-22', 'to'],
    ['from=2026-01-01&to=2026-10-22&bucket=hour', 'to'],
    ['from=2026-10-01&to=2026-10-22&zone=Mars/Olympus', 'querystring.zone'],
  ])('refuses %s, with the place and the remedy', async (query, path) => {
    const { status, body } = await api.call('GET', `/api/v1/reports/messages?${query}`, { token: adam });
    expect([status, body.code]).toEqual([400, 'REQUEST_INVALID']);
    expect(body.details[0].path).toContain(path.split('.').at(-1));
  });
});

describe('attendant report', () => {
  let url: string;
  beforeAll(async () => {
    url = await api.app.listen({ host: '127.0.0.1', port: 0 });
  });

  async function run(...args: string[]): Promise<{ exitCode: number; printed: string; errors: string }> {
    const [printed, errors]: [string[], string[]] = [[], []];
    const env = { ATTENDANT_URL: url, ATTENDANT_ADMIN_TOKEN: ADMIN_TOKEN };
    const exitCode = await runCli(['report', ...args], {
      env,
      print: (line) => printed.push(line),
      printError: (line) => errors.push(line),
    });
    return { exitCode, printed: printed.join('\n'), errors: errors.join('\n') };
  }

  const time = ['--from', '2026-10-22', '--to', '2026-10-28', '--zone', 'Europe/Berlin'];

  it('prints a report as the same CSV that the api gives', async () => {
    const query = `${RANGE}&bucket=day&service=sales`;
    const { text } = await api.call('GET', `/api/v1/reports/service-in-time/csv?${query}`, { token: adam });
    const { exitCode, printed } = await run('run', 'service-in-time', ...time, '--service', 'sales', '--csv');
    expect([exitCode, printed]).toEqual([0, text.trim()]);
  });

  it('prints a report for people, with its total, and lists what reports there are', async () => {
    const { printed } = await run('run', 'agent-performance', ...time, '--bucket', 'all');
    expect(printed.split('\n')[0]).toMatch(/^from +agent +Offered +Accepted/);
    expect(printed.split('\n').at(-1)).toMatch(/^total +\d/);
    expect((await run('list')).printed).toMatch(/^scenario-blocks +v1 {2}How often/m);
  });

  it('tells what is wrong with a name, a bucket and a time', async () => {
    expect(await run('run', 'service-in-tim', ...time)).toMatchObject({ exitCode: 2 });
    expect((await run('run', 'service-in-tim', ...time)).errors).toContain('Did you mean "service-in-time"?');
    expect((await run('run', 'messages', ...time, '--bucket', 'year')).errors).toContain('none of hour, day');
    const refused = await run('run', 'messages', '--from', '2026-10-28', '--to', '2026-10-22');
    expect([refused.exitCode, refused.errors]).toEqual([1, expect.stringContaining('does not lie behind')]);
  });
});
