import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createReadModel } from '../../adapters/mongo/read-model.ts';
import { createCanaryWatch } from '../../api/scenarios/watch-canaries.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import { ADMIN_TOKEN, smallConfiguration, startApi, tinyScenario, type TestApi } from './support/start-api.ts';
import { seedEnded } from './support/seed-ended.ts';

let api: TestApi;
let inForce: string;
beforeEach(async () => {
  api = await startApi();
  await api.apply(smallConfiguration());
  inForce = (await head()).version;
});
afterEach(() => api.stop());

const token = ADMIN_TOKEN;
const second = tinyScenario.replace('Hello', 'Good day');
const third = tinyScenario.replace('Hello', 'Welcome');

const call = (method: 'GET' | 'POST' | 'PATCH', path: string, body?: object) =>
  api.call(method, `/api/v1/scenarios/${path}`, { token, ...(body && { body }) });
const publish = (source: string, more: object = {}) => call('POST', 'publish', { source, ...more });
const canary = async () => (await call('GET', 'tiny/canary')).body;
const reportOf = async (number: number) => (await call('GET', `tiny/publications/${number}`)).body;
const listed = async () => (await api.call('GET', '/api/v1/scenarios', { token })).body.items;
const alerts = async () => (await api.call('GET', '/api/v1/alerts', { token })).body.items;

async function head() {
  const found = (await api.deps.configuration.getFresh()).scenarioHead('tiny');
  if (!found) throw new Error('Nothing is in force');
  return found;
}

/** How many of 400 customers of the entry get which version. */
async function shares(): Promise<Map<string | undefined, number>> {
  const configuration = await api.deps.configuration.getFresh();
  const entry = configuration.entryForPage('page-1');
  if (!entry) throw new Error('The Page has no entry');
  const counts = new Map<string | undefined, number>();
  for (let index = 0; index < 400; index += 1) {
    const version = configuration.scenarioVersionFor(entry, { pageId: 'page-1', psid: `psid-${index}` });
    counts.set(version, (counts.get(version) ?? 0) + 1);
  }
  return counts;
}

/** Ended conversations of a side, so many of them bad. */
async function seedSide(version: string, count: number, bad: { count: number; more: Partial<ConversationRecord> }) {
  const of = { scenario: { name: 'tiny', version }, startedAt: api.deps.now() };
  await seedEnded(api.db, { ...of, count: count - bad.count });
  if (bad.count > 0) await seedEnded(api.db, { ...of, count: bad.count, more: bad.more });
}

const FAILED = { endReason: 'scenario-failed' };

async function seedBreach(version: string): Promise<void> {
  await seedSide(version, 50, { count: 10, more: FAILED });
  await seedSide(inForce, 60, { count: 0, more: {} });
}

/** An ended conversation with its history: a greeting, and so long nothing before its end. */
async function seedTold(version: string, { silentMs }: { silentMs: number }): Promise<void> {
  const [conversationId, at] = [crypto.randomUUID(), api.deps.now()];
  const scenario = { name: 'tiny', version };
  const actor = { kind: 'scenario' } as const;
  await seedEnded(api.db, { count: 1, scenario, startedAt: at, more: { conversationId, endedAt: at + silentMs } });
  const message = { messageId: 'm', direction: 'in', seq: 1, author: 'agent' } as const;
  await createReadModel(api.db, api.deps.now).history.recordPiece({
    conversationId,
    scenario,
    events: [
      { seq: 1, at, actor, type: 'started', data: { by: 'message', entry: 'front-door' } },
      { seq: 2, at, actor, type: 'message', data: message },
      { seq: 3, at, actor, type: 'block-entered', data: { blocks: ['hello'], count: 1 } },
      { seq: 4, at: at + silentMs, actor, type: 'ended', data: { reason: 'exit' } },
    ],
  });
}

/** What one process does when its time comes; the next one's comes later. */
async function tick(watch = createCanaryWatch(api.deps)): Promise<void> {
  await watch.tick();
  api.clock.aheadMs += 60_000;
}

