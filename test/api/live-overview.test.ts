import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureConversationIndexes } from '../../adapters/mongo/conversations-repository.ts';
import { createReadModel } from '../../adapters/mongo/read-model.ts';
import { createDayRecords } from '../../api/supervision/day-records.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import { aConversation } from './support/fake-conversations.ts';
import { smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

const NOW = Date.UTC(2026, 4, 4, 14);
const MINUTE = 60_000;
const ann = { username: 'ann', name: 'Ann' };

let api: TestApi;
let sue: string;

beforeAll(async () => {
  api = await startApi(() => ({ now: () => NOW }));
  await ensureConversationIndexes(api.db);
  const service = { kind: 'service', name: 'support', skills: ['support', 'billing'] } as const;
  await api.apply([
    ...smallConfiguration().filter(({ kind }) => kind !== 'service'),
    { ...service, serviceLevel: { percent: 90, within: '30s' } },
    { kind: 'service', name: 'sales', skills: ['selling'] },
  ]);
  sue = await api.logIn('sue');
  await record([
    { conversationId: 'waits', psid: 'a', state: 'queued', queuedAt: NOW - 2 * MINUTE, routedBy: ['default'] },
    {
      conversationId: 'offered',
      psid: 'b',
      state: 'offered',
      queuedAt: NOW - 3 * MINUTE,
      offer: { offerId: 'o', agent: 'ann', expiresAt: NOW + 9000 },
    },
    {
      conversationId: 'talks',
      psid: 'c',
      state: 'connected',
      agent: ann,
      queuedAt: NOW - 20 * MINUTE,
      acceptedAt: NOW - 20 * MINUTE + 10_000,
      helpFlag: { by: ann, at: NOW, reason: 'a refund' },
    },
    {
      conversationId: 'late',
      psid: 'd',
      state: 'ended',
      queuedAt: NOW - 60 * MINUTE,
      acceptedAt: NOW - 58 * MINUTE,
      endedAt: NOW - 50 * MINUTE,
      segments: [{ number: 1, agent: 'ann', from: NOW - 58 * MINUTE, to: NOW - 52 * MINUTE }],
    },
    { conversationId: 'left', psid: 'e', state: 'ended', queuedAt: NOW - 40 * MINUTE, endedAt: NOW - 39 * MINUTE },
    { conversationId: 'yesterday', psid: 'f', state: 'ended', queuedAt: NOW - 2000 * MINUTE, endedAt: NOW },
  ]);
  api.actors.desks.set('default', {
    group: 'default',
    agents: [
      {
        username: 'ann',
        verdict: 'slots-taken',
        status: {
          state: 'busy',
          reason: '',
          chats: 1,
          slots: 2,
          afterWork: 1,
          loadPercent: 100,
          since: NOW - MINUTE,
          expectedWaitMs: 0,
        },
      },
    ],
    services: [{ name: 'support', waiting: 1, oldestWaitingMs: 120_000, agentsLoggedIn: 1, agentsReady: 0 }],
  });
  api.actors.explanations.set('waits', {
    group: 'default',
    waiting: {
      position: 1,
      waiting: 1,
      priority: 50,
      agedPriority: 51,
      queuedAt: NOW - 2 * MINUTE,
      ewtMs: 30_000,
      skills: [{ name: 'billing', minLevel: 20 }],
      anySkillOf: [],
    },
    agents: [],
    held: [],
  });
});
afterAll(() => api.stop());

async function record(all: Partial<ConversationRecord>[]): Promise<void> {
  const { conversations } = createReadModel(api.db, () => NOW);
  for (const each of all) {
    const { state = 'queued', psid = '' } = each;
    await conversations.record(aConversation({ state, psid, startedAt: NOW - 70 * MINUTE, ...each }));
    api.conversations.records.push(aConversation(each));
  }
}

const overview = async (token = sue) => (await api.call('GET', '/api/v1/live-overview', { token })).body;

describe('the live overview', () => {
  it('counts how each service stands, and its day against its target', async () => {
    const [sales, support] = (await overview()).services.toSorted((one: { name: string }, other: { name: string }) =>
      one.name < other.name ? -1 : 1,
    );
    expect(support).toEqual({
      name: 'support',
      group: 'default',
      target: { percent: 90, withinMs: 30_000 },
      now: {
        waiting: 2,
        waitingSince: new Date(NOW - 3 * MINUTE).toISOString(),
        inChat: 1,
        agentsReady: 0,
        agentsLoggedIn: 1,
      },
      // Of the three who were taken or gave up one was taken in time.
      day: { inTimePercent: 33, gaveUp: 1, handled: 1, averageHandleMs: 6 * MINUTE },
    });
    expect(sales).toMatchObject({
      target: { percent: 80, withinMs: 60_000 },
      now: { waiting: 0, inChat: 0 },
      day: { gaveUp: 0, handled: 0 },
    });
  });

  it('shows who is logged in, with what they have and where they ask for help', async () => {
    const { agents, agentsInAll } = await overview();
    expect(agents).toEqual([
      {
        username: 'ann',
        name: 'Ann',
        state: 'busy',
        since: new Date(NOW - MINUTE).toISOString(),
        chats: 2,
        slots: 2,
        services: ['support'],
        flags: 1,
      },
    ]);
    expect(agentsInAll).toBe(1);
  });

  it('lists who waits, the longest first, with whom they are offered to or why they wait', async () => {
    const { queue, waiting } = await overview();
    expect(waiting).toBe(2);
    expect(queue).toMatchObject([
      { conversation: { id: 'offered' }, offer: { agent: ann, expiresAt: new Date(NOW + 9000).toISOString() } },
      {
        conversation: { id: 'waits' },
        why: { position: 1, ewtMs: 30_000, skills: [{ name: 'billing', minLevel: 20 }] },
      },
    ]);
  });

  it('reads a day once for all who look at the same within five seconds, and again after a failure', async () => {
    let [at, readings] = [0, 0];
    const listQueuedSince = createDayRecords({
      now: () => at,
      openConversations: {
        listOpen: async () => [],
        async listQueuedSince() {
          readings += 1;
          if (readings === 2) throw new Error('away');
          return [];
        },
      },
    });
    await Promise.all([listQueuedSince(1, {}), listQueuedSince(1, {})]);
    expect(readings).toBe(1);
    await expect(listQueuedSince(2, {})).rejects.toThrow('away');
    await listQueuedSince(2, {});
    expect(readings).toBe(3);
    at = 5000;
    await listQueuedSince(1, {});
    expect(readings).toBe(4);
  });

  it('gives the chats of one agent to who looks after them', async () => {
    const chats = await api.call('GET', '/api/v1/agents/ann/chats', { token: sue });
    expect(chats.body.items).toMatchObject([{ id: 'talks', helpFlag: { reason: 'a refund' } }]);
    expect((await api.call('GET', '/api/v1/agents/nobody/chats', { token: sue })).status).toBe(404);
  });

  it('has a waiting customer served earlier by another priority, and audits it', async () => {
    api.actors.answer = () => ({ conversationId: 'waits' });
    const call = (priority: number) =>
      api.call('POST', '/api/v1/conversations/waits/priority', { token: sue, body: { clientId: 'k-1', priority } });
    expect((await call(101)).status).toBe(400);
    expect((await call(80)).status).toBe(200);
    expect(api.actors.commands.at(-1)).toMatchObject({ type: 'prioritize', priority: 80 });
    const audit = await api.call('GET', '/api/v1/audit', { token: await api.logIn('adam') });
    expect(audit.body.items).toContainEqual(expect.objectContaining({ action: 'conversation.prioritized' }));
  });
});
