import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createGuardedFetch } from '../../adapters/guarded-fetch.ts';
import { createAlertsRepository } from '../../adapters/mongo/alerts-repository.ts';
import { createOperatorAlerts } from '../../adapters/operator-alerts.ts';
import { Registry } from 'prom-client';
import { pageBody, postWebhook } from './support/post-webhook.ts';
import { ADMIN_TOKEN, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  await api.apply(smallConfiguration());
});
afterAll(() => api.stop());
beforeEach(async () => {
  await api.db.collection('alerts').deleteMany({});
});

async function deliver(event: object): Promise<number> {
  return (await postWebhook(api, pageBody('page-1', { timestamp: 5000, ...event }))).status;
}
const list = async (query = '') => (await api.call('GET', `/api/v1/alerts${query}`, { token: ADMIN_TOKEN })).body.items;
const token = { pageId: 'page-1', kind: 'token', message: 'The token is dead.', remedy: 'Make a new one.' };

describe('alerts', () => {
  it('show a policy alert of Meta, once however often it is delivered', async () => {
    const event = { recipient: { id: 'page-1' }, 'policy-enforcement': { action: 'block', reason: 'spam' } };
    expect([await deliver(event), await deliver(event)]).toEqual([200, 200]);
    expect(await list()).toMatchObject([
      { kind: 'policy', pageId: 'page-1', state: 'open', count: 2, message: expect.stringContaining('block: spam') },
    ]);
  });

  it('show another app that asks for a thread, and changed roles of apps', async () => {
    await deliver({
      sender: { id: 'c1' },
      recipient: { id: 'page-1' },
      request_thread_control: { requested_owner_app_id: 123, metadata: 'please' },
    });
    await deliver({ recipient: { id: 'page-1' }, app_roles: { '123': ['primary_receiver'] } });
    expect(new Set((await list()).map(({ kind }: { kind: string }) => kind))).toEqual(
      new Set(['handover-request', 'handover-roles']),
    );
  });

  it('tell the same matter once, and again after it was over', async () => {
    await api.deps.alerts.tell(token);
    await api.deps.alerts.tell(token);
    expect(api.logLines.filter((line) => line.includes('ALERT The token is dead.'))).toHaveLength(1);
    await api.deps.alerts.resolve(token);
    expect(await list('?state=open')).toEqual([]);
    await api.deps.alerts.tell(token);
    expect(await list('?state=open')).toMatchObject([{ count: 1, remedy: 'Make a new one.' }]);
    expect(await api.deps.registry.metrics()).toContain('attendant_alerts_total{kind="token"} 2');
  });

  it('are resolved by an operator', async () => {
    await api.deps.alerts.tell(token);
    const [{ id }] = await list();
    const resolve = (wanted: string) =>
      api.call('POST', `/api/v1/alerts/${encodeURIComponent(wanted)}/resolve`, { token: ADMIN_TOKEN });
    expect((await resolve(id)).body).toMatchObject({ state: 'resolved' });
    expect((await resolve('none')).status).toBe(404);
  });

  it('go to the operators’ webhook until it has taken them', async () => {
    const received: string[] = [];
    let status = 500;
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (piece: Buffer) => (body += piece.toString()));
      request.on('end', () => {
        received.push(body);
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const alerts = createOperatorAlerts({
      repository: createAlertsRepository(api.db),
      logger: api.deps.logger,
      registry: new Registry(),
      guardedFetch: createGuardedFetch({ privateHosts: ['127.0.0.1'] }),
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      live: { tell: async () => undefined },
      now: api.deps.now,
    });
    await alerts.tell(token);
    await alerts.sendUnsent();
    status = 204;
    await alerts.sendUnsent();
    expect(received).toHaveLength(1);
    api.clock.aheadMs += 61_000;
    await alerts.sendUnsent();
    await alerts.sendUnsent();
    server.close();
    expect(received.map((body) => (JSON.parse(body) as { alert: { kind: string } }).alert.kind)).toEqual([
      'token',
      'token',
    ]);
  });
});
