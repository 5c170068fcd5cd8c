import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerRoute, requireEveryRoute } from '../../api/register-route.ts';
import type { App } from '../../api/zod-provider.ts';
import { ERROR_CODES } from '../../contracts/error-codes.ts';
import type { AccessPolicy } from '../../contracts/access-policy.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { errorCodesOf, type HttpRoute } from '../../contracts/http-routes/http-route.ts';
import { startApi, type TestApi } from './support/start-api.ts';

const rows = Object.entries<HttpRoute>(httpRoutes);

// Never run: the compiler reads it, and an expectation without its error fails.
const wrongHandlers = (app: App): void => {
  // @ts-expect-error there is no such row
  registerRoute(app, httpRoutes.listPlanets, async () => ({ items: [], next: null }));
  // @ts-expect-error the list lacks its cursor
  registerRoute(app, httpRoutes.listUsers, async () => ({ items: [] }));
  // @ts-expect-error there is no such parameter
  registerRoute(app, httpRoutes.deleteUser, async (request) => (request.params.id ? null : null));
  // @ts-expect-error there is no such filter
  registerRoute(app, httpRoutes.listAlerts, async (request) => ({ items: [], next: request.query.page }));
  // @ts-expect-error it has no body
  registerRoute(app, httpRoutes.getHealth, async (request) => ({ status: request.body.status }));
};

describe('an app that is held to the table', () => {
  it('does not start while a row has no handler', async () => {
    const app: App = Fastify();
    requireEveryRoute(app);
    app.get('/healthz', async () => 'x');
    await expect(app.ready()).rejects.toThrow('No handler is registered for GET /readyz');
  });

  it('refuses a route that is no row, and a row twice', () => {
    const app: App = Fastify();
    requireEveryRoute(app);
    expect(() => app.get('/api/v1/secret-door', async () => 'x')).toThrow('GET /api/v1/secret-door is not in');
    app.get('/healthz', async () => 'x');
    expect(() => app.route({ method: 'GET', url: '/healthz', handler: async () => 'x' })).toThrow('GET /healthz');
  });

  it('takes only handlers that the row types', () => {
    expect(wrongHandlers).toBeTypeOf('function');
  });
});

describe('the table of routes', () => {
  it('names each route once', () => {
    const names = rows.map(([, { method, path }]) => `${method} ${path}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it('has a parameter in the schema for each in the path', () => {
    const wanted = rows.map(([name, { path }]) => [
      name,
      [...path.matchAll(/:(\w+)/g)].map(([, key = '']) => key).toSorted(),
    ]);
    const given = rows.map(([name, { params }]) => {
      const { shape = {} } = (params ?? {}) as { shape?: object };
      return [name, Object.keys(shape).toSorted()];
    });
    expect(given).toEqual(wanted);
  });

  /** Of what 200 gives as a whole. */
  const PART = '206';

  it('succeeds in one way in each row', () => {
    const several = rows.filter(
      ([, { responses }]) => Object.keys(responses).filter((status) => status !== PART).length !== 1,
    );
    expect(several.map(([name]) => name)).toEqual([]);
  });

  it('names no error that follows from the rest of the row', () => {
    const ofAll = ['BODY_TOO_LARGE', 'INTERNAL', 'SERVICE_UNAVAILABLE'];
    const ofLogins = ['UNAUTHENTICATED', 'FORBIDDEN'];
    const derivedOf = (access: AccessPolicy): string[] => (access === 'public' ? ofAll : [...ofAll, ...ofLogins]);
    const repeated = rows.filter(([, { access, errors = [] }]) =>
      errors.some((code) => derivedOf(access).includes(code)),
    );
    expect(repeated.map(([name]) => name)).toEqual([]);
  });
});

describe('the API document', () => {
  let api: TestApi;
  let paths: Record<
    string,
    Record<string, { operationId: string; responses: Record<string, { description: string }> }>
  >;

  beforeAll(async () => {
    api = await startApi();
    ({ paths } = (await api.call('GET', '/api/v1/openapi.json')).body);
  });
  afterAll(() => api.stop());

  const shown = rows.filter(([, { isHidden }]) => !isHidden);

  it('has an operation for each row, by its name, and no other', () => {
    const documented = Object.values(paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(documented.toSorted()).toEqual(shown.map(([name]) => name).toSorted());
  });

  it.each(shown)('names every error of %s under its status', (_name, route) => {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    const responses = paths[path]?.[route.method.toLowerCase()]?.responses ?? {};
    for (const code of errorCodesOf(route)) {
      expect(responses[ERROR_CODES[code].httpStatus]?.description.split(', ')).toContain(code);
    }
  });
});
