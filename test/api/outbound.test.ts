import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createReadModel } from '../../adapters/mongo/read-model.ts';
import { openWindow } from '../../contracts/messenger-policy.ts';
import { aConversation } from './support/fake-conversations.ts';
import { ADMIN_TOKEN, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

const HOUR = 3_600_000;
const nadia = { pageId: 'page-1', psid: 'customer-1' };

let api: TestApi;
let ann: string;
let contactId: string;

beforeAll(async () => {
  api = await startApi();
  await api.apply([
    ...smallConfiguration().filter(({ kind }) => kind !== 'service'),
    { kind: 'service', name: 'support', skills: ['support', 'billing'], account: 'shop' },
    { kind: 'service', name: 'press', skills: ['press'] },
  ]);
  ann = await api.logIn('ann');
  contactId = (await api.deps.people.contacts.recognise(nadia, { firstName: 'Nadia' }, 1)).id;
});
afterAll(() => api.stop());
beforeEach(async () => {
  api.conversations.records = [];
  api.actors.begun = [];
  api.actors.onBegin = ({ conversationId }) => {
    api.conversations.records.push(aConversation({ conversationId, startedAt: Date.now() }));
  };
  const counts = { chats: 0, slots: 2, afterWork: 0, loadPercent: 0, since: 0, expectedWaitMs: 0 };
  api.actors.agentStatuses.set('ann', { state: 'ready', reason: '', ...counts });
  await api.db.collection('command-results').deleteMany({});
  await api.db.collection('customers').deleteMany({});
  await wroteBefore(HOUR);
});

async function wroteBefore(ms: number): Promise<void> {
  await api.db.collection('customers').deleteMany({});
  const window = openWindow(undefined, { kind: 'message', at: Date.now() - ms });
  await api.db.collection('customers').insertOne({ _id: 'page-1:customer-1' as never, window });
}

const begin = (clientId: string, body: object = {}) =>
  api.call('POST', `/api/v1/contacts/${contactId}/conversations`, {
    token: ann,
    body: { clientId, service: 'support', text: 'Your lamp is here', ...body },
  });
const reopen = (clientId: string, body: object = {}) =>
  api.call('POST', '/api/v1/conversations/c-1/reopen', { token: ann, body: { clientId, ...body } });
const change = (body: object) => api.call('PATCH', '/api/v1/accounts/shop', { token: ADMIN_TOKEN, body });

describe('writing first', () => {
  it('begins a conversation from the account of the service, once for a client id', async () => {
    const first = await begin('k-1');
    expect(first.status).toBe(200);
    expect(await begin('k-1')).toMatchObject({ status: 200, body: first.body });
    expect(api.actors.begun).toEqual([
      [
        nadia,
        {
          conversationId: first.body.conversationId,
          agent: { username: 'ann', name: 'Ann' },
          agentGroup: 'default',
          service: 'support',
          text: 'Your lamp is here',
          attachments: [],
        },
      ],
    ]);
    expect((await begin('k-1', { text: 'Other words' })).body.details[0].path).toBe('clientId');
  });

  it('is answered with the same conversation where a worker comes late and the call is repeated', async () => {
    const { onBegin } = api.actors;
    api.actors.onBegin = () => undefined;
    expect((await begin('k-late')).body.code).toBe('SERVICE_UNAVAILABLE');
    const [[, beginning]] = api.actors.begun as [[unknown, Parameters<typeof onBegin>[0]]];
    onBegin(beginning);
    expect((await begin('k-late')).body).toEqual({ conversationId: beginning.conversationId });
    expect(api.actors.begun).toHaveLength(1);
  });

  it('is refused with the reason where the window is closed; within seven days it needs the tag', async () => {
    await wroteBefore(48 * HOUR);
    expect((await begin('w-1')).status).toBe(200);
    api.conversations.records = [];
    await change({ humanAgent: false });
    const refused = await begin('w-2');
    expect([refused.body.code, refused.body.message]).toEqual([
      'WINDOW_CLOSED',
      expect.stringContaining('Human Agent'),
    ]);
    await change({ humanAgent: null });
    await wroteBefore(8 * 24 * HOUR);
    expect((await begin('w-3')).body).toMatchObject({
      code: 'WINDOW_CLOSED',
      message: expect.stringContaining('7 days'),
    });
    await api.db.collection('customers').deleteMany({});
    expect((await begin('w-4')).body.code).toBe('WINDOW_CLOSED');
    expect(api.actors.begun).toHaveLength(1);
  });

  it('is refused while the customer talks with another app, and not for what the Page once said by itself or in its Inbox', async () => {
    const wroteAt = Date.now() - HOUR;
    const readModel = createReadModel(api.db, Date.now);
    const wrote = { key: 'm-1', conversationId: 'c-1', seq: 1, kind: 'message' as const, attachments: [], at: wroteAt };
    await readModel.messages.recordInbound(nadia, wrote);
    const said = async (after: number, pausedFor?: number): Promise<string> => {
      await wroteBefore(HOUR);
      const at = wroteAt + after;
      const pause = pausedFor === undefined ? {} : { pausedUntil: at + pausedFor };
      await readModel.customers.recordThreadOwner(nadia, { owner: 'other-app', by: 'echo', at, ...pause });
      api.conversations.records = [];
      const { status, body } = await begin(`t-${after}-${pausedFor}`);
      return status === 200 ? 'begun' : body.code;
    };
    expect({
      'an instant reply': await said(300),
      'a person in the Page Inbox': await said(60_000),
      'a person there before the customer wrote to us again': await said(-60_000),
      'a pause that is over': await said(60_000, HOUR / 2),
      'a pause that goes on': await said(60_000, 2 * HOUR),
    }).toEqual({
      'an instant reply': 'begun',
      'a person in the Page Inbox': 'CUSTOMER_UNREACHABLE',
      'a person there before the customer wrote to us again': 'begun',
      'a pause that is over': 'begun',
      'a pause that goes on': 'CUSTOMER_UNREACHABLE',
    });
  });

  it('is refused while a conversation is open, to who is blocked, and for a service that begins no chats', async () => {
    api.conversations.records = [aConversation({ conversationId: 'c-open' })];
    const open = await begin('r-1');
    expect([open.body.code, open.body.details[0].message]).toEqual([
      'CONVERSATION_OPEN',
      expect.stringContaining('c-open'),
    ]);
    api.conversations.records = [];
    await api.call('PUT', `/api/v1/contacts/${contactId}/block`, { token: ann, body: {} });
    expect((await begin('r-2')).body.code).toBe('CUSTOMER_UNREACHABLE');
    await api.call('DELETE', `/api/v1/contacts/${contactId}/block`, { token: ann });
    expect((await begin('r-3', { service: 'press' })).body.details[0].path).toBe('service');
    api.actors.agentStatuses.clear();
    expect((await begin('r-4')).body.code).toBe('AGENT_LOGGED_OUT');
    expect((await begin('r-5', { text: ' ' })).status).toBe(400);
    expect(api.actors.begun).toEqual([]);
  });
});

describe('re-opening', () => {
  it('begins a new one on the same Page for the same service, linked to the ended one', async () => {
    api.conversations.records = [aConversation({ state: 'ended' })];
    const { status, body } = await reopen('k-1');
    expect(status).toBe(200);
    expect(api.actors.begun).toMatchObject([
      [nadia, { conversationId: body.conversationId, service: 'support', text: '', previousConversationId: 'c-1' }],
    ]);
  });

  it('is refused while it is open, and for one that the agent may not see', async () => {
    api.conversations.records = [aConversation()];
    expect((await reopen('k-2')).body.code).toBe('CONVERSATION_OPEN');
    api.conversations.records = [aConversation({ state: 'ended', group: 'other' })];
    expect((await reopen('k-3')).body.code).toBe('CONVERSATION_NOT_FOUND');
  });
});
