import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  await api.apply(smallConfiguration());
});
afterAll(() => api.stop());

const logIn = (username: string, password: string) =>
  api.call('POST', '/api/v1/session', { body: { username, password } });

async function cookieOf(username: string): Promise<string> {
  const { headers } = await logIn(username, PASSWORD);
  return String(headers['set-cookie']).split(';')[0] ?? '';
}

describe('session', () => {
  it('gives a token in the body and an http-only cookie', async () => {
    const { status, body, headers } = await logIn('ann', PASSWORD);
    expect([status, body.username, body.name, body.role]).toEqual([200, 'ann', 'Ann', 'agent']);
    expect(String(headers['set-cookie'])).toMatch(/attendant_session=.+HttpOnly.+SameSite=Lax/);
    expect((await api.call('GET', '/api/v1/agents/me/offers', { token: body.token })).status).toBe(200);
  });

  it('stores no token that a reader of the database could use', async () => {
    const { body } = await logIn('ann', PASSWORD);
    const stored = JSON.stringify(await api.db.collection('sessions').find().toArray());
    expect(stored).not.toContain(body.token);
  });

  it('answers a wrong password and an unknown user alike', async () => {
    const [wrong, unknown] = [await logIn('ann', 'not the password'), await logIn('nobody', 'not the password')];
    expect([wrong.status, wrong.body]).toEqual([401, unknown.body]);
  });

  it('blocks a user after ten failures for a minute, and others not', async () => {
    for (let attempt = 0; attempt < 10; attempt += 1) await logIn('sue', 'not the password');
    expect((await logIn('sue', PASSWORD)).body.code).toBe('TOO_MANY_ATTEMPTS');
    expect((await logIn('ann', PASSWORD)).status).toBe(200);
    api.clock.aheadMs += 60_001;
    expect((await logIn('sue', PASSWORD)).status).toBe(200);
  });

  it('refuses a cookie on a changing call from another site, and takes it from its own', async () => {
    const cookie = await cookieOf('ann');
    const choose = (headers: Record<string, string>) =>
      api.call('PUT', '/api/v1/agents/me/state', { headers: { cookie, ...headers }, body: { state: 'ready' } });
    expect((await choose({ origin: 'https://evil.example', host: 'here.example' })).status).toBe(403);
    expect((await choose({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await choose({})).status).toBe(403);
    expect((await choose({ origin: 'https://here.example', host: 'here.example' })).status).toBe(200);
    expect((await choose({ 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });

  it('ends by log-out, which logs the agent out of routing', async () => {
    const { body } = await logIn('ann', PASSWORD);
    await api.call('PUT', '/api/v1/agents/me/state', { token: body.token, body: { state: 'ready' } });
    expect((await api.call('DELETE', '/api/v1/session', { token: body.token })).status).toBe(204);
    expect(api.actors.agentStates.at(-1)).toMatchObject(['default', { username: 'ann', state: 'logged-out' }]);
    expect((await api.call('GET', '/api/v1/agents/me/offers', { token: body.token })).status).toBe(401);
  });

  it('is that of a user whom this process has not read yet, too', async () => {
    const { configuration } = api.deps;
    const now = { ...configuration };
    const held = await configuration.get();
    await api.apply([{ kind: 'user', username: 'nia', role: 'agent', password: PASSWORD }]);
    const { body } = await logIn('nia', PASSWORD);
    configuration.get = () => Promise.resolve(held);
    expect((await api.call('GET', '/api/v1/session', { token: body.token })).status).toBe(200);
    Object.assign(configuration, now);
  });

  it('expires', async () => {
    const { body } = await logIn('ann', PASSWORD);
    api.clock.aheadMs += 3_600_001;
    expect((await api.call('GET', '/api/v1/agents/me/offers', { token: body.token })).status).toBe(401);
  });

  it('ends when the password is changed', async () => {
    const { body } = await logIn('adam', PASSWORD);
    await api.apply([{ kind: 'user', username: 'adam', role: 'admin', password: 'another long password' }]);
    expect((await api.call('GET', '/api/v1/users', { token: body.token })).status).toBe(401);
    expect((await logIn('adam', 'another long password')).status).toBe(200);
  });
});
