import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { randomUUID } from 'node:crypto';
import { createReadModel, ensureReadModelIndexes, type ReadModel } from '../../adapters/mongo/read-model.ts';
import { hashSource } from '../../adapters/hash-source.ts';
import { runCli } from '../../cli/main.ts';
import { carryOutSurgeries } from '../../api/surgery/carry-out-surgeries.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import type { ConversationTimer } from '../../contracts/conversation-timer.ts';
import { compileScenario } from '../../scenario-dsl/compile/compile-scenario.ts';
import { parseScenario } from '../../scenario-dsl/parse/parse-scenario.ts';
import { startScenario, step } from '../../scenario-dsl/run/step.ts';
import { until } from '../support/until.ts';
import { aConversation } from './support/fake-conversations.ts';
import { ADMIN_TOKEN, PASSWORD, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

const NOW = Date.UTC(2026, 10, 28, 14);
const MINUTE = 60_000;
const SOURCE = `attendant: 2
scenario: asking
blocks:
  ask:
    title: The order
    send-message: { text: 'Your order?', wait: { into: order, timeout: 10m } }
    exits: { timeout: late }
  thanks:
    send-message: { text: 'Thank you' }
  over:
    exit: {}
  late:
    send-message: { text: 'Still there?', wait: { timeout: 5m } }
    exits: { timeout: end }
  end:
    exit: {}
`;
const version = hashSource(SOURCE);
const pin = { name: 'asking', version };

let api: TestApi;
let url: string;
let model: ReadModel;

beforeAll(async () => {
  api = await startApi(() => ({ now: () => NOW }));
  await ensureReadModelIndexes(api.db);
  const operator = { kind: 'user', role: 'helper', skills: {}, password: PASSWORD } as const;
  await api.apply([
    ...smallConfiguration(),
    { kind: 'scenario', source: SOURCE },
    { kind: 'account', name: 'other', pageId: 'page-2', pageToken: 'x', appSecret: 'y', verifyToken: 'z' },
    { kind: 'service', name: 'sales', skills: ['selling'] },
    { kind: 'role', name: 'helper', privileges: ['operate-conversations', 'see-team-chats'] },
    { ...operator, username: 'hal' },
    { kind: 'team', name: 'north', members: ['ann'], supervisors: ['hal'], services: [{ service: 'sales' }] },
  ]);
  model = createReadModel(api.db, () => NOW);
  url = await api.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => api.stop());
beforeEach(async () => {
  for (const name of ['conversations', 'bulk-surgeries', 'operated-conversations', 'audit'])
    await api.db.collection(name).deleteMany({});
  api.actors.liveScenarios.clear();
  api.actors.operated.length = 0;
});

const { document } = parseScenario(SOURCE);
if (!document) throw new Error('Not a scenario');
const scenario = compileScenario(document);
const asked = startScenario(scenario, { variables: {} }, NOW);
const sent = { type: 'message.sent', effectId: asked.effects[0]?.id ?? '' } as const;
const { state } = step(scenario, asked.state, sent, NOW);
const question: ConversationTimer = { id: state.deadlines[0]?.id ?? '', kind: 'question', at: NOW + 10 * MINUTE };

/** A running conversation as its actor tells it, to the read model and to whoever asks. */
async function keep(id: string, changes: Partial<ConversationRecord> = {}): Promise<void> {
  const workflowId = `workflow-of-${id}`;
  const timers = [question];
  const open = { conversationId: id, psid: id, workflowId, state: 'running' as const, owner: 'scenario' as const };
  const record = aConversation({ ...open, scenario: pin, block: 'ask', service: 'support', timers, ...changes });
  await model.conversations.record(record);
  api.actors.liveScenarios.set(workflowId, {
    conversationId: id,
    scenario: pin,
    state,
    timers: record.timers ?? [],
  });
}

const get = (path: string, token = ADMIN_TOKEN) => api.call('GET', `/api/v1/${path}`, { token });
const post = (path: string, body: object, token = ADMIN_TOKEN) => api.call('POST', `/api/v1/${path}`, { token, body });
const idsOf = ({ body }: { body: { items: { conversationId: string }[] } }): string[] =>
  body.items.map(({ conversationId }) => conversationId);
const counts = async (surgery: object, item: object = { conversationId: 'a' }) =>
  (await post('surgeries/preview', { surgery, items: [item] })).body;
const carryOut = (): Promise<void> => carryOutSurgeries(api.deps);

describe('the timer board', () => {
  it('lists what running conversations wait for, the soonest first, with whom, where and what can be done', async () => {
    const window = { id: 'window', kind: 'window' as const, at: NOW + 60 * MINUTE };
    const openedWith = JSON.stringify({ variables: { customer: { firstName: 'Ada', lastName: 'Byron' } } });
    await keep('later', { timers: [{ ...question, at: NOW + 20 * MINUTE }] });
    await keep('sooner', { timers: [question, window], openedWith });
    await keep('over', { state: 'ended', endedAt: NOW });
    const { status, body } = await get('timers');
    expect(status).toBe(200);
    expect(body.items.map((row: { conversationId: string; kind: string }) => [row.conversationId, row.kind])).toEqual([
      ['sooner', 'question'],
      ['later', 'question'],
      ['sooner', 'window'],
    ]);
    expect(body.items[0]).toEqual({
      conversationId: 'sooner',
      timer: question.id,
      kind: 'question',
      at: new Date(question.at).toISOString(),
      customer: { name: 'Ada Byron', firstName: 'Ada', lastName: 'Byron' },
      account: 'shop',
      scenario: 'asking',
      service: 'support',
      block: 'ask',
      blockTitle: 'The order',
      agent: null,
      canFire: true,
      canPutOff: true,
    });
    expect(body.items[2]).toMatchObject({ canFire: false, canPutOff: false });
  });

  it('is kept to a kind, a scenario, a service and an account', async () => {
    await keep('a');
    await keep('b', { pageId: 'page-2' });
    await keep('c', { service: 'sales', timers: [{ id: 'snooze', kind: 'snooze', at: NOW + MINUTE }] });
    expect(idsOf(await get('timers?kind=snooze'))).toEqual(['c']);
    expect(idsOf(await get('timers?service=sales'))).toEqual(['c']);
    expect(idsOf(await get('timers?account=other'))).toEqual(['b']);
    expect(idsOf(await get('timers?scenario=asking&kind=question'))).toEqual(['a', 'b']);
    expect(idsOf(await get('timers?scenario=tiny'))).toEqual([]);
    expect((await get('timers?kind=unknown')).body.code).toBe('REQUEST_INVALID');
  });

  it('gives every timer once over its pages, also those of one moment', async () => {
    const twice = [question, { id: 'snooze', kind: 'snooze' as const, at: question.at }];
    for (const id of ['a', 'b', 'c']) await keep(id, { timers: twice });
    const seen: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const { body } = await get(`timers?limit=1${next === '' ? '' : `&cursor=${next}`}`);
      seen.push(
        ...body.items.map((row: { conversationId: string; timer: string }) => `${row.conversationId} ${row.timer}`),
      );
      next = body.next;
    }
    expect(seen).toHaveLength(6);
    expect(new Set(seen).size).toBe(6);
    expect((await get('timers?cursor=nonsense')).body.code).toBe('REQUEST_INVALID');
  });

  it('shows nobody what they may not see, and is for those who operate on conversations', async () => {
    await keep('support-1');
    await keep('sales-1', { service: 'sales' });
    expect(idsOf(await get('timers', await api.logIn('hal')))).toEqual(['sales-1']);
    for (const name of ['ann', 'sue']) expect((await get('timers', await api.logIn(name))).status).toBe(403);
  });
});

describe('what an operation on many conversations would come to', () => {
  it('is told by block and outcome, and nothing is done', async () => {
    await keep('a');
    await keep('b');
    await keep('gone');
    api.actors.liveScenarios.delete('workflow-of-gone');
    const { status, body } = await post('surgeries/preview', {
      surgery: { kind: 'fire-timer' },
      filter: { kind: 'question', scenario: 'asking' },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ found: 3, looked: 3, counts: { done: 2, ended: 1 } });
    const place = { scenario: 'asking', block: 'ask', title: 'The order' };
    expect(body.groups).toEqual([
      { ...place, outcome: 'done', to: 'late', isOver: false, count: 2 },
      { ...place, outcome: 'ended', to: null, isOver: false, count: 1 },
    ]);
    expect(body.items).toEqual(
      ['a', 'b'].map((conversationId) => ({
        conversationId,
        timer: question.id,
        at: new Date(question.at).toISOString(),
      })),
    );
    expect(api.actors.operated).toEqual([]);
  });

  it('tells of a block that leads to the end, of one that is none, and of a clock that nobody can turn', async () => {
    await keep('a', { timers: [question, { id: 'window', kind: 'window', at: NOW + MINUTE }] });
    expect((await counts({ kind: 'go-to-block', block: 'end' })).groups[0]).toMatchObject({
      outcome: 'done',
      isOver: true,
    });
    expect((await counts({ kind: 'go-to-block', block: 'nowhere' })).counts).toEqual({ 'no-block': 1 });
    const window = { conversationId: 'a', timer: 'window', at: new Date(NOW + MINUTE).toISOString() };
    expect((await counts({ kind: 'fire-timer' }, window)).counts).toEqual({ fixed: 1 });
    const moved = { conversationId: 'a', timer: question.id, at: new Date(NOW).toISOString() };
    expect((await counts({ kind: 'fire-timer' }, moved)).counts).toEqual({ changed: 1 });
  });

  it('is refused where nobody says which timers', async () => {
    await keep('a');
    const kindless = await post('surgeries/preview', { surgery: { kind: 'fire-timer' }, filter: {} });
    expect(kindless.body).toMatchObject({ code: 'REQUEST_INVALID', details: [{ path: 'body.filter.kind' }] });
    const timerless = await post('surgeries', {
      clientId: randomUUID(),
      surgery: { kind: 'fire-timer' },
      items: [{ conversationId: 'a' }],
    });
    expect(timerless.body).toMatchObject({ code: 'REQUEST_INVALID', details: [{ path: 'body.items.0.timer' }] });
    const neither = await post('surgeries/preview', { surgery: { kind: 'fire-timer' } });
    expect(neither.body.code).toBe('REQUEST_INVALID');
  });
});

describe('an operation on many conversations', () => {
  it('asks each as it was seen, once, and says what became of it; the order is in the audit', async () => {
    await keep('a');
    await keep('b');
    const seen = { timer: question.id, at: new Date(question.at).toISOString() };
    const order = {
      clientId: randomUUID(),
      surgery: { kind: 'put-off-timer', seconds: 600 },
      items: ['a', 'b', 'unknown'].map((conversationId) => ({ conversationId, ...seen })),
    };
    api.actors.operatedTo = { outcome: 'done', block: 'ask', to: 'ask', isOver: false, before: 'x', after: 'y' };
    const begun = await post('surgeries', order);
    expect(begun.body).toMatchObject({ state: 'running', total: 3, counts: {}, by: 'admin token' });
    await carryOut();
    const again = await post('surgeries', order);
    expect(again.body).toMatchObject({ id: begun.body.id, state: 'done', counts: { done: 2, ended: 1 } });
    await carryOut();
    expect(api.actors.operated.map(([workflowId, told]) => [workflowId, told.seen, told.surgery])).toEqual(
      ['a', 'b'].map((id) => [
        `workflow-of-${id}`,
        { timerAt: question.at },
        { kind: 'put-off-timer', seconds: 600, timer: question.id },
      ]),
    );
    const rows = await get(`surgeries/${begun.body.id}/conversations?limit=2`);
    expect(rows.body.items).toMatchObject([
      { conversationId: 'a', outcome: 'done', block: 'ask', before: 'x', after: 'y' },
      { conversationId: 'b', outcome: 'done' },
    ]);
    const rest = await get(`surgeries/${begun.body.id}/conversations?cursor=${rows.body.next}`);
    expect(rest.body).toMatchObject({ items: [{ conversationId: 'unknown', outcome: 'ended' }], next: null });
    const audit = await get('audit');
    expect(audit.body.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          action: 'conversations.operated',
          subject: { id: begun.body.id, kind: 'put-off-timer', count: '3' },
        }),
      ]),
    );
  });

  it('keeps no value of a variable with its rows', async () => {
    await keep('a');
    api.actors.operatedTo = {
      outcome: 'done',
      block: 'ask',
      to: 'ask',
      isOver: false,
      before: '"Ada"',
      after: '"Bob"',
    };
    const surgery = { kind: 'set-variable', name: 'name', value: 'Bob' };
    const { body } = await post('surgeries', { clientId: randomUUID(), surgery, items: [{ conversationId: 'a' }] });
    await carryOut();
    const rows = await get(`surgeries/${body.id}/conversations`);
    expect(rows.body.items).toMatchObject([{ outcome: 'done', before: null, after: null }]);
  });

  it('is stopped by a person, and those who were not asked stay', async () => {
    await keep('a');
    const surgery = { kind: 'go-to-block', block: 'late' };
    const { body } = await post('surgeries', { clientId: randomUUID(), surgery, items: [{ conversationId: 'a' }] });
    expect((await post(`surgeries/${body.id}/stop`, {})).body).toMatchObject({ state: 'stopped', counts: {} });
    await carryOut();
    expect(api.actors.operated).toEqual([]);
  });

  it('reaches nobody whom its caller may not see, and is shown to its caller', async () => {
    await keep('support-1');
    await keep('sales-1', { service: 'sales' });
    const hal = await api.logIn('hal');
    api.actors.operatedTo = { outcome: 'done', block: 'ask', to: 'late', isOver: false };
    const order = {
      clientId: randomUUID(),
      surgery: { kind: 'go-to-block', block: 'late' },
      items: ['support-1', 'sales-1'].map((conversationId) => ({ conversationId })),
    };
    const { body } = await post('surgeries', order, hal);
    await carryOut();
    expect((await get(`surgeries/${body.id}`, hal)).body.counts).toEqual({ done: 1, ended: 1 });
    const { body: admins } = await post('surgeries', { ...order, clientId: randomUUID() });
    expect((await get(`surgeries/${admins.id}`, hal)).status).toBe(404);
    expect((await get('surgeries', hal)).body.items.map(({ id }: { id: string }) => id)).toEqual([body.id]);
    expect((await get('surgeries')).body.items).toHaveLength(2);
  });
});

