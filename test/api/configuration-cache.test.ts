import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createConfigurationCache } from '../../adapters/mongo/configuration-cache.ts';
import type { ConfigurationStore } from '../../adapters/mongo/configuration/configuration-store.ts';
import { createConfigurationStore } from '../../adapters/mongo/configuration/configuration-store.ts';
import { createSecretBox } from '../../adapters/secrets.ts';
import { until } from '../support/until.ts';
import { smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
  await api.apply(smallConfiguration());
});
afterEach(() => api.stop());

/** A cache of another process, with its own clock, over a store that counts, may fail, and may be slow to answer. */
function anotherProcess() {
  const other = { nowMs: 0, reads: 0, isAway: false, answers: Promise.resolve() };
  const store: ConfigurationStore = {
    ...api.deps.store,
    async getRevision() {
      other.reads += 1;
      if (other.isAway) throw new Error('away');
      const revision = await api.deps.store.getRevision();
      await other.answers;
      return revision;
    },
  };
  const cache = createConfigurationCache({ store, logger: api.deps.logger, now: () => other.nowMs });
  return Object.assign(other, { cache });
}

const addService = () => api.apply([{ kind: 'service', name: 'sales', skills: ['sales'], group: 'sales' }]);

describe('the configuration cache', () => {
  it('shows a change of another process within one second', async () => {
    const other = anotherProcess();
    expect((await other.cache.get()).service('sales')).toBeUndefined();
    await addService();
    other.nowMs += 1000;
    expect((await other.cache.get()).service('sales')?.group).toBe('sales');
  });

  it('looks once a second, however often it is asked', async () => {
    const other = anotherProcess();
    await other.cache.get();
    const before = other.reads;
    other.nowMs += 1000;
    await Promise.all([1, 2, 3].map(() => other.cache.get()));
    await other.cache.get();
    expect(other.reads - before).toBe(1);
  });

  it('looks again after a change of its own that a look under way has missed', async () => {
    const other = anotherProcess();
    await other.cache.get();
    other.nowMs += 1000;
    const held: { answer?: () => void } = {};
    other.answers = new Promise((resolve) => (held.answer = resolve));
    const look = other.cache.getFresh();
    await until('the look', () => Promise.resolve(other.reads === 1));
    await addService();
    other.cache.invalidate();
    held.answer?.();
    await look;
    expect((await other.cache.get()).service('sales')).toBeDefined();
  });

  it('waits for a change of its own, however slowly MongoDB answers', async () => {
    const other = anotherProcess();
    await other.cache.get();
    await addService();
    other.cache.invalidate();
    const held: { answer?: () => void } = {};
    other.answers = new Promise((resolve) => (held.answer = resolve));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const asked = other.cache.get();
    vi.advanceTimersByTime(3000);
    vi.useRealTimers();
    held.answer?.();
    expect((await asked).service('sales')).toBeDefined();
  });

  it('looks at once when forced, at most once a second', async () => {
    const other = anotherProcess();
    await other.cache.get();
    await addService();
    expect((await other.cache.refreshNow()).service('sales')).toBeDefined();
    const before = other.reads;
    await other.cache.refreshNow();
    expect(other.reads).toBe(before);
  });

  it('looks once for all who ask together, and shows each what was in force when they asked', async () => {
    const other = anotherProcess();
    await other.cache.get();
    await addService();
    const askTogether = () => Promise.all(Array.from({ length: 20 }, () => other.cache.getFreshTogether()));
    expect((await askTogether()).every((snapshot) => snapshot.service('sales') !== undefined)).toBe(true);
    const before = other.reads;
    await askTogether();
    expect(other.reads - before).toBe(1);
  });

  it('goes on with what it has while MongoDB is away, and fails only without anything', async () => {
    const other = anotherProcess();
    const { revision } = await other.cache.get();
    other.isAway = true;
    other.nowMs += 5000;
    expect((await other.cache.get()).revision).toBe(revision);
    const fresh = anotherProcess();
    fresh.isAway = true;
    await expect(fresh.cache.get()).rejects.toThrow('away');
  });

  it('names the key where secrets were written with another one', async () => {
    const store = createConfigurationStore(api.db, createSecretBox(randomBytes(32)));
    const cache = createConfigurationCache({ store, logger: api.deps.logger });
    await expect(cache.get()).rejects.toThrow(
      'accounts/page-1/pageToken cannot be decrypted: neither ATTENDANT_ENCRYPTION_KEY nor',
    );
  });

  it('answers what activities ask', async () => {
    await addService();
    const snapshot = await api.deps.configuration.get();
    const entry = snapshot.entryForPage('page-1');
    expect(snapshot.accountByPage('page-1')).toMatchObject({
      name: 'shop',
      pageToken: 'EAAB-1',
      appSecret: 'app-secret-1',
    });
    expect(entry).toMatchObject({ name: 'front-door', scenario: 'tiny', service: 'support' });
    expect(entry && snapshot.scenarioVersionFor(entry)).toMatch(/^[0-9a-f]{64}$/);
    expect(snapshot.entryForPage('page-0')).toBeUndefined();
    expect(
      snapshot.routingGroups().map(({ group, configuration }) => [group, configuration.agents.map((a) => a.username)]),
    ).toEqual([
      ['default', ['ann']],
      ['sales', []],
    ]);
  });
});
