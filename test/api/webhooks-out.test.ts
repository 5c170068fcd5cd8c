import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import type { ActivityDependencies } from '../../activities/dependencies.ts';
import { createReadModel } from '../../adapters/mongo/read-model.ts';
import { deliverEvents } from '../../api/webhooks-out/deliver-events.ts';
import type { NewConversationEvent } from '../../contracts/history-event.ts';
import { startAnsweringServer, type AnsweringServer } from '../support/answering-server.ts';
import { ADMIN_TOKEN, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

const KEY = 'a-signing-secret';
const DAY_MS = 24 * 60 * 60_000;

let api: TestApi;
let receiver: AnsweringServer;

beforeEach(async () => {
  api = await startApi();
  receiver = await startAnsweringServer();
  const { status, body } = await api.apply([
    ...smallConfiguration(),
    { kind: 'secret', name: 'signing', value: KEY },
    { kind: 'webhook', name: 'crm', url: `${receiver.origin}/attendant`, secret: 'signing', services: ['support'] },
    { kind: 'webhook', name: 'ends', url: `${receiver.origin}/ends`, secret: 'signing', events: ['ended'] },
  ]);
  expect(body).toMatchObject({ items: expect.anything() });
  expect(status).toBe(200);
});

afterEach(async () => {
  receiver.stop();
  await api.stop();
});

const at = Date.UTC(2026, 0, 1);
const event = (seq: number, type: 'held' | 'ended' = 'held'): NewConversationEvent => ({
  seq,
  at,
  actor: { kind: 'system' },
  ...(type === 'held' ? { type, data: {} } : { type, data: { reason: 'exit' } }),
});

/** As the worker writes what an actor has to say. */
async function record(events: NewConversationEvent[], service = 'support'): Promise<void> {
  const { configuration, now } = api.deps;
  const deps = { configuration, now, readModel: createReadModel(api.db, now) } as ActivityDependencies;
  const history = { conversationId: 'c-1', scenario: { name: 'tiny', version: 'a' }, service, events };
  await createActivities(deps).recordProgress({ pageId: 'page-1', psid: 'customer-1', messages: [], history });
}

const take = (): void => {
  receiver.answer = (response) => void response.writeHead(204).end();
};
const refuse = (): void => {
  receiver.answer = (response) => void response.writeHead(500).end();
};
const seqsAt = (url: string): number[] =>
  receiver.received
    .filter((request) => request.url === url)
    .map(({ body }) => (JSON.parse(body) as { event: { seq: number } }).event.seq);

describe('webhooks out', () => {
  it('sends each event once to those who want it, signed, in the order of the conversation', async () => {
    take();
    await record([event(1), event(2)]);
    await record([event(2), event(3, 'ended')]);
    await record([event(4)], 'sales');
    await deliverEvents(api.deps);
    await deliverEvents(api.deps);
    expect(seqsAt('/attendant')).toEqual([1, 2, 3]);
    expect(seqsAt('/ends')).toEqual([3]);
    const [first] = receiver.received.filter(({ url }) => url === '/attendant');
    const [, seconds = '', signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(
      String(first?.headers['attendant-signature']),
    ) ?? [''];
    expect(signature).toBe(createHmac('sha256', KEY).update(`${seconds}.${first?.body}`).digest('hex'));
    expect(JSON.parse(first?.body ?? '')).toMatchObject({
      webhook: 'crm',
      event: { id: 'c-1:1', at: new Date(at).toISOString(), type: 'held' },
      conversation: { id: 'c-1', pageId: 'page-1', psid: 'customer-1', service: 'support' },
    });
  });

  it('waits with what comes after an event that is not taken, and goes on where it was', async () => {
    refuse();
    await record([event(1), event(2)]);
    await deliverEvents(api.deps);
    await deliverEvents(api.deps);
    expect(seqsAt('/attendant')).toEqual([1]);
    take();
    api.clock.aheadMs += 6000;
    await record([event(3)]);
    await deliverEvents(api.deps);
    expect(seqsAt('/attendant')).toEqual([1, 1, 2, 3]);
  });

  it('gives up after a day, tells operators, and replays what was given up', async () => {
    refuse();
    await record([event(1), event(2, 'ended')]);
    await deliverEvents(api.deps);
    api.clock.aheadMs += DAY_MS + 1000;
    await deliverEvents(api.deps);
    await deliverEvents(api.deps);
    const list = async (): Promise<{ id: string; webhook: string; eventId: string; reason: string }[]> =>
      (await api.call('GET', '/api/v1/webhook-deliveries?state=dead', { token: ADMIN_TOKEN })).body.items;
    const dead = await list();
    expect(dead.map(({ webhook, eventId }) => `${webhook} ${eventId}`).toSorted()).toEqual([
      'crm c-1:1',
      'crm c-1:2',
      'ends c-1:2',
    ]);
    expect(dead[0]?.reason).toBe('it answered 500');
    const { body } = await api.call('GET', '/api/v1/alerts', { token: ADMIN_TOKEN });
    expect(JSON.stringify(body)).toContain('webhook-dead');
    take();
    receiver.received.length = 0;
    const ofEnds = dead.find(({ webhook }) => webhook === 'ends')?.id ?? '';
    const one = `/api/v1/webhook-deliveries/${ofEnds}/replay`;
    expect((await api.call('POST', one, { token: ADMIN_TOKEN })).body).toEqual({ replayed: 1 });
    expect((await api.call('POST', '/api/v1/webhooks/crm/replay', { token: ADMIN_TOKEN })).body).toEqual({
      replayed: 2,
    });
    await deliverEvents(api.deps);
    expect(seqsAt('/attendant')).toEqual([1, 2]);
    expect(seqsAt('/ends')).toEqual([2]);
    expect(await list()).toEqual([]);
  });

  it('is sent by one process at a time', async () => {
    take();
    await record([event(1), event(2), event(3)]);
    await Promise.all([deliverEvents(api.deps), deliverEvents(api.deps), deliverEvents(api.deps)]);
    await deliverEvents(api.deps);
    expect(seqsAt('/attendant')).toEqual([1, 2, 3]);
  });

  it('takes https only, but for this machine, and names what is missing', async () => {
    const plain = await api.apply([{ kind: 'webhook', name: 'x', url: 'http://example.com/', secret: 'signing' }]);
    expect(plain).toMatchObject({ status: 400, body: { code: 'REQUEST_INVALID' } });
    const unknown = await api.apply([
      { kind: 'webhook', name: 'x', url: 'https://example.com/', secret: 'none', services: ['none'] },
    ]);
    expect(unknown).toMatchObject({ status: 422 });
    expect(JSON.stringify(unknown.body.details)).toContain('documents.0.services.0');
    const used = await api.call('DELETE', '/api/v1/secrets/signing', { token: ADMIN_TOKEN });
    expect(used).toMatchObject({ status: 409, body: { code: 'STILL_IN_USE' } });
  });
});
