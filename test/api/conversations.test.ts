import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../contracts/app-error.ts';
import { aConversation } from './support/fake-conversations.ts';
import { smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;
let ann: string;
let bob: string;
let sue: string;

beforeAll(async () => {
  api = await startApi();
  await api.apply([
    ...smallConfiguration(),
    { kind: 'service', name: 'sales', skills: ['sales'], group: 'sales' },
    { kind: 'user', username: 'bob', role: 'agent', skills: { sales: 50 }, password: 'correct horse battery' },
  ]);
  [ann, bob, sue] = [await api.logIn('ann'), await api.logIn('bob'), await api.logIn('sue')];
});
afterAll(() => api.stop());
beforeEach(async () => {
  api.conversations.records = [aConversation()];
  api.conversations.messages.clear();
  api.actors.commands.length = 0;
  api.actors.isAway = false;
  api.actors.answer = ({ conversationId }) => ({ conversationId });
  await api.db.collection('command-results').deleteMany({});
});

const post = (token: string, command: string, body: object) =>
  api.call('POST', `/api/v1/conversations/c-1/${command}`, { token, body });

describe('a conversation', () => {
  it('is shown in the shape that scripts rely on', async () => {
    const { body } = await api.call('GET', '/api/v1/conversations/c-1', { token: ann });
    expect(body).toEqual({
      id: 'c-1',
      pageId: 'page-1',
      account: 'shop',
      psid: 'customer-1',
      customer: { name: '' },
      chat: { unread: 0 },
      state: 'connected',
      owner: 'agent',
      scenario: { name: 'tiny', version: 'a'.repeat(64) },
      block: 'talk',
      entry: 'front-door',
      service: 'support',
      startedAt: '2026-01-01T00:00:00.000Z',
      cases: [],
    });
  });

  it('shows what its scenario noted, the last chat that ended and when an offer is taken by itself', async () => {
    const at = Date.UTC(2026, 0, 1);
    api.conversations.records = [
      aConversation({
        annotations: {
          disposition: { name: 'sold' },
          attachedData: [{ name: 'order.no', value: '17' }],
          log: [{ at, level: 'info', text: 'came' }],
        },
        chatEnd: { agent: 'ann', cause: 'inactivity', at },
        state: 'offered',
        offer: { offerId: 'c-1:2', agent: 'ann', expiresAt: Date.now() + 60_000, autoAnswerAt: at },
      }),
    ];
    const { body } = await api.call('GET', '/api/v1/conversations/c-1', { token: ann });
    expect(body).toMatchObject({
      annotations: {
        disposition: { name: 'sold' },
        attachedData: { 'order.no': '17' },
        log: [{ at: '2026-01-01T00:00:00.000Z', level: 'info', text: 'came' }],
      },
      chatEnd: { agent: 'ann', cause: 'inactivity', at: '2026-01-01T00:00:00.000Z' },
    });
    const offers = (await api.call('GET', '/api/v1/agents/me/offers', { token: ann })).body.items;
    expect(offers).toMatchObject([{ offerId: 'c-1:2', autoAnswerAt: '2026-01-01T00:00:00.000Z' }]);
  });

  it('is hidden from agents of another group, unless they served it', async () => {
    const read = () => api.call('GET', '/api/v1/conversations/c-1', { token: bob });
    expect((await read()).body.code).toBe('CONVERSATION_NOT_FOUND');
    api.conversations.records = [aConversation({ servedBy: ['bob'], startedAt: Date.now() })];
    expect((await read()).status).toBe(200);
  });

  it('is shown to supervisors whatever its group, also unrouted', async () => {
    const { scenario: _scenario, group: _group, block: _block, ...unrouted } = aConversation({ state: 'unrouted' });
    api.conversations.records = [unrouted];
    const { body } = await api.call('GET', '/api/v1/conversations/c-1', { token: sue });
    expect(body).toMatchObject({ state: 'unrouted', scenario: null, block: null });
  });

  it('is found by Page and customer, newest first, page by page', async () => {
    api.conversations.records = [1, 2, 3].map((n) =>
      aConversation({ conversationId: `c-${n}`, startedAt: Date.UTC(2026, 0, n) }),
    );
    const list = (query: string) => api.call('GET', `/api/v1/conversations?pageId=page-1&${query}`, { token: ann });
    const first = (await list('psid=customer-1&limit=2')).body;
    const second = (await list(`psid=customer-1&limit=2&cursor=${first.next}`)).body;
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(['c-3', 'c-2', 'c-1']);
    expect(second.next).toBeNull();
    expect((await list('psid=nobody')).body).toEqual({ items: [], next: null });
  });

  it('refuses unknown filters by name', async () => {
    const { status, body } = await api.call('GET', '/api/v1/conversations?custommer=x', { token: ann });
    expect([status, body.code, body.details[0].path]).toEqual([400, 'REQUEST_INVALID', 'querystring.custommer']);
  });

  it('has a transcript, oldest first', async () => {
    const author = { kind: 'customer' as const };
    api.conversations.messages.set('c-1', [
      { id: 'a', mid: 'm1', direction: 'in', author, text: 'hi', attachments: [], at: 1000 },
      {
        id: 'b',
        direction: 'out',
        author: { kind: 'scenario' },
        text: 'yo',
        attachments: [],
        at: 2000,
        status: 'queued',
      },
    ]);
    const { body } = await api.call('GET', '/api/v1/conversations/c-1/messages', { token: ann });
    expect(body).toEqual({
      items: [
        { id: 'a', mid: 'm1', direction: 'in', author, text: 'hi', attachments: [], at: '1970-01-01T00:00:01.000Z' },
        {
          id: 'b',
          mid: null,
          direction: 'out',
          author: { kind: 'scenario' },
          text: 'yo',
          attachments: [],
          at: '1970-01-01T00:00:02.000Z',
          status: 'queued',
        },
      ],
      next: null,
    });
  });
});

describe('offers', () => {
  it('are those for me that have not run out', async () => {
    const offer = { offerId: 'c-1:1', agent: 'ann', expiresAt: Date.now() + 10_000 };
    api.conversations.records = [
      aConversation({ state: 'offered', offer }),
      aConversation({ conversationId: 'c-2', state: 'offered', offer: { ...offer, expiresAt: 1 } }),
    ];
    const { body } = await api.call('GET', '/api/v1/agents/me/offers', { token: ann });
    const expiresAt = new Date(offer.expiresAt).toISOString();
    expect(body.items).toEqual([expect.objectContaining({ offerId: 'c-1:1', conversationId: 'c-1', expiresAt })]);
    expect((await api.call('GET', '/api/v1/agents/me/offers', { token: sue })).body.items).toEqual([]);
  });
});

describe('a command', () => {
  it('reaches the actor with who asks and an id of the client of this user', async () => {
    expect(await post(ann, 'accept', { clientId: 'k1', offerId: 'c-1:1' })).toMatchObject({
      status: 200,
      body: { conversationId: 'c-1' },
    });
    const userId = (await api.deps.configuration.get()).user('ann')?.id;
    expect(api.actors.commands).toEqual([
      {
        type: 'accept',
        offerId: 'c-1:1',
        conversationId: 'c-1',
        clientId: `${String(userId)}:k1`,
        contentHash: expect.any(String),
        agent: { username: 'ann', name: 'Ann' },
      },
    ]);
  });

  it('gives a message its id and time', async () => {
    api.actors.answer = () => ({ id: 'part-1', at: 1000 });
    const { body } = await post(ann, 'messages', { clientId: 'k1', text: 'hello' });
    expect(body).toEqual({ id: 'part-1', at: '1970-01-01T00:00:01.000Z' });
  });

  it('gives a repeat the same answer, also after the conversation ended', async () => {
    api.actors.answer = () => ({ id: 'part-1', at: 1000 });
    const first = await post(ann, 'messages', { clientId: 'k1', text: 'hello' });
    api.actors.answer = () => {
      throw new AppError('CONVERSATION_ENDED');
    };
    expect((await post(ann, 'messages', { clientId: 'k1', text: 'hello' })).body).toEqual(first.body);
    expect(api.actors.commands).toHaveLength(1);
  });

  it('refuses a client id that was used for another command', async () => {
    await post(ann, 'accept', { clientId: 'k1', offerId: 'c-1:1' });
    expect(await post(ann, 'end', { clientId: 'k1' })).toMatchObject({
      status: 400,
      body: { details: [{ path: 'clientId' }] },
    });
  });

  it.each([
    ['OFFER_GONE', 409],
    ['CONVERSATION_ENDED', 409],
    ['NOT_YOUR_CONVERSATION', 403],
    ['SERVICE_UNAVAILABLE', 503],
  ] as const)('answers %s with %i and tries again on a repeat', async (code, status) => {
    api.actors.answer = () => {
      throw new AppError(code);
    };
    const answer = await post(ann, 'end', { clientId: 'k2' });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    api.actors.answer = ({ conversationId }) => ({ conversationId });
    expect((await post(ann, 'end', { clientId: 'k2' })).status).toBe(200);
  });

  it.each([
    { what: 'no client id', command: 'end', body: {}, path: 'clientId' },
    { what: 'an unknown key', command: 'end', body: { clientId: 'k', force: true }, path: 'force' },
    { what: 'no text', command: 'messages', body: { clientId: 'k', text: '' }, path: 'text' },
    { what: 'blank text', command: 'messages', body: { clientId: 'k', text: ' \n' }, path: 'text' },
    { what: 'a text too long', command: 'messages', body: { clientId: 'k', text: 'x'.repeat(2001) }, path: 'text' },
    { what: 'a number for an id', command: 'accept', body: { clientId: 'k', offerId: 7 }, path: 'offerId' },
  ])('names the place and the remedy for $what', async ({ command, body, path }) => {
    const answer = await post(ann, command, body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'REQUEST_INVALID', details: [{ path }] } });
    expect(answer.body.details[0].remedy).not.toBe('');
    expect(api.actors.commands).toEqual([]);
  });

  it('never repeats the text of a message in the log', async () => {
    await post(ann, 'messages', { clientId: 'k9', text: 'my secret words' });
    expect(api.logLines.join('')).not.toContain('my secret words');
  });
});
