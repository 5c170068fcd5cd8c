import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reportLostAgents } from '../../api/agents/watch-presence.ts';
import { smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

const LEASE_MS = 600_000;
let api: TestApi;
let ann: string;

beforeEach(async () => {
  api = await startApi();
  await api.apply(smallConfiguration());
  ann = await api.logIn('ann');
});
afterEach(() => api.stop());

const choose = (state: string, reason?: string) =>
  api.call('PUT', '/api/v1/agents/me/state', { token: ann, body: { state, ...(reason && { reason }) } });
const callAnything = () => api.call('GET', '/api/v1/agents/me/offers', { token: ann });
const report = () => reportLostAgents(api.deps, api.metrics);
const presenceChanges = () =>
  api.actors.presences.map(([group, { username, presence }]) => [group, username, presence]);

describe("an agent's state", () => {
  it('is kept and told to the dispatcher of their group', async () => {
    expect((await choose('not-ready', 'Lunch')).body).toMatchObject({
      username: 'ann',
      state: 'not-ready',
      reason: 'Lunch',
    });
    expect(api.actors.agentStates).toMatchObject([
      ['default', { username: 'ann', state: 'not-ready', reason: 'Lunch' }],
    ]);
    expect((await api.call('GET', '/api/v1/agents/me/state', { token: ann })).body.state).toBe('not-ready');
  });

  it('is logged out before the first choice', async () => {
    expect((await api.call('GET', '/api/v1/agents/me/state', { token: ann })).body.state).toBe('logged-out');
  });

  it('is refused for a supervisor without skills, and for a state there is not', async () => {
    const sue = await api.logIn('sue');
    const call = (token: string, state: string) =>
      api.call('PUT', '/api/v1/agents/me/state', { token, body: { state } });
    expect((await call(sue, 'ready')).status).toBe(403);
    expect((await call(ann, 'asleep')).body.details[0].remedy).toContain('ready, not-ready, supervising, logged-out');
  });
});

describe('presence', () => {
  it('is lost once when no call came for the length of the lease', async () => {
    await choose('ready');
    expect(await report()).toBe(0);
    api.clock.aheadMs += LEASE_MS + 1;
    expect(await report()).toBe(1);
    expect(await report()).toBe(0);
    expect(presenceChanges()).toEqual([['default', 'ann', 'lost']]);
  });

  it('is kept by any call', async () => {
    await choose('ready');
    api.clock.aheadMs += LEASE_MS - 1000;
    await callAnything();
    await expect
      .poll(async () => (await api.db.collection('presence').findOne({}))?.['leaseUntil'])
      .toBeGreaterThan(api.deps.now() + 1000);
    api.clock.aheadMs += LEASE_MS - 1000;
    expect(await report()).toBe(0);
  });

  it('is back with the first call after the loss', async () => {
    await choose('ready');
    api.clock.aheadMs += LEASE_MS + 1;
    await report();
    ann = await api.logIn('ann');
    await callAnything();
    await expect.poll(presenceChanges).toEqual([
      ['default', 'ann', 'lost'],
      ['default', 'ann', 'back'],
    ]);
  });

  it('is not missed of an agent who logged out', async () => {
    await choose('ready');
    await choose('logged-out');
    api.clock.aheadMs += LEASE_MS + 1;
    expect(await report()).toBe(0);
  });

  it('is told by one of several processes', async () => {
    await choose('ready');
    api.clock.aheadMs += LEASE_MS + 1;
    await Promise.all([report(), report(), report()]);
    expect(presenceChanges()).toEqual([['default', 'ann', 'lost']]);
  });

  it('is told again where the first telling failed', async () => {
    await choose('ready');
    api.clock.aheadMs += LEASE_MS + 1;
    api.actors.isAway = true;
    await expect(report()).rejects.toThrow();
    api.actors.isAway = false;
    api.clock.aheadMs += 30_001;
    expect(await report()).toBe(1);
  });
});