describe('attendant surgery', () => {
  let printed: string[];
  let errors: string[];
  beforeEach(() => {
    [printed, errors] = [[], []];
  });

  async function run(...args: string[]): Promise<number> {
    const env = { ATTENDANT_URL: url, ATTENDANT_ADMIN_TOKEN: ADMIN_TOKEN };
    return runCli(['surgery', ...args], {
      env,
      print: (line) => printed.push(line),
      printError: (line) => errors.push(line),
    });
  }

  it('lists timers, tells what would come of it, and does it where it is meant', async () => {
    await keep('a');
    await keep('b');
    expect(await run('timers', '--kind', 'question')).toBe(0);
    expect(printed[0]).toContain('conversation a');
    expect(printed.at(-1)).toBe('2 timers');
    expect(await run('fire', '--kind', 'question', '--scenario', 'asking')).toBe(0);
    expect(printed.slice(-2)).toEqual([
      '     2  asking / ask: would go to late',
      'Nothing is done yet: repeat it with --yes.',
    ]);
    expect(api.actors.operated).toEqual([]);
    api.actors.operatedTo = { outcome: 'done', block: 'ask', to: 'late', isOver: false };
    const running = run('fire', '--kind', 'question', '--conversation', 'b', '--yes');
    await until('the operation', async () => {
      await carryOut();
      return api.actors.operated.length > 0;
    });
    expect(await running).toBe(0);
    expect(printed.at(-1)).toBe('done: 1 done, of 1');
    expect(api.actors.operated.map(([workflowId]) => workflowId)).toEqual(['workflow-of-b']);
    const id = printed.find((line) => line.startsWith('operation '))?.slice('operation '.length) ?? '';
    expect(await run('show', id)).toBe(0);
    expect(printed.at(-2)).toMatch(/^b {2}\S+ {2}done {2}ask → late$/);
  });

  it('says what is wrong with a use', async () => {
    expect(await run('fire', '--kind', 'unknown')).toBe(2);
    expect(await run('put-off', '--kind', 'question')).toBe(2);
    expect(await run('set', 'name', 'Ada')).toBe(2);
    expect(errors.at(-1)).toContain('The value is no JSON');
    expect(await run('fire')).toBe(2);
    expect(errors.at(-1)).toContain('Name the kind of timer');
    expect(await run('show', 'unknown')).toBe(1);
  });
});
