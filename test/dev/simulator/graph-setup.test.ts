import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appSecretProof } from '../../../adapters/messenger/signature.ts';
import { createFixture, PAGE, type SimulatorFixture } from './simulator-fixture.ts';

let simulator: SimulatorFixture;
beforeEach(async () => {
  simulator = await createFixture();
  await simulator.control('POST', 'pages', PAGE);
});
afterEach(() => simulator.app.close());

const APP_TOKEN = `${PAGE.appId}|${PAGE.appSecret}`;

async function graph(path: string, { token = PAGE.pageToken, ...query }: Record<string, string> = {}, body?: object) {
  const search = new URLSearchParams({ ...query, ...(token !== '' && { access_token: token }) });
  const url = `/v26.0/${path}?${search.toString()}`;
  const answer = await simulator.app.inject({ url, ...(body ? { method: 'POST', payload: body } : { method: 'GET' }) });
  return { status: answer.statusCode, body: answer.json() };
}

describe('the set-up of a simulated Page', () => {
  it('tells whose token it is, and refuses no token, a strange one and a wrong proof', async () => {
    expect((await graph('me')).body).toEqual({ id: '100', name: 'Moon Bakery' });
    const proof = appSecretProof(PAGE.pageToken, PAGE.appSecret);
    expect((await graph('me', { appsecret_proof: proof })).status).toBe(200);
    expect((await graph('me', { appsecret_proof: 'x' })).body.error.code).toBe(100);
    expect((await graph('me', { token: 'strange' })).body.error.code).toBe(190);
    expect((await graph('me', { token: '' })).body.error.code).toBe(104);
  });

  it('lets the app ask about a token and its own webhook, and no Page token', async () => {
    const { data } = (await graph('debug_token', { token: APP_TOKEN, input_token: PAGE.pageToken })).body;
    expect(data).toMatchObject({ is_valid: true, app_id: '77', profile_id: '100', expires_at: 0 });
    expect((await graph('debug_token', { input_token: PAGE.pageToken })).body.error.code).toBe(190);
    const [row] = (await graph('77/subscriptions', { token: APP_TOKEN })).body.data;
    expect(row).toMatchObject({ object: 'page', callback_url: PAGE.webhookUrl, active: true });
  });

  it('replaces the fields of a Page, and refuses one there is not', async () => {
    expect((await graph('100/subscribed_apps', {}, { subscribed_fields: 'messages,message_reads' })).status).toBe(200);
    const [row] = (await graph('100/subscribed_apps')).body.data;
    expect(row).toMatchObject({ id: '77', subscribed_fields: ['messages', 'message_reads'] });
    expect((await graph('100/subscribed_apps', {}, { subscribed_fields: 'nonsense' })).body.error.code).toBe(100);
  });

  it('sends no echo and no delivery that nobody subscribed', async () => {
    await graph('100/subscribed_apps', {}, { subscribed_fields: 'messages' });
    await simulator.send({ text: 'hello' });
    expect((await simulator.control('GET', 'pages')).body.items[0].waitingEvents).toBe(0);
    expect(simulator.webhooks).toEqual([]);
  });

  it('refuses a call while its fault is on', async () => {
    await simulator.control('POST', 'faults', { kind: 'graph', call: 'me', code: 190, subcode: 463, httpStatus: 401 });
    expect(await graph('me')).toMatchObject({ status: 401, body: { error: { code: 190, error_subcode: 463 } } });
    await simulator.control('DELETE', 'faults');
    expect((await graph('me')).status).toBe(200);
  });
});
