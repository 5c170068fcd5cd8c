import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ensureConversationIndexes } from '../../adapters/mongo/conversations-repository.ts';
import { createReadModel } from '../../adapters/mongo/read-model.ts';
import { createServiceWatch, SERVICES_WATCH_TICK_MS, watchServices } from '../../api/supervision/watch-services.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import { aConversation } from './support/fake-conversations.ts';
import { ADMIN_TOKEN, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

const NOON = Date.UTC(2026, 4, 4, 12);
const ann = { username: 'ann', name: 'Ann' };

let api: TestApi;
let sue: string;
let now = NOON;
let revision = 0;

beforeAll(async () => {
  api = await startApi(() => ({ now: () => now }));
  await ensureConversationIndexes(api.db);
  const service = { kind: 'service', skills: ['support', 'billing'] } as const;
  await api.apply([
    ...smallConfiguration().filter(({ kind }) => kind !== 'service'),
    { ...service, name: 'support', serviceLevel: { percent: 90, within: '30s' } },
    { ...service, name: 'sales' },
  ]);
  sue = await api.logIn('sue');
});
afterAll(() => api.stop());
beforeEach(async () => {
  now = NOON;
  await api.db.collection('alerts').deleteMany({});
  await api.db.collection('conversations').deleteMany({});
});

async function record(conversation: Partial<ConversationRecord>): Promise<void> {
  const { conversations } = createReadModel(api.db, () => now);
  revision += 1;
  await conversations.record(
    aConversation({ revision, startedAt: NOON, queuedAt: NOON, service: 'support', ...conversation }),
  );
}

const watch = (): Promise<void> => watchServices(api.deps);
const list = async (query = '', token = sue) =>
  (await api.call('GET', `/api/v1/alerts?about=services${query}`, { token })).body.items;
const acknowledge = (id: string, token = sue) =>
  api.call('POST', `/api/v1/alerts/${encodeURIComponent(id)}/acknowledge`, { token });

describe('alerts of supervisors', () => {
  it('tell of a service whose customers wait twice as long as its target, until none does', async () => {
    await record({ conversationId: 'late', psid: 'a', state: 'queued' });
    now = NOON + 59_000;
    await watch();
    expect(await list()).toEqual([]);
    now = NOON + 60_000;
    await watch();
    await watch();
    expect(await list('&state=open')).toMatchObject([
      { kind: 'long-wait', group: 'default', service: 'support', count: 1, remedy: expect.stringContaining('assign') },
    ]);
    await record({ conversationId: 'late', psid: 'a', state: 'connected', agent: ann });
    await watch();
    expect(await list('&state=open')).toEqual([]);
    expect(await list('&state=resolved')).toMatchObject([{ kind: 'long-wait', resolvedAt: expect.any(String) }]);
  });

  it('hold each service against its own target', async () => {
    await record({ conversationId: 'sold', psid: 'b', state: 'queued', service: 'sales' });
    now = NOON + 119_000;
    await watch();
    expect(await list()).toEqual([]);
    now = NOON + 120_000;
    await watch();
    expect(await list()).toMatchObject([{ service: 'sales' }]);
  });

  it('are told once by two processes, and taken back by one that began after', async () => {
    await record({ conversationId: 'late', psid: 'a', state: 'queued' });
    now = NOON + 60_000;
    await Promise.all([watch(), watch()]);
    expect(await list('&state=open')).toHaveLength(1);
    await record({ conversationId: 'late', psid: 'a', state: 'ended', endedAt: now });
    await watchServices({ ...api.deps });
    expect(await list('&state=open')).toEqual([]);
  });

  it('are looked for by one process at a time', async () => {
    let looks = 0;
    const openConversations = {
      ...api.deps.openConversations,
      listOpen: async () => {
        looks += 1;
        return [];
      },
    };
    const watches = [1, 2].map(() => createServiceWatch({ ...api.deps, openConversations }));
    await Promise.all(watches.map((each) => each.tick()));
    expect(looks).toBe(1);
    now += SERVICES_WATCH_TICK_MS;
    await watches[1]?.tick();
    expect(looks).toBe(2);
  });

  it('are taken up by one person, whom the others see, and by nobody yet when the same matter comes again', async () => {
    await record({ conversationId: 'late', psid: 'a', state: 'queued' });
    now = NOON + 60_000;
    await watch();
    const [{ id }] = await list();
    expect((await acknowledge(id)).body).toMatchObject({
      state: 'open',
      acknowledged: { by: 'sue', at: new Date(now).toISOString() },
    });
    now += 1000;
    expect((await acknowledge(id, ADMIN_TOKEN)).body.acknowledged.by).toBe('sue');
    await record({ conversationId: 'late', psid: 'a', state: 'connected', agent: ann });
    await watch();
    await record({ conversationId: 'later', psid: 'b', state: 'queued' });
    await watch();
    const [again] = await list('&state=open');
    expect(again).toMatchObject({ id, count: 1 });
    expect(again).not.toHaveProperty('acknowledged');
    expect((await acknowledge('none')).status).toBe(404);
  });

  it('leave out what is the matter with Pages, which is for operators', async () => {
    await api.deps.alerts.tell({ pageId: 'page-1', kind: 'token', message: 'The token is dead.' });
    await api.deps.alerts.tell({ group: 'default', kind: 'nobody-ready', message: 'Nobody is ready.' });
    expect(await list()).toMatchObject([{ kind: 'nobody-ready' }]);
    expect((await api.call('GET', '/api/v1/alerts', { token: ADMIN_TOKEN })).body.items).toHaveLength(2);
  });
});
