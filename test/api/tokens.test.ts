import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpRoutes } from '../../contracts/http-routes.ts';
import type { HttpRoute } from '../../contracts/http-routes/http-route.ts';
import { scopeOf } from '../../contracts/token-scopes.ts';
import { ADMIN_TOKEN, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  await api.apply(smallConfiguration());
});

afterAll(() => api.stop());

async function create(scopes: string[], expiresInDays = 1): ReturnType<TestApi['call']> {
  const body = { name: 'reports', scopes, expiresInDays };
  return api.call('POST', '/api/v1/tokens', { token: ADMIN_TOKEN, body });
}

/** Status of each route of the table that asks who calls, with parameters that nothing is found by. */
async function statusOf({ method, path }: HttpRoute, token: string): Promise<number> {
  const url = path.replaceAll(/:\w+/g, 'x');
  return (await api.call(method, url, { token, ...(method !== 'GET' && method !== 'DELETE' && { body: {} }) })).status;
}

describe('a token of a program', () => {
  it.each(['read:conversations', 'write:configuration', 'read:alerts'])('for %s can do just that', async (scope) => {
    const { token } = (await create([scope])).body;
    const guarded = Object.values<HttpRoute>(httpRoutes).filter(({ access }) => access !== 'public');
    for (const route of guarded) {
      const status = await statusOf(route, token);
      const name = `${route.method} ${route.path}: ${status}`;
      if (scopeOf(route) === scope) expect([200, 204, 400, 404, 422, 426], name).toContain(status);
      else expect(status, name).toBe(403);
    }
  });

  it('is shown once, listed without itself, and refused once it is revoked or over', async () => {
    const { body } = await create(['read:conversations']);
    expect(body.token).toMatch(/^att_[\w-]{43}$/);
    const read = (): ReturnType<TestApi['call']> => api.call('GET', '/api/v1/conversations', { token: body.token });
    expect((await read()).status).toBe(200);
    const { text, body: listed } = await api.call('GET', '/api/v1/tokens', { token: ADMIN_TOKEN });
    expect(text).not.toContain(body.token);
    expect(listed.items.find(({ id }: { id: string }) => id === body.id)).toMatchObject({
      name: 'reports',
      createdBy: 'admin token',
      lastUsedAt: expect.any(String),
    });
    expect(JSON.stringify(await api.db.collection('api-tokens').find().toArray())).not.toContain(body.token);
    expect((await api.call('DELETE', `/api/v1/tokens/${body.id}`, { token: ADMIN_TOKEN })).status).toBe(204);
    expect((await read()).status).toBe(401);
    const short = (await create(['read:conversations'])).body;
    api.clock.aheadMs += 25 * 60 * 60_000;
    expect((await api.call('GET', '/api/v1/conversations', { token: short.token })).status).toBe(401);
    const audit = await api.call('GET', '/api/v1/audit?limit=200', { token: ADMIN_TOKEN });
    const actions = audit.body.items.map(({ action }: { action: string }) => action);
    expect(actions).toEqual(expect.arrayContaining(['token.created', 'token.revoked']));
  });

  it('cannot be made for a scope that there is not, and says which is meant', async () => {
    const { status, body } = await create(['read:conversation']);
    expect(status).toBe(400);
    expect(body.details).toMatchObject([{ path: 'scopes.0', remedy: 'Did you mean "read:conversations"?' }]);
  });

  it('names its scopes by the table of routes', async () => {
    const { body } = await api.call('GET', '/api/v1/tokens/scopes', { token: ADMIN_TOKEN });
    const found = new Map<string, string[]>(
      body.items.map(({ scope, routes }: { scope: string; routes: string[] }) => [scope, routes]),
    );
    expect(found.get('read:conversations')).toContain('GET /api/v1/conversations/:id/events');
    expect(found.get('read:events')).toEqual(['GET /api/v1/events']);
    expect([...found.keys()].some((scope) => /tokens|session/.test(scope))).toBe(false);
  });
});
