import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aConversation } from './support/fake-conversations.ts';
import { smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;
let ann: string;
const at = Date.parse('2026-05-04T09:00:00Z');
const agent = { username: 'ann', name: 'Ann' };

beforeAll(async () => {
  api = await startApi();
  await api.apply(smallConfiguration());
  ann = await api.logIn('ann');
  api.actors.answer = () => ({ conversationId: 'c-1' });
});
afterAll(() => api.stop());

const snooze = (until: string, clientId = 'k-1') =>
  api.call('POST', '/api/v1/conversations/c-1/snooze', { token: ann, body: { clientId, until } });
const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();

describe('putting a chat away', () => {
  it('goes to its actor with the moment, and so does going on with it', async () => {
    api.conversations.records = [aConversation({ state: 'connected', agent })];
    const until = inMs(3_600_000);
    expect((await snooze(until)).status).toBe(200);
    expect(api.actors.commands.at(-1)).toMatchObject({ type: 'snooze', until });
    const woken = await api.call('POST', '/api/v1/conversations/c-1/wake', { token: ann, body: { clientId: 'k-2' } });
    expect(woken.status).toBe(200);
    expect(api.actors.commands.at(-1)).toMatchObject({ type: 'wake' });
  });

  it.each([
    ['a moment that is over', -1000, 'is over already'],
    ['more than seven days', 8 * 24 * 3_600_000, 'is more than seven days away'],
  ])('is refused for %s, with what to do', async (_name, ms, message) => {
    api.conversations.records = [aConversation({ state: 'connected', agent })];
    const { status, body } = await snooze(inMs(ms));
    expect(status).toBe(400);
    expect(body.details).toMatchObject([{ path: 'until', message, remedy: expect.stringContaining('seven days') }]);
  });

  it('is told with the chat, in which nobody waits meanwhile', async () => {
    const record = {
      state: 'connected' as const,
      agent,
      queuedAt: at,
      snooze: { since: at, until: at + 60_000, note: 'call the warehouse' },
    };
    const get = async () => (await api.call('GET', '/api/v1/conversations/c-1', { token: ann })).body;
    api.conversations.records = [aConversation(record)];
    const asleep = await get();
    expect(asleep.snooze).toEqual({
      since: '2026-05-04T09:00:00.000Z',
      until: '2026-05-04T09:01:00.000Z',
      note: 'call the warehouse',
    });
    expect(asleep.chat.waitingSince).toBeUndefined();
    const woken = { at: at + 60_000, by: 'time' as const };
    api.conversations.records = [aConversation({ ...record, snooze: { ...record.snooze, woken } })];
    const awake = await get();
    expect(awake.snooze.woken).toEqual({ at: '2026-05-04T09:01:00.000Z', by: 'time' });
    expect(awake.chat.waitingSince).toBe('2026-05-04T09:00:00.000Z');
  });
});