describe('publishing for a part of the conversations', () => {
  it('leaves in force what is, and gives the part to new conversations of entries that follow', async () => {
    const { status, body } = await publish(second, { canary: { percent: 10 }, note: 'friendlier', author: 'Ada' });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body).toMatchObject({ outcome: 'published', move: null, endedCanary: null });
    expect(body.publication).toMatchObject({ number: 2, isCanary: true, isInForce: false, note: 'friendlier' });
    const { version } = body.publication;
    expect((await head()).version).toBe(inForce);
    const counts = await shares();
    expect(counts.get(version)).toBeGreaterThan(20);
    expect(counts.get(version)).toBeLessThan(65);
    expect((counts.get(version) ?? 0) + (counts.get(inForce) ?? 0)).toBe(400);
    const pinned = { name: 'x', account: 'shop', service: 'support', scenario: 'tiny', pinnedVersion: inForce };
    const configuration = await api.deps.configuration.get();
    for (let index = 0; index < 50; index += 1)
      expect(configuration.scenarioVersionFor(pinned, { pageId: 'page-1', psid: `psid-${index}` })).toBe(inForce);
    expect((await call('GET', 'tiny/versions')).body.items).toMatchObject([
      { number: 2, isCanary: true, author: 'Ada' },
      { number: 1, isInForce: true },
    ]);
  });

  it('stands in the list of scenarios beside what is in force, until it is over', async () => {
    const { body } = await publish(second, { canary: { percent: 10 } });
    const { version } = body.publication;
    expect(await listed()).toMatchObject([{ name: 'tiny', version: inForce, canary: { version, percent: 10 } }]);
    const { revision } = await canary();
    await call('POST', 'tiny/canary/end', { revision });
    expect(await listed()).toMatchObject([{ name: 'tiny', version: inForce, canary: null }]);
  });

  it('has the usual guardrails where nothing else is said', async () => {
    await publish(second, { canary: { percent: 10, guardrails: { errors: 1, survey: null } } });
    expect(await canary()).toMatchObject({
      percent: 10,
      end: null,
      guardrails: { minimum: 50, handOff: 10, errors: 1, left: 10, survey: null },
      steps: [{ percent: 10, by: 'admin token' }],
      canary: { running: 0, ended: 0, number: 2 },
      rest: { running: 0, ended: 0, number: 1 },
    });
  });

  it('is refused where nothing is in force, with a move, and for all or nobody', async () => {
    const other = second.replace('scenario: tiny', 'scenario: other');
    const { status, body } = await publish(other, { canary: { percent: 10 } });
    expect([status, body.details[0].path]).toEqual([400, 'canary']);
    expect((await publish(second, { canary: { percent: 10 }, move: { blocks: {} } })).status).toBe(400);
    for (const percent of [0, 100, 1.5]) expect((await publish(second, { canary: { percent } })).status).toBe(400);
    expect((await call('GET', 'tiny/canary')).status).toBe(404);
  });

  it('changes nothing for what is in force, or is the canary already', async () => {
    expect((await publish(tinyScenario, { canary: { percent: 10 } })).body.outcome).toBe('unchanged');
    await publish(second, { canary: { percent: 10 } });
    const again = (await publish(second, { canary: { percent: 50 } })).body;
    expect(again).toMatchObject({ outcome: 'unchanged', publication: { number: 2, isCanary: true } });
    expect((await canary()).percent).toBe(10);
  });

  it('is nothing of the configuration’s files: an export is what is in force, and applying it leaves the canary', async () => {
    await publish(second, { canary: { percent: 10 } });
    const exported = (await api.call('GET', '/api/v1/configuration', { token })).body;
    const sources = exported.documents.filter(({ kind }: { kind: string }) => kind === 'scenario');
    expect(sources).toMatchObject([{ source: tinyScenario }]);
    const applied = await api.apply([{ kind: 'scenario', source: tinyScenario }]);
    expect(applied.body.items).toMatchObject([{ outcome: 'unchanged' }]);
    expect((await canary()).end).toBeNull();
    await api.apply([{ kind: 'scenario', source: third }]);
    expect((await call('GET', 'tiny/canary')).status).toBe(404);
    expect((await reportOf(2)).canary.end).toMatchObject({ how: 'replaced', number: 3 });
  });
});

