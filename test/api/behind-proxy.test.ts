import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

const TOKEN = 'a-metrics-token-for-tests-only-0123456789';

let api: TestApi;

beforeAll(async () => {
  api = await startApi(({ settings }) => ({
    settings: {
      ...settings,
      trustedProxies: ['10.0.0.0/8'],
      publicUrl: 'https://desk.example.com',
      metricsToken: TOKEN,
    },
  }));
  await api.apply(smallConfiguration());
});
afterAll(() => api.stop());

function logIn(password: string, { from, forwarded }: { from: string; forwarded: string }) {
  const headers = { 'x-forwarded-for': forwarded, 'x-forwarded-proto': 'https' };
  const payload = { username: 'ann', password };
  return api.app.inject({ method: 'POST', url: '/api/v1/session', remoteAddress: from, headers, payload });
}

describe('an api behind a proxy', () => {
  it('counts log-ins by the address that a trusted proxy names, and believes nobody else', async () => {
    for (let attempt = 0; attempt < 10; attempt += 1)
      await logIn('not the password', { from: '10.1.1.1', forwarded: '203.0.113.5' });
    expect((await logIn(PASSWORD, { from: '10.1.1.1', forwarded: '203.0.113.5' })).statusCode).toBe(429);
    expect((await logIn(PASSWORD, { from: '10.1.1.1', forwarded: '203.0.113.6' })).statusCode).toBe(200);
    for (let attempt = 0; attempt < 10; attempt += 1)
      await logIn('not the password', { from: '192.0.2.1', forwarded: `203.0.113.${attempt + 10}` });
    expect((await logIn(PASSWORD, { from: '192.0.2.1', forwarded: '203.0.113.99' })).statusCode).toBe(429);
  });

  it('sets cookies that only this host over https can have set, and takes them', async () => {
    const { cookies } = await logIn(PASSWORD, { from: '10.1.1.1', forwarded: '203.0.113.7' });
    expect(cookies).toMatchObject([
      { name: '__Host-attendant_session', secure: true, path: '/', httpOnly: true },
      { name: '__Host-attendant_device', secure: true, path: '/', httpOnly: true },
    ]);
    const value = cookies[0]?.value ?? '';
    const offers = (name: string) =>
      api.call('GET', '/api/v1/agents/me/offers', { headers: { cookie: `${name}=${value}` } });
    expect((await offers('__Host-attendant_session')).status).toBe(200);
    expect((await offers('attendant_session')).status).toBe(401);
  });

  it('gives metrics to who has their token only', async () => {
    expect((await api.call('GET', '/metrics')).status).toBe(401);
    expect((await api.call('GET', '/metrics', { token: 'x' })).status).toBe(401);
    expect((await api.call('GET', '/metrics', { token: TOKEN })).status).toBe(200);
  });

  it('forbids caches and guesses on every answer', async () => {
    for (const url of ['/api/v1/session', '/healthz', '/nowhere', '/']) {
      const { headers } = await api.call('GET', url);
      expect([url, headers['cache-control'], headers['x-content-type-options']]).toEqual([url, 'no-store', 'nosniff']);
    }
  });
});
