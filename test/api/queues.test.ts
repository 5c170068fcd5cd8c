import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_TOKEN, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  await api.apply(smallConfiguration());
});
afterAll(() => api.stop());

const read = (group: string) => api.call('GET', `/api/v1/queues/${group}`, { token: ADMIN_TOKEN });

describe('a queue', () => {
  it('is listed as its dispatcher has it, with everybody’s position', async () => {
    const waiting = [
      { conversationId: 'first', priority: 5, agedPriority: 7, queuedAt: 1000, skills: ['support'], ewtMs: 10 },
      { conversationId: 'second', priority: 0, agedPriority: 2, queuedAt: 500, skills: [], ewtMs: 20 },
    ];
    const counts = { chats: 1, slots: 1, afterWork: 0, loadPercent: 100, expectedWaitMs: 5000 };
    const ann = { username: 'ann', state: 'busy' as const, reason: '', since: 2000, ...counts };
    const queue = { group: 'default', waitingCount: 2, oldestWaitingMs: 9, waiting };
    api.actors.queues.set('default', { ...queue, agents: [ann] });
    expect((await read('default')).body).toEqual({
      ...queue,
      waiting: [
        { ...waiting[0], position: 1, queuedAt: '1970-01-01T00:00:01.000Z' },
        { ...waiting[1], position: 2, queuedAt: '1970-01-01T00:00:00.500Z' },
      ],
      agents: [{ ...ann, since: '1970-01-01T00:00:02.000Z' }],
    });
    api.actors.queues.clear();
  });

  it('of a dispatcher that does not run yet is empty', async () => {
    expect((await read('default')).body).toMatchObject({ waitingCount: 0, waiting: [], agents: [] });
  });

  it('of a group that there is not is refused with those that there are', async () => {
    const { status, body } = await read('nowhere');
    expect([status, body.code, body.message]).toEqual([404, 'NOT_FOUND', expect.stringContaining('default')]);
  });
});