describe('a canary that runs', () => {
  beforeEach(async () => {
    await publish(second, { canary: { percent: 10 } });
  });

  it('is widened: whoever had it keeps it, and the audit and the report say so', async () => {
    const before = await shares();
    const { body } = await call('PATCH', 'tiny/canary', { percent: 50, revision: 1 });
    expect(body).toMatchObject({ percent: 50, revision: 2, steps: [{ percent: 10 }, { percent: 50 }] });
    expect((await shares()).get(body.version)).toBeGreaterThan(before.get(body.version) ?? 0);
    expect((await reportOf(2)).canary).toMatchObject({ end: null, steps: [{ percent: 10 }, { percent: 50 }] });
    const audit = await api.call('GET', '/api/v1/audit', { token });
    expect(audit.body.items[0]).toMatchObject({
      action: 'configuration.changed',
      subject: { kind: 'scenario', name: 'tiny' },
      before: { canary: { percent: 10 } },
      after: { canary: { percent: 50 } },
    });
  });

  it('is finished by a publication of its own, for all', async () => {
    const { body } = await call('POST', 'tiny/canary/finish', { note: 'good' });
    expect(body).toMatchObject({ outcome: 'published', endedCanary: 2 });
    expect(body.publication).toMatchObject({ number: 3, isCanary: false, isInForce: true, note: 'good' });
    expect((await head()).version).toBe(body.publication.version);
    expect((await reportOf(2)).canary.end).toMatchObject({ how: 'finished', number: 3, by: 'admin token' });
    expect((await reportOf(3)).since).toMatchObject({ number: 1 });
    expect((await call('POST', 'tiny/canary/finish', {})).body.code).toBe('CANARY_NOT_RUNNING');
  });

  it('is finished by publishing its version for all', async () => {
    expect((await publish(second)).body).toMatchObject({ outcome: 'published', endedCanary: 2 });
    expect((await reportOf(2)).canary.end).toMatchObject({ how: 'finished', number: 3 });
  });

  it('is ended: nobody new gets it, and it stays to be seen', async () => {
    const { body } = await call('POST', 'tiny/canary/end', {});
    expect(body.end).toMatchObject({ how: 'ended', by: 'admin token' });
    expect((await shares()).get(inForce)).toBe(400);
    expect((await canary()).end).toMatchObject({ how: 'ended' });
    expect((await reportOf(2)).canary.end).toMatchObject({ how: 'ended' });
    expect(await alerts()).toEqual([]);
    expect((await call('PATCH', 'tiny/canary', { percent: 20 })).body.code).toBe('CANARY_NOT_RUNNING');
  });

  it('ends as another version is published, or an earlier one rolled back to, in words', async () => {
    expect((await publish(third)).body).toMatchObject({ publication: { number: 3 }, endedCanary: 2 });
    expect((await reportOf(2)).canary.end).toMatchObject({ how: 'replaced', number: 3 });
    expect((await shares()).size).toBe(1);
    await publish(second, { canary: { percent: 30 } });
    const back = (await call('POST', 'tiny/rollback', {})).body;
    expect(back, 'a canary was never what all had').toMatchObject({
      publication: { number: 5, version: inForce },
      endedCanary: 4,
    });
  });

  it('gives way to another canary', async () => {
    expect((await publish(third, { canary: { percent: 20 } })).body).toMatchObject({
      publication: { number: 3, isCanary: true },
      endedCanary: 2,
    });
    expect(await canary()).toMatchObject({ number: 3, percent: 20, end: null });
    expect((await reportOf(2)).canary.end).toMatchObject({ how: 'replaced', number: 3 });
  });

  it('lets one of two admins at once win, and tells the other', async () => {
    const answers = await Promise.all([
      call('PATCH', 'tiny/canary', { percent: 50, revision: 1 }),
      call('POST', 'tiny/canary/end', { revision: 1 }),
      publish(third),
    ]);
    const won = answers.filter(({ status }) => status === 200);
    expect(won.length).toBeGreaterThan(0);
    for (const { status, body } of answers)
      if (status !== 200) expect(['SCENARIO_CHANGED', 'CANARY_NOT_RUNNING']).toContain(body.code);
    const stale = await call('PATCH', 'tiny/canary', { percent: 60, revision: 1 });
    expect(stale.status).toBe(409);
  });

  it('is for admins; supervisors look on', async () => {
    const sue = await api.logIn('sue');
    expect((await api.call('GET', '/api/v1/scenarios/tiny/canary', { token: sue })).status).toBe(200);
    const body = { percent: 20 };
    expect((await api.call('PATCH', '/api/v1/scenarios/tiny/canary', { token: sue, body })).status).toBe(403);
  });
});

