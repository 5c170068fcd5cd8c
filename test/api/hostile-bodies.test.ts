import { once } from 'node:events';
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boundBodies } from '../../api/bound-bodies.ts';
import { boundConnections } from '../../api/bound-connections.ts';
import type { App } from '../../api/zod-provider.ts';
import { handleError } from '../../api/error-handler.ts';
import { until } from '../support/until.ts';
import { WEBHOOK_URL } from './support/post-webhook.ts';
import { startApi, type TestApi } from './support/start-api.ts';

const FORGED = `sha256=${'0'.repeat(64)}`;

/** Begins a request and sends no more than `body` of it. */
function begin(port: number, body: Buffer, headers: Record<string, string>): ClientRequest {
  const request = httpRequest({ port, host: '127.0.0.1', method: 'POST', path: WEBHOOK_URL, headers, agent: false });
  request.on('error', () => undefined);
  request.flushHeaders();
  if (body.length > 0) request.write(body);
  return request;
}

async function answerTo(request: ClientRequest): Promise<IncomingMessage> {
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  return response;
}

/** Undefined where the connection ended first, as it may while the rest of a refused body is sent. */
const statusOf = (request: ClientRequest): Promise<number | undefined> =>
  answerTo(request).then(
    ({ statusCode }) => statusCode,
    () => undefined,
  );

const headersOf = (bytes: number): Record<string, string> => ({
  'content-type': 'application/json',
  'content-length': String(bytes),
  'x-hub-signature-256': FORGED,
});

const portOf = (app: App): number => (app.server.address() as AddressInfo).port;

describe('a webhook body without a signature', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await startApi();
    await api.app.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(() => api.stop());

  it.each([
    ['absent', {}],
    ['malformed', { 'x-hub-signature-256': 'sha256=short' }],
    ['of the older kind', { 'x-hub-signature': `sha1=${'0'.repeat(40)}` }],
  ])('is refused before it has come when the header is %s', async (_case, headers) => {
    const request = begin(portOf(api.app), Buffer.alloc(0), { 'content-length': '50000', ...headers });
    const { statusCode, headers: answered } = await answerTo(request);
    expect([statusCode, answered.connection]).toEqual([401, 'close']);
  });

  it('has a time by which it must have come', () => {
    const { requestTimeout, headersTimeout, maxConnections } = api.app.server;
    expect([requestTimeout, headersTimeout, maxConnections]).toEqual([30_000, 10_000, 2000]);
  });

  it('is not read further than 16 KiB where it is a log-in', async () => {
    const body = { username: 'ann', password: 'x'.repeat(17_000) };
    expect((await api.call('POST', '/api/v1/session', { body })).status).toBe(413);
  });
});

describe('bodies in flight', () => {
  const MIB = 1024 * 1024;
  let app: App;

  beforeAll(async () => {
    app = Fastify({ bodyLimit: 8 * MIB });
    app.setErrorHandler(handleError);
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    boundBodies(app, { smallBytes: 100_000, largeBytes: 3 * MIB });
    boundConnections(app, 12);
    app.post(WEBHOOK_URL, { config: { access: 'public' } }, async () => 'taken');
    await app.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(async () => {
    app.server.closeAllConnections();
    await app.close();
  });

  const whole = (bytes: number): ClientRequest => begin(portOf(app), Buffer.alloc(bytes), headersOf(bytes));

  it('are bounded, give small ones room, and are given back when callers go away', async () => {
    const held = [1, 2].map(() => begin(portOf(app), Buffer.alloc(MIB), headersOf(8 * MIB)));
    const refused = await until('a refusal', async () => {
      const statusCode = await statusOf(whole(1.5 * MIB));
      return statusCode === 200 ? undefined : statusCode;
    });
    expect(refused).toBe(503);
    expect((await answerTo(whole(1000))).statusCode).toBe(200);
    held.forEach((request) => request.destroy());
    await until('room', async () => (await statusOf(whole(1.5 * MIB))) === 200);
  });

  it('are given back when they have been answered', async () => {
    for (let index = 0; index < 6; index += 1) expect((await answerTo(whole(MIB))).statusCode).toBe(200);
  });

  it('come over a bounded number of connections, and idle ones make room', async () => {
    const idle = Array.from({ length: 11 }, () => begin(portOf(app), Buffer.alloc(0), headersOf(10)));
    await until(
      'the connections',
      () => new Promise((resolve) => app.server.getConnections((_error, count) => resolve(count >= 11))),
    );
    expect(await Promise.all([1, 2, 3].map(() => statusOf(whole(10))))).toContain(undefined);
    idle.forEach((request) => request.destroy());
    await until('room', async () => (await statusOf(whole(10))) === 200);
  });
});
