import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSecretBox } from '../../adapters/secrets.ts';
import { AppError } from '../../contracts/app-error.ts';
import { createSpoolDrain } from '../../api/webhook/drain-spool.ts';
import { createEventTaker } from '../../api/webhook/take-events.ts';
import { pageBody, postWebhook } from './support/post-webhook.ts';
import { ADMIN_TOKEN, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;

beforeEach(async () => {
  api = await startApi();
  await api.apply(smallConfiguration());
});
afterEach(() => api.stop());

const message = (psid: string, mid: string): object => ({
  sender: { id: psid },
  recipient: { id: 'page-1' },
  timestamp: Date.UTC(2026, 10, 22, 12),
  message: { mid, text: `text of ${mid}` },
});

async function deliver(...messaging: object[]): Promise<number> {
  return (await postWebhook(api, pageBody('page-1', ...messaging))).status;
}

async function drain(): Promise<void> {
  api.clock.aheadMs += 11_000;
  await api.spoolDrain.tick();
  await api.spoolDrain.whenIdle();
}

const midsDelivered = (): (string | undefined)[] =>
  api.actors.delivered.flatMap(([, events]) => events.map(({ mid }) => mid));
const spooledCount = (): Promise<number> => api.db.collection('webhook-spool').countDocuments();
const kept = async (query = '') =>
  (await api.call('GET', `/api/v1/dead-letters${query}`, { token: ADMIN_TOKEN })).body.items;

describe('while Temporal cannot be reached', () => {
  it('answers 200, keeps the events in order and delivers them when it is back', async () => {
    api.actors.isAway = true;
    expect(await deliver(message('c1', 'm1'))).toBe(200);
    expect(await deliver(message('c1', 'm2'), message('c2', 'm3'))).toBe(200);
    expect(midsDelivered()).toEqual([]);
    api.actors.isAway = false;
    await drain();
    expect(midsDelivered()).toEqual(['m1', 'm2', 'm3']);
    expect(await spooledCount()).toBe(0);
  });

  it('holds newer events of the Page back until the spool is empty, also in another process', async () => {
    api.actors.isAway = true;
    await deliver(message('c1', 'm1'));
    api.actors.isAway = false;
    api.clock.aheadMs += 5000;
    const other = createEventTaker(api.deps, api.metrics);
    const account = (await api.deps.configuration.get()).accountByPage('page-1');
    if (!account) throw new Error('no account');
    const event = { kind: 'message' as const, key: 'm2', mid: 'm2', at: 1, attachments: [] };
    await other.take({
      events: [{ pageId: 'page-1', psid: 'c1', at: 1, channel: 'messaging', outcome: 'user_message', event }],
      signers: [account],
    });
    expect(midsDelivered()).toEqual([]);
    await drain();
    expect(midsDelivered()).toEqual(['m1', 'm2']);
    api.clock.aheadMs += 1000;
    expect(await deliver(message('c1', 'm3'))).toBe(200);
    expect(midsDelivered()).toEqual(['m1', 'm2', 'm3']);
  });

  it('spools as well what the read model could not take in time', async () => {
    api.onRecord = () => {
      throw new AppError('SERVICE_UNAVAILABLE');
    };
    expect(await deliver({ sender: { id: 'c1' }, recipient: { id: 'page-1' }, read: { watermark: 5 } })).toBe(200);
    expect(await spooledCount()).toBe(1);
  });

  it('answers 503 where MongoDB cannot be written either', async () => {
    await api.stop();
    api = await startApi((deps) => ({
      spool: { ...deps.spool, add: () => Promise.reject(new AppError('SERVICE_UNAVAILABLE')) },
    }));
    await api.apply(smallConfiguration());
    api.actors.isAway = true;
    expect(await deliver(message('c1', 'm1'))).toBe(503);
  });

  it('answers 503 with an alarm where the spool of the Page is full', async () => {
    await api.stop();
    api = await startApi((deps) => ({ spool: { ...deps.spool, add: async () => false } }));
    await api.apply(smallConfiguration());
    api.actors.isAway = true;
    expect(await deliver(message('c1', 'm1'))).toBe(503);
    expect(api.logLines.some((line) => line.includes('ALARM'))).toBe(true);
  });

  it('stores no text in the clear', async () => {
    api.actors.isAway = true;
    await deliver(message('c1', 'm1'));
    expect(JSON.stringify(await api.db.collection('webhook-spool').find().toArray())).not.toContain('text of');
  });
});

describe('the drain', () => {
  it('works one Page in one process at a time', async () => {
    api.actors.isAway = true;
    await deliver(message('c1', 'm1'), message('c2', 'm2'));
    api.actors.isAway = false;
    const others = [1, 2].map(() =>
      createSpoolDrain(api.deps, api.metrics, createEventTaker(api.deps, api.metrics).view),
    );
    await Promise.all(others.map((other) => other.tick()));
    await Promise.all(others.map((other) => other.whenIdle()));
    expect(new Set(midsDelivered())).toEqual(new Set(['m1', 'm2']));
    expect(midsDelivered()).toHaveLength(2);
  });

  it('goes on where a killed process stopped, once its claim has expired', async () => {
    api.actors.isAway = true;
    await deliver(message('c1', 'm1'));
    await api.deps.spool.claim('page-1', { by: 'dead', now: api.deps.now(), until: api.deps.now() + 10_000 });
    api.actors.isAway = false;
    await api.spoolDrain.tick();
    await api.spoolDrain.whenIdle();
    expect(midsDelivered()).toEqual([]);
    await drain();
    expect(midsDelivered()).toEqual(['m1']);
  });

  it('finds what a process left that died before it marked the Page', async () => {
    api.actors.isAway = true;
    await deliver(message('c1', 'm1'));
    await api.db
      .collection<{ _id: string }>('webhook-spool-pages')
      .updateOne({ _id: 'page-1' }, { $set: { isOpen: false } });
    api.actors.isAway = false;
    api.clock.aheadMs += 61_000;
    await drain();
    expect(midsDelivered()).toEqual(['m1']);
  });

  it('waits a second after Temporal was still away, and loses nothing', async () => {
    api.actors.isAway = true;
    await deliver(message('c1', 'm1'));
    await drain();
    expect(await spooledCount()).toBe(1);
    api.actors.isAway = false;
    await drain();
    expect(midsDelivered()).toEqual(['m1']);
  });
});

/** Spools three messages one by one, spoils the first, and lets the drain have them. */
async function drainDamaged(sealed: string): Promise<void> {
  api.actors.isAway = true;
  for (const mid of ['m1', 'm2', 'm3']) await deliver(message('c1', mid));
  const entries = api.db.collection<{ _id: string; sealed: string }>('webhook-spool');
  await entries.updateOne({ _id: 'page-1:0' }, { $set: { sealed } });
  api.actors.isAway = false;
  await drain();
}

describe('an entry that cannot be opened', () => {
  it.each([
    ['whose key is gone', createSecretBox(randomBytes(32)).seal('[]', 'webhook-spool.page-1:0.sealed')],
    ['of damaged bytes', 'v2.none'],
  ])('%s is put aside as a dead letter with an alert, and the rest goes on', async (_why, sealed) => {
    await drainDamaged(sealed);
    expect(midsDelivered()).toEqual(['m2', 'm3']);
    expect(await spooledCount()).toBe(0);
    expect(await kept()).toMatchObject([{ state: 'kept', cause: 'failed', pageIds: ['page-1'], events: 1 }]);
    const { body } = await api.call('GET', '/api/v1/alerts', { token: ADMIN_TOKEN });
    expect(body.items).toMatchObject([{ kind: 'spool-unreadable', pageId: 'page-1' }]);
  });

  it('is handled by a replay once it can be opened', async () => {
    api.actors.isAway = true;
    await deliver(message('c1', 'm1'));
    const [entry] = await api.db.collection<{ _id: string; sealed: string }>('webhook-spool').find().toArray();
    if (!entry) throw new Error('nothing is spooled');
    const content = { form: 'spooled' as const, id: entry._id, sealed: entry.sealed };
    const letter = { reason: 'no key', cause: 'failed' as const, pageIds: ['page-1'], content, days: [], at: 1 };
    await api.deps.deadLetters.keep(letter);
    api.actors.isAway = false;
    await drain();
    api.clock.aheadMs += 1000;
    const [{ id }] = await kept();
    const replayed = await api.call('POST', `/api/v1/dead-letters/${id}/replay`, { token: ADMIN_TOKEN });
    expect(replayed.body).toMatchObject({ state: 'replayed' });
    expect(midsDelivered()).toEqual(['m1', 'm1']);
  });

  it('keeps nobody from being erased', async () => {
    api.actors.isAway = true;
    await deliver(message('c1', 'm1'));
    await deliver(message('c1', 'm2'));
    await api.db.collection('webhook-spool').updateOne({}, { $set: { sealed: 'v2.none' } });
    expect(await api.deps.customerData.erase({ pageId: 'page-1', psid: 'c1' })).toMatchObject({ 'webhook-spool': 1 });
  });
});

describe('a large body', () => {
  it('is answered once it is durable and delivered beside', async () => {
    const messaging = Array.from({ length: 250 }, (_, index) => message(`c${index}`, `m${index}`));
    expect(await deliver(...messaging)).toBe(200);
    expect(midsDelivered()).toEqual([]);
    await drain();
    expect(midsDelivered()).toHaveLength(250);
    expect(new Set(midsDelivered()).size).toBe(250);
  });
});

describe('dead letters', () => {
  const read = { sender: { id: 'c1' }, recipient: { id: 'page-1' }, timestamp: 5, read: { watermark: 5 } };

  it('keeps what could not be handled, encrypted, and replays it after a fix', async () => {
    api.onRecord = () => {
      throw new TypeError('odd');
    };
    expect(await deliver(read)).toBe(200);
    expect(await deliver(read)).toBe(200);
    const [body, ...more] = await kept();
    expect(more).toEqual([]);
    expect(body).toMatchObject({ reason: 'read not recorded: TypeError', cause: 'failed', state: 'kept' });
    const stored = JSON.stringify(await api.db.collection('dead-letters').find().toArray());
    expect(stored).not.toContain('watermark');

    const replay = () => api.call('POST', `/api/v1/dead-letters/${body.id}/replay`, { token: ADMIN_TOKEN });
    expect((await replay()).body).toMatchObject({ state: 'kept', lastFailure: 'read not recorded: TypeError' });
    api.onRecord = () => ({});
    expect((await replay()).body).toMatchObject({ state: 'replayed', replays: 2 });
    expect(api.recorded.at(-1)?.outcome).toBe('read');
    expect(await kept('?state=kept')).toEqual([]);
  });

  it('keeps events that Temporal refuses for their size, and shows them in the balance', async () => {
    api.actors.deliverCustomerEvents = async () => false;
    expect(await deliver(message('c1', 'm1'))).toBe(200);
    const [body] = await kept();
    expect(body).toMatchObject({ reason: 'too large for Temporal', events: 1, pageIds: ['page-1'] });
    const shown = await api.call('GET', `/api/v1/dead-letters/${body.id}`, { token: ADMIN_TOKEN });
    expect(shown.body.body).toContain('text of m1');
    const { body: balance } = await api.call('GET', '/api/v1/ledger/balance?from=2026-11-22&to=2026-11-22', {
      token: ADMIN_TOKEN,
    });
    expect(balance.items).toMatchObject([{ pageId: 'page-1', in: 1, handled: 0, spooled: 0, deadLettered: 1 }]);
  });

  it('counts spooled events in the balance', async () => {
    api.actors.isAway = true;
    await deliver(message('c1', 'm1'), message('c2', 'm2'));
    const { body } = await api.call('GET', '/api/v1/ledger/balance?from=2026-11-22&to=2026-11-22', {
      token: ADMIN_TOKEN,
    });
    expect(body.items).toMatchObject([{ in: 2, handled: 0, spooled: 2, deadLettered: 0 }]);
  });

  it('keeps an example of a kind it does not know, and not of those it knows to mean nothing', async () => {
    const place = { sender: { id: 'c1' }, recipient: { id: 'page-1' }, timestamp: 5 };
    await deliver({ ...place, hologram: {} }, { ...place, game_play: {} });
    await deliver({ ...place, game_play: {} });
    await expect.poll(() => kept()).toMatchObject([{ reason: 'unknown kind hologram', cause: 'unknown', events: 0 }]);
  });

  it('is for the overview, its contents for admins only', async () => {
    const token = await api.logIn('sue');
    expect((await api.call('GET', '/api/v1/dead-letters', { token })).status).toBe(200);
    const id = 'a'.repeat(32);
    expect((await api.call('GET', `/api/v1/dead-letters/${id}`, { token })).status).toBe(403);
    expect((await api.call('GET', `/api/v1/dead-letters/${id}`, { token: ADMIN_TOKEN })).status).toBe(404);
  });
});