describe('the watch of canaries', () => {
  let version: string;
  beforeEach(async () => {
    version = (await publish(second, { canary: { percent: 10 } })).body.publication.version;
  });

  it('leaves one that does as well, and one of which too little is known', async () => {
    await seedSide(version, 49, { count: 49, more: FAILED });
    await seedSide(inForce, 60, { count: 0, more: {} });
    await tick();
    expect(await canary()).toMatchObject({ end: null, canary: { ended: 49 }, rest: { ended: 60 } });
    await seedSide(version, 951, { count: 0, more: {} });
    await tick();
    expect((await canary()).verdicts).toContainEqual({
      guardrail: 'errors',
      state: 'holds',
      canary: { value: 4.9, of: 1000 },
      rest: { value: 0, of: 60 },
      margin: 5,
    });
  });

  it.each([
    ['errors', FAILED],
    ['handOff', { queuedAt: 1 }],
    ['survey', { annotations: { surveyResponse: { survey: 's', score: 10, answers: [] } } }],
  ] satisfies [string, Partial<ConversationRecord>][])(
    'takes one back by %s: nobody new gets it, operators are told, and the report says why',
    async (guardrail, more) => {
      const well = { annotations: { surveyResponse: { survey: 's', score: 90, answers: [] } } };
      await seedSide(version, 50, { count: 50, more });
      await seedSide(inForce, 50, { count: 50, more: guardrail === 'survey' ? well : {} });
      await tick();
      expect((await shares()).get(inForce)).toBe(400);
      const { end } = await canary();
      expect(end).toMatchObject({ how: 'returned', by: null });
      const breached = end.verdicts.filter(({ state }: { state: string }) => state === 'breached');
      expect(breached.map((verdict: { guardrail: string }) => verdict.guardrail)).toEqual([guardrail]);
      expect((await reportOf(2)).canary.end).toEqual(end);
      expect(await alerts()).toMatchObject([{ kind: 'canary-returned', state: 'open', count: 1 }]);
      expect((await alerts())[0].message).toContain('Version 2 of scenario "tiny" was taken back');
      const audit = await api.call('GET', '/api/v1/audit', { token });
      expect(audit.body.items[0]).toMatchObject({ by: 'attendant', after: { canary: { end: { how: 'returned' } } } });
    },
  );

  it('takes one back that customers leave, as their history tells it', async () => {
    const guardrails = { minimum: 3, errors: null, handOff: null, survey: null };
    await call('PATCH', 'tiny/canary', { guardrails });
    for (let index = 0; index < 3; index += 1) {
      await seedTold(version, { silentMs: 300_000 });
      await seedTold(inForce, { silentMs: 1000 });
      // Of these nobody knows whether the customer left.
      await seedSide(inForce, 1, { count: 0, more: {} });
    }
    const read = vi.spyOn(api.deps.reportReader, 'readNamed');
    await tick();
    const { end } = await canary();
    // By the tick, both sides at a time, then by who looks: a history that tells its end is read once.
    const counts = read.mock.calls.map(([ids]) => ids.length).filter((count) => count > 0);
    expect(counts.toSorted((a, b) => a - b)).toEqual([3, 3, 6]);
    expect(end).toMatchObject({ how: 'returned' });
    expect(end.verdicts).toEqual([
      { guardrail: 'left', state: 'breached', canary: { value: 100, of: 3 }, rest: { value: 0, of: 3 }, margin: 10 },
    ]);
  });

  it('counts neither what began before nor what pinned entries had', async () => {
    const scenario = { name: 'tiny', version };
    await seedEnded(api.db, { count: 60, scenario, startedAt: 1, more: FAILED });
    const [entry] = await api.deps.store.entries.list();
    if (!entry) throw new Error('No entry');
    await api.deps.store.entries.put({ ...entry, name: 'pinned', account: 'another', pinnedVersion: version });
    await api.deps.store.raiseRevision();
    await seedEnded(api.db, { count: 60, scenario, startedAt: api.deps.now(), more: { ...FAILED, entry: 'pinned' } });
    await seedSide(inForce, 60, { count: 0, more: {} });
    await tick();
    expect(await canary()).toMatchObject({ end: null, canary: { ended: 0 } });
  });

  it('tells what a process that died had not told, once', async () => {
    await seedBreach(version);
    const dying = { ...api.deps.alerts, tell: () => Promise.reject(new Error('killed')) };
    const killed = createCanaryWatch({ ...api.deps, alerts: dying });
    await expect(tick(killed)).rejects.toThrow('killed');
    expect((await shares()).get(inForce), 'it is taken back already').toBe(400);
    expect(await alerts()).toEqual([]);
    api.clock.aheadMs += 60_000;
    await tick();
    await tick();
    expect(await alerts()).toMatchObject([{ kind: 'canary-returned', count: 1 }]);
    expect((await reportOf(2)).canary.end).toMatchObject({ how: 'returned' });
  });

  it('tells it also where somebody publishes before the next look', async () => {
    await seedBreach(version);
    const dying = { ...api.deps.alerts, tell: () => Promise.reject(new Error('killed')) };
    await expect(tick(createCanaryWatch({ ...api.deps, alerts: dying }))).rejects.toThrow('killed');
    expect((await publish(third)).body).toMatchObject({ publication: { number: 3 }, endedCanary: null });
    expect((await reportOf(2)).canary.end).toMatchObject({ how: 'returned' });
    expect(await alerts(), 'and is over with it').toMatchObject([{ kind: 'canary-returned', state: 'resolved' }]);
  });

  it('is one process’s at a time', async () => {
    await seedBreach(version);
    await Promise.all([createCanaryWatch(api.deps).tick(), createCanaryWatch(api.deps).tick()]);
    expect(await alerts()).toMatchObject([{ count: 1 }]);
  });
});
