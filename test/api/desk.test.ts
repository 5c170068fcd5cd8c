import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createReadModel } from '../../adapters/mongo/read-model.ts';
import { createRoutingRepository } from '../../adapters/mongo/routing-repository.ts';
import type { RoutingDecision } from '../../contracts/routing-decision.ts';
import { aConversation } from './support/fake-conversations.ts';
import { smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;
let ann: string;
let sue: string;
let userId: string;

const annIs = { username: 'ann', name: 'Ann' };
const sueIs = { username: 'sue', name: 'Sue' };
const openedWith = JSON.stringify({
  variables: { customer: { firstName: 'Youssef', lastName: 'Amrani', pictureUrl: 'https://example.com/y.jpg' } },
});

beforeAll(async () => {
  api = await startApi();
  await api.apply(smallConfiguration());
  [ann, sue] = [await api.logIn('ann'), await api.logIn('sue')];
  userId = (await api.deps.configuration.get()).user('ann')?.id ?? '';
});
afterAll(() => api.stop());
beforeEach(async () => {
  const names = ['messages', 'routing-decisions', 'chat-marks', 'wrap-ups', 'contacts', 'contact-identities'];
  await Promise.all(names.map((name) => api.db.collection(name).deleteMany({})));
  api.conversations.records = [];
});

let seq = 0;
/** Puts one message into the transcript; gives its place. */
async function say(by: 'customer' | 'scenario' | 'agent' | 'note', text: string, at = 1000 + seq): Promise<number> {
  seq += 1;
  const direction = by === 'customer' ? 'in' : by === 'note' ? 'internal' : 'out';
  const author = by === 'customer' || by === 'scenario' ? { kind: by } : { kind: 'agent', ...annIs };
  await api.db.collection('messages').insertOne({
    _id: `m-${seq}` as never,
    conversationId: 'c-1',
    direction,
    author,
    kind: by === 'note' ? 'note' : 'message',
    text,
    attachments: [],
    at: new Date(at),
    seq,
  });
  return seq;
}

const list = async (token: string, path: string) =>
  (await api.call('GET', `/api/v1/agents/me/${path}`, { token })).body.items;
const act = (token: string, body: object) => api.call('POST', '/api/v1/conversations/c-1/actions', { token, body });
const iso = (ms: number) => new Date(ms).toISOString();

async function decide(more: Partial<RoutingDecision>): Promise<void> {
  const decision = {
    id: 'd-1',
    group: 'default',
    conversationId: 'c-1',
    at: 1,
    outcome: 'reserved',
    reason: '',
    agent: 'ann',
  };
  await createRoutingRepository(api.db).recordDecisions([{ ...decision, ...more } as RoutingDecision]);
}

describe('an offer', () => {
  const offer = { offerId: 'c-1:1', agent: 'ann', expiresAt: Date.now() + 60_000 };

  it('says who it is, since when they wait, what they said and answered, and why it is the agent', async () => {
    const answers = [{ name: 'topic', question: 'What is it about?', value: 'Return' }];
    api.conversations.records = [aConversation({ state: 'offered', offer, openedWith, answers, queuedAt: 8000 })];
    await say('customer', 'Hello', 5000);
    await say('scenario', 'What is it about?', 6000);
    await say('customer', 'Return', 7000);
    const asked = { queuedAt: 1, priority: 5, skills: [{ name: 'support', minLevel: 30 }], anySkillOf: [] };
    await decide({ asked, chosen: { by: 'longest-idle', idleMs: 252_000, free: 3 } });
    expect(await list(ann, 'offers')).toEqual([
      {
        offerId: 'c-1:1',
        conversationId: 'c-1',
        psid: 'customer-1',
        pageId: 'page-1',
        account: 'shop',
        customer: {
          name: 'Youssef Amrani',
          firstName: 'Youssef',
          lastName: 'Amrani',
          pictureUrl: 'https://example.com/y.jpg',
        },
        kind: 'chat',
        service: 'support',
        priority: 5,
        waitingSince: iso(8000),
        firstWords: { at: iso(5000), by: 'customer', text: 'Hello', attachments: [] },
        lastWords: { at: iso(7000), by: 'customer', text: 'Return', attachments: [] },
        answers,
        skills: [{ name: 'support', level: 80, minLevel: 30 }],
        reason: 'You match and have been idle longest (4m 12s).',
        expiresAt: iso(offer.expiresAt),
      },
    ]);
  });

  it.each([
    ['last-agent', 3, 'You talked with them last.'],
    ['asked-for', 1, 'You were asked for by name.'],
    ['least-loaded', 2, 'You match and have the most room.'],
    ['next-in-turn', 2, 'You match, and it is your turn.'],
    ['longest-idle', 1, 'You match and are the only one who is free.'],
  ] as const)('of an agent who was chosen by %s says so', async (by, free, reason) => {
    api.conversations.records = [aConversation({ state: 'offered', offer })];
    await decide({ chosen: { by, idleMs: 0, free } });
    expect(await list(ann, 'offers')).toMatchObject([{ reason }]);
  });

  it('into a chat says who asks and since when', async () => {
    const invitation = {
      id: 'i',
      kind: 'consult' as const,
      by: sueIs,
      to: { agent: 'ann' },
      at: 9000,
      message: 'Lamps?',
      offer,
    };
    api.conversations.records = [aConversation({ agent: sueIs, invitation })];
    api.deps.conversations.listOffered = async () => api.conversations.records;
    expect(await list(ann, 'offers')).toMatchObject([
      {
        kind: 'consult',
        from: sueIs,
        message: 'Lamps?',
        waitingSince: iso(9000),
        reason: 'Sue asks you for advice; the customer does not see it.',
        skills: [{ name: 'support', level: 80 }],
      },
    ]);
  });

  it('calls the customer what agents wrote of them', async () => {
    api.conversations.records = [aConversation({ state: 'offered', offer, openedWith })];
    api.deps.conversations.listOffered = async () => api.conversations.records;
    const { id } = await api.deps.people.contacts.recognise({ pageId: 'page-1', psid: 'customer-1' }, {}, 1);
    await api.deps.people.contacts.change(id, 2, (profile) => ({ ...profile, firstName: 'Joe' }));
    expect(await list(ann, 'offers')).toMatchObject([{ customer: { name: 'Joe' } }]);
  });
});

describe('my chats', () => {
  it('are those that I am in, with my role, what was said last, what is unread, and since when they wait', async () => {
    api.conversations.records = [aConversation({ agent: annIs, openedWith })];
    await say('customer', 'Hello');
    await say('agent', 'Hi, I am Ann');
    await say('customer', 'It is broken', 20_000);
    await say('note', 'Dent in the glass');
    await say('customer', 'Really', 21_000);
    const [chat, ...others] = await list(ann, 'chats');
    expect(others).toEqual([]);
    expect(chat).toMatchObject({ id: 'c-1', account: 'shop', customer: { name: 'Youssef Amrani' } });
    expect(chat.chat).toEqual({
      role: 'holder',
      waitingSince: iso(20_000),
      unread: 2,
      firstWords: expect.objectContaining({ text: 'Hello' }),
      lastWords: { at: iso(21_000), by: 'customer', text: 'Really', attachments: [] },
    });
    expect(await list(sue, 'chats')).toEqual([]);
  });

  it('are the turn of the customer once an agent has answered, not for what a scenario says', async () => {
    api.conversations.records = [aConversation({ agent: annIs })];
    await say('customer', 'Hello');
    await say('scenario', 'Somebody comes');
    expect((await list(ann, 'chats'))[0].chat.waitingSince).toBeDefined();
    await say('agent', 'Hi');
    expect((await list(ann, 'chats'))[0].chat).toMatchObject({ unread: 0 });
    expect((await list(ann, 'chats'))[0].chat).not.toHaveProperty('waitingSince');
  });

  it('count as unread what I have not seen, up to the message that was on my screen', async () => {
    api.conversations.records = [aConversation({ agent: annIs })];
    await say('customer', 'one');
    const second = await say('customer', 'two');
    await say('customer', 'three');
    const unread = async () => (await list(ann, 'chats'))[0].chat.unread as number;
    expect(await unread()).toBe(3);
    expect((await act(ann, { type: 'seen', messageId: `m-${second}` })).body).toEqual({ isShown: true });
    expect(await unread()).toBe(1);
    await act(ann, { type: 'seen' });
    expect(await unread()).toBe(0);
    await act(ann, { type: 'seen', messageId: `m-${second}` });
    expect(await unread()).toBe(0);
  });

  it('are as well those whose paper work I am doing, with its deadline', async () => {
    api.conversations.records = [aConversation({ state: 'ended', agent: annIs, servedBy: ['ann'] })];
    const { wrapUps } = createReadModel(api.db, Date.now);
    await wrapUps.recordAfterWork({
      conversationId: 'c-1',
      requestId: 'find:1',
      username: 'ann',
      since: 1000,
      until: 91_000,
    });
    const [chat] = await list(ann, 'chats');
    expect(chat).toMatchObject({ state: 'ended' });
    expect(chat.chat.wrapUp).toEqual({ segment: 'find:1', since: iso(1000), until: iso(91_000) });
    expect(chat.chat).not.toHaveProperty('role');
  });

  it('say the same of one conversation by itself', async () => {
    api.conversations.records = [aConversation({ agent: annIs, answers: [{ name: 'order', value: 'HH-1' }] })];
    await say('customer', 'Hello');
    const { body } = await api.call('GET', '/api/v1/conversations/c-1', { token: ann });
    expect(body).toMatchObject({ chat: { role: 'holder', unread: 1 }, answers: [{ name: 'order', value: 'HH-1' }] });
  });
});

describe('what an agent has seen', () => {
  it('is marked, and not shown to customers of an entry that does not want it', async () => {
    const change = { readReceipts: false };
    await api.call('PATCH', '/api/v1/entries/front-door', { token: await adminToken(), body: change });
    api.conversations.records = [aConversation({ agent: annIs })];
    const place = await say('customer', 'Hello');
    expect((await act(ann, { type: 'seen' })).body).toEqual({ isShown: false });
    expect((await act(ann, { type: 'typing', isTyping: true })).body).toEqual({ isShown: true });
    expect(await api.deps.chatMarks.findSeen(userId, ['c-1'])).toEqual(new Map([['c-1', place]]));
    await api.call('PATCH', '/api/v1/entries/front-door', { token: await adminToken(), body: { readReceipts: null } });
  });

  it('is not shown where they only look in; somebody who is not in the chat marks nothing', async () => {
    const participants = [{ agent: sueIs, role: 'monitor' as const, since: 1 }];
    api.conversations.records = [aConversation({ agent: annIs, participants })];
    await say('customer', 'Hello');
    expect((await act(sue, { type: 'seen' })).body).toEqual({ isShown: false });
    api.conversations.records = [aConversation({ agent: annIs })];
    expect((await act(sue, { type: 'seen' })).body.code).toBe('NOT_YOUR_CONVERSATION');
  });
});

const adminToken = () => api.logIn('adam');
