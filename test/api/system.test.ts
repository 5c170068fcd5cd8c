import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;
let isMongoAway = false;
beforeAll(async () => {
  api = await startApi(({ settings, pingMongo }) => ({
    settings: { ...settings, simulatorUrl: 'http://127.0.0.1:9999' },
    pingMongo: () => (isMongoAway ? Promise.reject(new Error('away')) : pingMongo()),
  }));
});
afterAll(() => api.stop());

interface Operation {
  responses: Record<string, unknown>;
  requestBody?: unknown;
}

describe('the process', () => {
  it('is healthy by itself and ready with its servers', async () => {
    expect((await api.call('GET', '/healthz')).body).toEqual({ status: 'ok' });
    expect((await api.call('GET', '/readyz')).body).toEqual({ status: 'ready' });
  });

  it('says which server keeps it from being ready', async () => {
    [isMongoAway, api.actors.isAway] = [true, true];
    const { status, body } = await api.call('GET', '/readyz');
    [isMongoAway, api.actors.isAway] = [false, false];
    expect([status, body.details.map(({ path }: { path: string }) => path)]).toEqual([503, ['temporal', 'mongodb']]);
  });

  it('gives metrics in Prometheus form', async () => {
    const { text, headers } = await api.call('GET', '/metrics');
    expect(headers['content-type']).toContain('text/plain');
    expect(text).toContain('# TYPE attendant_webhook_requests_total counter');
  });

  it('leads to the simulator where there is one', async () => {
    const { status, headers } = await api.call('GET', '/simulator');
    expect([status, headers['location']]).toEqual([302, 'http://127.0.0.1:9999/simulator']);
    const without = await startApi();
    expect((await without.call('GET', '/simulator')).status).toBe(404);
    await without.stop();
  });

  it('answers an unknown address in the one form of errors', async () => {
    expect((await api.call('GET', '/api/v1/nothing')).body).toMatchObject({ code: 'NOT_FOUND', details: [] });
  });

  it('answers a body that is not JSON with 400', async () => {
    const headers = { 'content-type': 'application/json' };
    const answer = await api.app.inject({ method: 'POST', url: '/api/v1/session', headers, payload: '{oops' });
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'BODY_NOT_JSON']);
  });
});

describe('the API document', () => {
  it('is OpenAPI 3.1 made from the schemas that validate, with the errors of each route', async () => {
    const { body } = await api.call('GET', '/api/v1/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    expect(body.components.schemas).toHaveProperty('Conversation');
    const operations = Object.entries(body.paths as Record<string, Record<string, Operation>>)
      .filter(([path]) => path !== '/healthz')
      .flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
      );
    expect(operations.length).toBeGreaterThan(20);
    expect(body.paths['/api/v1/session'].post.security).toEqual([]);
    for (const { operation } of operations) {
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['500', '503']));
      // A socket answers 101.
      expect(Object.keys(operation.responses).some((status) => /^[12]/.test(status))).toBe(true);
    }
    const command = body.paths['/api/v1/conversations/{id}/accept'].post as Operation;
    expect(JSON.stringify(command.requestBody)).toContain('offerId');
    expect(Object.keys(command.responses)).toEqual(['200', '400', '401', '403', '404', '409', '413', '500', '503']);
  });
});
