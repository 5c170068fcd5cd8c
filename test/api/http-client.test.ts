import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpClient, type HttpClient } from '../../contracts/http-client.ts';
import { PASSWORD, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;
let address: string;

beforeAll(async () => {
  api = await startApi();
  await api.apply(smallConfiguration());
  address = await api.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => api.stop());

const withToken = (token: string): HttpClient =>
  createHttpClient(
    (url, request) => fetch(url, { ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } }),
    address,
  );

describe('the typed client on a real api', () => {
  it('logs in, asks, and logs out', async () => {
    const anonymous = createHttpClient(fetch, address);
    const session = await anonymous('POST /api/v1/session', { body: { username: 'adam', password: PASSWORD } });
    if (!session.ok) throw new Error(session.error.message);
    const call = withToken(session.body.token);
    expect(await call('GET /api/v1/users')).toMatchObject({ status: 200, body: { next: null } });
    const conversations = await call('GET /api/v1/conversations', { query: { account: 'shop', limit: 2 } });
    expect(conversations).toEqual({ ok: true, status: 200, body: { items: [], next: null } });
    expect(await call('DELETE /api/v1/session')).toEqual({ ok: true, status: 204, body: null });
    expect(await call('GET /api/v1/users')).toMatchObject({ ok: false, error: { code: 'UNAUTHENTICATED' } });
  });

  it('gives a refusal with the place of what is wrong', async () => {
    const call = withToken(await api.logIn('adam'));
    const refused = await call('PATCH /api/v1/accounts/:name', {
      params: { name: 'no/such' },
      body: { enabled: true },
    });
    expect(refused).toMatchObject({ ok: false, status: 404, error: { message: 'There is no account "no/such".' } });
  });

  it('asks without a body where a route takes none', async () => {
    const call = withToken(await api.logIn('adam'));
    const params = { id: 'a'.repeat(32) };
    expect(await call('POST /api/v1/dead-letters/:id/replay', { params })).toMatchObject({ ok: false, status: 404 });
  });
});
