import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import { createReadModel } from '../../adapters/mongo/read-model.ts';
import { ADMIN_TOKEN, PASSWORD, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';
import { until } from '../support/until.ts';

const ann = { kind: 'user', username: 'ann', role: 'agent', skills: { support: 1 }, password: PASSWORD };

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
  await api.apply(smallConfiguration());
});
afterEach(() => api.stop());

async function idOfAnn(): Promise<string> {
  const { body } = await api.call('GET', '/api/v1/users', { token: ADMIN_TOKEN });
  return body.items.find(({ username }: { username: string }) => username === 'ann').id;
}

/** Somebody leaves, and later somebody else gets the name. */
async function replaceAnn(): Promise<void> {
  expect((await api.call('DELETE', '/api/v1/users/ann', { token: ADMIN_TOKEN })).status).toBe(204);
  api.clock.aheadMs += 1000;
  expect((await api.apply([ann])).status).toBe(200);
}

function served(): ConversationRecord {
  const place = { conversationId: 'c-1', pageId: 'page-1', psid: 'p', workflowId: 'w', revision: 1 };
  const group = { group: 'sales', servedBy: ['ann'], entry: 'front-door', service: 'support' };
  return { ...place, ...group, state: 'ended', owner: 'scenario', startedAt: api.deps.now() };
}

describe('the id of a user', () => {
  it('stays whatever is changed of them, and is another one for whoever gets the name later', async () => {
    const id = await idOfAnn();
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    await api.apply([{ ...ann, slots: 9, password: 'a quite different sentence' }]);
    await api.call('PATCH', '/api/v1/users/ann', { token: ADMIN_TOKEN, body: { name: 'Anna' } });
    expect(await idOfAnn()).toBe(id);
    await replaceAnn();
    expect(await idOfAnn()).not.toBe(id);
  });

  it('is their name for those who were there before there were ids, and stays it', async () => {
    await api.db.collection('users').updateOne({ _id: 'ann' as never }, { $unset: { id: '', createdAt: '' } });
    await api.call('PATCH', '/api/v1/users/ann', { token: ADMIN_TOKEN, body: { slots: 3 } });
    expect(await idOfAnn()).toBe('ann');
  });
});

describe('whoever gets the name of a deleted user', () => {
  it('sees no conversation that the other one served', async () => {
    const record = served();
    api.deps.conversations.findConversation = async () => record;
    const read = async (token: string) => (await api.call('GET', '/api/v1/conversations/c-1', { token })).status;
    expect(await read(await api.logIn('ann'))).toBe(200);
    await replaceAnn();
    expect(await read(await api.logIn('ann'))).toBe(404);
  });

  it('finds none of them in the list', async () => {
    const repository = createReadModel(api.db, Date.now).conversations;
    await repository.record(served());
    api.deps.conversations.listConversations = (...asked) => repository.listConversations(...asked);
    const list = async () => {
      const { body } = await api.call('GET', '/api/v1/conversations', { token: await api.logIn('ann') });
      return body.items.map(({ id }: { id: string }) => id);
    };
    expect(await list()).toEqual(['c-1']);
    await replaceAnn();
    expect(await list()).toEqual([]);
  });

  it('has no session of theirs, also of a log-in that came in beside the deletion', async () => {
    const token = await api.logIn('ann');
    const stored = await api.db.collection('sessions').findOne({ username: 'ann' });
    await replaceAnn();
    if (stored) await api.db.collection('sessions').insertOne(stored);
    expect((await api.call('GET', '/api/v1/agents/me/state', { token })).status).toBe(401);
  });

  it('has not chosen what they chose', async () => {
    await api.call('PUT', '/api/v1/agents/me/state', { token: await api.logIn('ann'), body: { state: 'ready' } });
    await replaceAnn();
    const { body } = await api.call('GET', '/api/v1/agents/me/state', { token: await api.logIn('ann') });
    expect(body.state).toBe('logged-out');
  });

  it('is told apart in the audit', async () => {
    await api.logIn('ann');
    await replaceAnn();
    await api.logIn('ann');
    const id = await idOfAnn();
    const [later, earlier] = await until('the second log-in in the audit', async () => {
      const { body } = await api.call('GET', '/api/v1/audit?action=session.opened', { token: ADMIN_TOKEN });
      return body.items[0]?.userId === id ? body.items : undefined;
    });
    expect([later.by, earlier.by]).toEqual(['ann', 'ann']);
    expect(later.userId).not.toBe(earlier.userId);
  });
});
