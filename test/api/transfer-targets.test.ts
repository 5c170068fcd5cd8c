import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aConversation } from './support/fake-conversations.ts';
import { PASSWORD, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;
let ann: string;
let bob: string;
let sue: string;

const anAgent = (username: string, name: string, skills: object) => ({
  kind: 'user',
  username,
  name,
  role: 'agent',
  password: PASSWORD,
  skills,
  slots: 2,
});
const usual = { reason: '', chats: 0, slots: 2, afterWork: 0, loadPercent: 0, since: 1000, expectedWaitMs: 0 };

beforeAll(async () => {
  api = await startApi();
  await api.apply([
    ...smallConfiguration(),
    { kind: 'service', name: 'press', skills: ['press'], group: 'media' },
    anAgent('bob', 'Bob', { billing: 40, dutch: 90 }),
    anAgent('cem', 'Cem', {}),
    anAgent('dee', 'Dee', { press: 10 }),
    { kind: 'team', name: 'front', members: ['cem'], services: [{ service: 'support', level: 70 }] },
  ]);
  [ann, bob, sue] = [await api.logIn('ann'), await api.logIn('bob'), await api.logIn('sue')];
});
afterAll(() => api.stop());
beforeEach(() => {
  api.conversations.records = [aConversation({ agent: { username: 'ann', name: 'Ann' }, servedBy: ['ann'] })];
  api.actors.desks.set('default', {
    group: 'default',
    agents: [
      { username: 'ann', verdict: 'free', status: { ...usual, state: 'ready', chats: 1, loadPercent: 50 } },
      { username: 'bob', verdict: 'not-ready', status: { ...usual, state: 'not-ready', reason: 'Lunch' } },
      { username: 'cem', verdict: 'free', status: { ...usual, state: 'ready', chats: 1, loadPercent: 50 } },
    ],
    services: [
      { name: 'support', waiting: 3, oldestWaitingMs: 9000, ewtMs: 60_000, agentsLoggedIn: 3, agentsReady: 2 },
    ],
  });
});

const read = (token: string) => api.call('GET', '/api/v1/conversations/c-1/transfer-targets', { token });

describe('whom a chat may be handed to', () => {
  it('is who could take it, with name, state, load and skills, or what stands in the way; the best first', async () => {
    const { agents } = (await read(ann)).body;
    expect(agents).toEqual([
      {
        username: 'cem',
        name: 'Cem',
        state: 'ready',
        since: '1970-01-01T00:00:01.000Z',
        chats: 1,
        slots: 2,
        loadPercent: 50,
        skills: [
          { name: 'billing', level: 70 },
          { name: 'support', level: 70 },
        ],
        isSkilled: true,
        verdict: 'free',
        canTakeNow: true,
        canBeAsked: true,
        expectedWaitMs: 0,
      },
      expect.objectContaining({
        username: 'bob',
        state: 'not-ready',
        reason: 'Lunch',
        canTakeNow: false,
        canBeAsked: true,
        whyNot: 'Is not ready; is asked when they are.',
        skills: [
          { name: 'billing', level: 40 },
          { name: 'dutch', level: 90 },
        ],
      }),
      expect.objectContaining({ username: 'ann', canBeAsked: false, whyNot: 'Is in this chat already.' }),
      expect.objectContaining({ username: 'dee', state: 'logged-out', canBeAsked: false, isSkilled: false }),
    ]);
  });

  it('is each service with who waits and for how long, and each entry', async () => {
    const { services, entries } = (await read(ann)).body;
    expect(services).toEqual([
      expect.objectContaining({ name: 'support', isOwn: true, waiting: 3, ewtMs: 60_000, canTakeNow: true }),
      {
        name: 'press',
        group: 'media',
        isOwn: false,
        waiting: 0,
        oldestWaitingMs: 0,
        agentsLoggedIn: 0,
        agentsReady: 0,
        canTakeNow: false,
        canBeAsked: false,
        whyNot: 'Nobody who serves it is logged in.',
      },
    ]);
    expect(entries).toEqual([{ name: 'front-door', account: 'shop', service: 'support', scenario: 'tiny' }]);
  });

  it('is told to who is in the chat and to supervisors, and to no other agent', async () => {
    expect((await read(bob)).body.code).toBe('NOT_YOUR_CONVERSATION');
    expect((await read(sue)).status).toBe(200);
    const participants = [{ agent: { username: 'bob', name: 'Bob' }, role: 'member' as const, since: 1 }];
    api.conversations.records = [aConversation({ agent: { username: 'ann', name: 'Ann' }, participants })];
    const { status, body } = await read(bob);
    expect(status).toBe(200);
    expect(body.agents.find(({ username }: { username: string }) => username === 'bob').verdict).toBe('in-the-chat');
  });
});
