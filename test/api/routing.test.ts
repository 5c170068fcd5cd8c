import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import type { ServiceDocument } from '../../contracts/configuration-schema.ts';
import { createRoutingRepository } from '../../adapters/mongo/routing-repository.ts';
import { createWrapUpsRepository } from '../../adapters/mongo/wrap-ups-repository.ts';
import { createFakeConversations, type FakeConversations } from './support/fake-conversations.ts';
import { smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;
let conversations: FakeConversations;
let ann: string;
let sue: string;

const service: ServiceDocument = {
  kind: 'service',
  name: 'support',
  skills: ['support', 'billing'],
  wrapUp: { timeout: '90s', required: true, extend: '30s' },
  dispositions: [
    { name: 'Solved', folder: 'Good' },
    { name: 'Old', hidden: true },
  ],
};

const record = (more: Partial<ConversationRecord> = {}): ConversationRecord => ({
  conversationId: 'c1',
  revision: 1,
  pageId: 'page-1',
  psid: 'psid-1',
  workflowId: 'messenger:page-1:psid-1',
  state: 'ended',
  owner: 'scenario',
  startedAt: Date.now(),
  service: 'support',
  group: 'default',
  servedBy: ['ann'],
  ...more,
});

beforeEach(async () => {
  conversations = createFakeConversations();
  api = await startApi(() => ({ conversations }));
  await api.apply([
    ...smallConfiguration().filter(({ kind }) => kind !== 'service'),
    service,
    { kind: 'group', name: 'default', breaks: [{ name: 'Lunch', returnAfter: '30m' }], breakRequired: true },
  ]);
  ann = await api.logIn('ann');
  sue = await api.logIn('sue');
});
afterEach(() => api.stop());

const call = (method: 'GET' | 'PUT' | 'POST', path: string, ...[token, body]: [string, object?]) =>
  api.call(method, `/api/v1/${path}`, { token, ...(body && { body }) });
const choose = (body: object) => call('PUT', 'agents/me/state', ann, body);
const pick = (clientId: string) => call('POST', 'conversations/c1/pick', ann, { clientId });
const wrapUp = (what: object) => call('POST', 'conversations/c1/wrap-up', ann, what);
const force = (body: object, username = 'ann') => call('PUT', `agents/${username}/state`, sue, body);

describe('the reason of Not Ready', () => {
  it('is one of those that the group lists, and is refused with them otherwise', async () => {
    expect((await choose({ state: 'not-ready', reason: 'Lunch' })).status).toBe(200);
    const wrong = await choose({ state: 'not-ready', reason: 'Lunhc' });
    expect([wrong.status, wrong.body.details[0].path]).toEqual([400, 'reason']);
    expect(wrong.body.details[0].remedy).toContain('Lunch');
    expect((await choose({ state: 'not-ready' })).body.details[0].message).toContain('missing');
    expect((await choose({ state: 'supervising' })).body.details[0].path).toBe('state');
    expect((await call('GET', 'agents/me/choices', ann)).body.breaks).toEqual([
      { name: 'Lunch', returnAfterMs: 1_800_000 },
    ]);
  });
});

describe('a state for when these chats end', () => {
  it('is shown beside the one in force, which stays', async () => {
    await choose({ state: 'ready' });
    const later = await choose({ state: 'logged-out', when: 'chats-ended' });
    expect(later.body).toMatchObject({ state: 'ready', next: { state: 'logged-out' } });
    expect(api.actors.agentStates.at(-1)).toMatchObject(['default', { state: 'logged-out', when: 'chats-ended' }]);
    expect((await choose({ state: 'ready' })).body.next).toBeUndefined();
    expect((await choose({ state: 'ready', when: 'chats-ended' })).body.details[0].path).toBe('when');
  });
});

describe('a supervisor', () => {
  it('sets the state of an agent who is there; the agent sees who did, and so does the audit', async () => {
    expect((await force({ state: 'not-ready', reason: 'Lunch' })).body.code).toBe('AGENT_LOGGED_OUT');
    await choose({ state: 'ready' });
    expect((await force({ state: 'not-ready', reason: 'Lunch' })).body).toMatchObject({ setBy: 'sue' });
    expect((await call('GET', 'agents/me/state', ann)).body).toMatchObject({ state: 'not-ready', setBy: 'sue' });
    expect(api.actors.agentStates.at(-1)).toMatchObject(['default', { setBy: 'sue' }]);
    expect((await choose({ state: 'ready' })).body.setBy).toBeUndefined();
    const { entries } = { entries: (await api.deps.audit.list({ action: 'agent.state-set' }, { limit: 5 })).items };
    expect(entries).toMatchObject([{ by: 'sue', subject: { username: 'ann', state: 'not-ready' } }]);
  });

  it('whom a team names sees its people and their chats, and nobody else’s', async () => {
    conversations.records = [
      record({ conversationId: 'ours' }),
      record({ conversationId: 'theirs', servedBy: ['bob'], service: 'other' }),
    ];
    expect((await call('GET', 'conversations/theirs', sue)).status).toBe(200);
    await api.apply([{ kind: 'team', name: 'blue', members: ['ann'], supervisors: ['sue'], services: [] }]);
    expect((await call('GET', 'conversations/ours', sue)).status).toBe(200);
    expect((await call('GET', 'conversations/theirs', sue)).status).toBe(404);
    await api.apply([{ kind: 'team', name: 'blue', members: [], supervisors: ['sue'], services: [] }]);
    expect((await call('GET', 'conversations/ours', sue)).status).toBe(404);
    expect((await force({ state: 'logged-out' })).status).toBe(404);
  });
});

describe('a team', () => {
  it('gives its members the skills of the services that it serves', async () => {
    await api.apply([
      { kind: 'team', name: 'blue', members: ['ann'], supervisors: [], services: [{ service: 'support', level: 60 }] },
    ]);
    const [, configuration] = api.actors.configurations.findLast(([group]) => group === 'default') ?? [];
    expect(configuration?.agents).toMatchObject([{ username: 'ann', skills: { support: 80, billing: 60 } }]);
  });
});

describe('picking from the queue', () => {
  it('needs the privilege, and room', async () => {
    conversations.records = [record({ state: 'queued', servedBy: [] })];
    expect((await pick('1')).status).toBe(403);
    await api.apply([{ kind: 'user', username: 'ann', role: 'agent', skills: { support: 80 }, privileges: ['pick'] }]);
    expect((await pick('2')).body.code).toBe('AGENT_NOT_FREE');
    const counts = { chats: 0, slots: 2, afterWork: 0, loadPercent: 0, since: 0, expectedWaitMs: 0 };
    api.actors.agentStatuses.set('ann', { state: 'ready', reason: '', ...counts });
    expect((await pick('3')).status).toBe(200);
    expect(api.actors.commands.at(-1)).toMatchObject({ type: 'pick', agent: { username: 'ann' } });
  });
});

describe('wrapping up', () => {
  const body = { clientId: 'w1', disposition: 'Solved', note: 'all well', followUpAt: '2026-12-01T09:00:00.000Z' };

  beforeEach(async () => {
    conversations.records = [record()];
    const found = { conversationId: 'c1', requestId: 'find:1', agent: 'ann', group: 'default', reason: '' };
    await createRoutingRepository(api.db).recordDecisions([{ ...found, id: 'd1', at: 1, outcome: 'reserved' }]);
  });

  it('is kept once by the agent’s stretch, also after the end, and ends the time for it', async () => {
    const first = await wrapUp(body);
    expect(first.body).toMatchObject({ segment: 'find:1', agent: 'ann', disposition: 'Solved', note: 'all well' });
    expect((await wrapUp(body)).body).toEqual(first.body);
    expect(api.actors.afterWork).toEqual([
      ['default', { username: 'ann', conversationId: 'c1', change: { type: 'done' } }],
    ]);
    const { wrapUps, dispositions } = (await call('GET', 'conversations/c1/wrap-up', sue)).body;
    expect(wrapUps).toHaveLength(1);
    expect(dispositions).toEqual([{ name: 'Solved', folder: 'Good' }]);
  });

  it('is refused without a disposition where one is required, with a hidden one, and by somebody else', async () => {
    for (const disposition of [undefined, 'Old', 'Nope']) {
      const refused = await wrapUp({ clientId: `x${disposition}`, ...(disposition && { disposition }) });
      expect([refused.status, refused.body.details[0].path]).toEqual([400, 'disposition']);
      expect(refused.body.details[0].remedy).toContain('Solved');
    }
    const other = await call('POST', 'conversations/c1/wrap-up', sue, { ...body, clientId: 'w2' });
    expect(other.body.code).toBe('NOT_YOUR_CONVERSATION');
  });

  it('is done as well by a supervisor who took the chat over without a slot', async () => {
    const segments = [{ number: 2, agent: 'sue', from: 1000, to: 2000 }];
    conversations.records = [record({ servedBy: ['ann', 'sue'], segments })];
    const { body: kept } = await call('POST', 'conversations/c1/wrap-up', sue, { ...body, clientId: 'w3' });
    expect(kept).toMatchObject({ segment: 'c1:no-slot', agent: 'sue', disposition: 'Solved' });
    conversations.records = [record({ servedBy: ['ann', 'sue'] })];
    const looked = await call('POST', 'conversations/c1/wrap-up', sue, { ...body, clientId: 'w4' });
    expect(looked.body.code).toBe('NOT_YOUR_CONVERSATION');
  });

  it('gets more time three times, while there is any', async () => {
    const extend = (clientId: string) => call('POST', 'conversations/c1/wrap-up/extend', ann, { clientId });
    expect((await extend('e0')).body.code).toBe('WRAP_UP_OVER');
    const time = { conversationId: 'c1', requestId: 'find:1', username: 'ann', since: 1000, until: 91_000 };
    const wrapUps = createWrapUpsRepository(api.db);
    await wrapUps.recordAfterWork(time);
    expect((await call('GET', 'agents/me/wrap-ups', ann)).body.items).toHaveLength(1);
    expect((await extend('e1')).body.until).toBe('1970-01-01T00:02:01.000Z');
    await extend('e2');
    await extend('e3');
    expect((await extend('e4')).body.code).toBe('WRAP_UP_OVER');
    await wrapUps.recordAfterWork({ ...time, ended: { at: 91_000, by: 'timeout' } });
    expect((await call('GET', 'agents/me/wrap-ups', ann)).body.items).toEqual([]);
    const [kept] = (await call('GET', 'conversations/c1/wrap-up', ann)).body.wrapUps;
    expect(kept.afterWork).toMatchObject({ endedBy: 'timeout' });
  });
});

describe('why a conversation waits', () => {
  it('is told in sentences, with every decision', async () => {
    conversations.records = [record({ state: 'queued', servedBy: [] })];
    const asked = { skills: [{ name: 'support', minLevel: 30 }], anySkillOf: [] };
    const now = Date.now();
    api.actors.explanations.set('c1', {
      group: 'default',
      waiting: {
        position: 2,
        waiting: 3,
        priority: 1,
        agedPriority: 4,
        queuedAt: now - 60_000,
        ewtMs: 90_000,
        ...asked,
        widensAt: now + 20_000,
      },
      agents: [
        { username: 'ann', name: 'Ann', verdict: 'slots-taken', chats: 2, slots: 2 },
        { username: 'bob', name: 'Bob', verdict: 'not-ready', chats: 0, slots: 1, reason: 'Lunch' },
      ],
      held: [],
    });
    const { sentences, waiting } = (await call('GET', 'conversations/c1/routing', ann)).body;
    expect(waiting).toMatchObject({ position: 2, agedPriority: 4 });
    expect(sentences.join(' ')).toMatch(
      /position 2 of 3.*priority 4 \(1 and 3 by waiting\).*support \(from level 30\).*widens in \d+s.*Ann \(2 of 2\).*Bob \(Lunch\)/,
    );
  });
});
