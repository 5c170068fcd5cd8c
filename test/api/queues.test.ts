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
      { conversationId: 'first', priority: 5, queuedAt: 1000, skills: ['support'] },
      { conversationId: 'second', priority: 0, queuedAt: 500, skills: [] },
    ];
    const agents = [{ username: 'ann', state: 'busy' as const, reason: '', chats: 1, slots: 1 }];
    api.actors.queues.set('default', { group: 'default', waitingCount: 2, waiting, agents });
    expect((await read('default')).body).toEqual({
      group: 'default',
      waitingCount: 2,
      waiting: [
        { ...waiting[0], position: 1, queuedAt: '1970-01-01T00:00:01.000Z' },
        { ...waiting[1], position: 2, queuedAt: '1970-01-01T00:00:00.500Z' },
      ],
      agents,
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
