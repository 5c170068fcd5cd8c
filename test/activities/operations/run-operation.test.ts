import { createHmac } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ActivityDependencies } from '../../../activities/dependencies.ts';
import { createWorkerMetrics } from '../../../activities/metrics.ts';
import { createRunOperation } from '../../../activities/run-operation.ts';
import { createGuardedFetch } from '../../../adapters/guarded-fetch.ts';
import { createLogger } from '../../../adapters/logger.ts';
import {
  createConfigurationSnapshot,
  type ConfigurationContents,
} from '../../../adapters/mongo/configuration/configuration-snapshot.ts';
import type { Operation, OperationResult } from '../../../contracts/operation.ts';
import { startAnsweringServer, type AnsweringServer } from '../../support/answering-server.ts';

let server: AnsweringServer;
let logLines: string[];
let contents: ConfigurationContents;

beforeAll(async () => {
  server = await startAnsweringServer();
});
afterAll(() => server.stop());

beforeEach(() => {
  server.received.splice(0);
  logLines = [];
  server.answer = (response) => void response.end('{"order":17}');
  contents = {
    revision: 1,
    accounts: [],
    services: [{ name: 'support', skills: ['support'], group: 'default', hours: 'office' }],
    entries: [{ name: 'door', account: 'shop', scenario: 's', service: 'support' }],
    users: [
      {
        id: 'id-of-ann',
        createdAt: 0,
        username: 'ann',
        name: 'Ann Lee',
        role: 'agent',
        skills: { support: 50 },
        slots: 2,
        passwordHash: 'hash',
      },
    ],
    hours: [{ name: 'office', timeZone: 'UTC', open: [{ days: [1], from: '09:00', to: '17:00' }], closedOn: [] }],
    secrets: [{ name: 'crm', value: 'tell-nobody' }],
    bots: [],
    contactFields: [],
    caseStatuses: [],
    roles: [],
    webhooks: [],
    models: [],
    groups: [],
    teams: [],
    cannedResponses: [],
    evaluationForms: [],
    evaluationAssignments: [],
    surveys: [],
    labels: [],
    chatSettings: [],
    retention: [],
    scenarioHeads: [],
  };
});

const MONDAY_TEN = Date.UTC(2026, 10, 23, 10);

function run(operation: Operation, { attempt = 1, timeoutMs = 5000 } = {}): Promise<OperationResult> {
  const snapshot = createConfigurationSnapshot(contents);
  const get = () => Promise.resolve(snapshot);
  const sink = { write: (line: string) => void logLines.push(line) };
  const deps = {
    configuration: { get, refreshNow: get },
    guardedFetch: createGuardedFetch({ privateHosts: ['127.0.0.1'] }),
    logger: createLogger({ level: 'trace', processName: 'test' }, sink),
    metrics: createWorkerMetrics(new Registry()),
    timeZone: 'UTC',
    random: () => 0.25,
    now: () => MONDAY_TEN,
  } as unknown as ActivityDependencies;
  const environment = new MockActivityEnvironment({ attempt, scheduledTimestampMs: MONDAY_TEN });
  const request = { conversationId: 'c', effectId: 'ask:3', pageId: 'p', psid: 'u', entry: 'door', service: 'support' };
  return environment.run(createRunOperation(deps), { ...request, operation, timeoutMs });
}

const get = (more: object = {}): Operation => ({
  name: 'fetch-url',
  method: 'GET',
  url: `${server.origin}/orders`,
  headers: {},
  retries: 0,
  ...more,
});

describe('fetch-url', () => {
  it('gives status, body and JSON', async () => {
    expect(await run(get())).toEqual({
      outcome: 'done',
      values: { status: 200, body: '{"order":17}', json: { order: 17 } },
    });
    expect(server.received[0]?.headers['idempotency-key']).toBeUndefined();
  });

  it.each([
    ['json', { kind: 'json', value: { a: [1] } }, 'application/json', '{"a":[1]}'],
    ['form', { kind: 'form', fields: { a: 'b c', d: '&' } }, 'application/x-www-form-urlencoded', 'a=b+c&d=%26'],
    ['text', { kind: 'text', contentType: 'text/xml', text: '<a/>' }, 'text/xml', '<a/>'],
    ['multipart', { kind: 'multipart', fields: { a: 'b' } }, 'multipart/form-data; boundary=', 'name="a"'],
  ])('posts a %s body with the key of its effect', async (...[, body, contentType, text]) => {
    await run(get({ method: 'POST', body }));
    expect(server.received[0]?.headers['content-type']).toContain(contentType);
    expect(server.received[0]?.body).toContain(text);
    expect(server.received[0]?.headers['idempotency-key']).toBe('c:ask:3');
  });

  it.each([
    ['bearer', { kind: 'bearer', token: { secret: 'crm' } }, 'authorization', 'Bearer tell-nobody'],
    ['basic', { kind: 'basic', username: 'me', password: { secret: 'crm' } }, 'authorization', 'Basic bWU6'],
    ['header', { kind: 'header', header: 'X-Key', value: { secret: 'crm' } }, 'x-key', 'tell-nobody'],
  ])('sends a %s secret that is in no answer and no log', async (...[, auth, header, value]) => {
    server.answer = (response, { headers }) => void response.end(`you said ${headers[header] as string}`);
    const result = await run(get({ auth, headers: { 'X-Other': { secret: 'crm' } } }));
    expect(server.received[0]?.headers[header]).toContain(value);
    expect(server.received[0]?.headers['x-other']).toBe('tell-nobody');
    const traces = JSON.stringify(result) + logLines.join('');
    expect(traces).not.toContain('tell-nobody');
    expect(traces).not.toContain(Buffer.from('me:tell-nobody').toString('base64'));
  });

  it.each([
    ['json', { kind: 'json', value: { a: 'ü\ud800' } }],
    ['multipart', { kind: 'multipart', fields: { a: 'b' } }],
    ['text', { kind: 'text', contentType: 'text/xml', text: '<a>ü</a>' }],
  ])('signs a %s body as it leaves, and tells nobody the key or the signature', async (...[, body]) => {
    server.answer = (response, { headers }) => void response.end(`you said ${headers['x-hub'] as string}`);
    const sign = {
      secret: { secret: 'crm' },
      header: 'X-Hub',
      algorithm: 'sha256',
      encoding: 'hex',
      prefix: 'sha256=',
    };
    const result = await run(get({ method: 'POST', body, sign }));
    const [received] = server.received;
    const expected = createHmac('sha256', 'tell-nobody')
      .update(received?.body ?? '')
      .digest('hex');
    expect(received?.headers['x-hub']).toBe(`sha256=${expected}`);
    const traces = JSON.stringify(result) + logLines.join('');
    expect(traces).not.toContain('tell-nobody');
    expect(traces).not.toContain(expected);
  });

  it('fails for a secret that is not there, without a call', async () => {
    const auth = { kind: 'bearer', token: { secret: 'crn' } };
    expect(await run(get({ auth }))).toEqual({
      outcome: 'failed',
      reason: 'The configuration has no secret "crn".',
      values: {},
    });
    expect(server.received).toEqual([]);
  });

  it.each([
    ['an empty answer is no-data', 204, '', 'no-data'],
    ['an error is failed, with what came', 404, '{"why":"gone"}', 'failed'],
    ['a text is no JSON', 200, 'hello', 'done'],
  ])('%s', async (...[, status, body, outcome]) => {
    server.answer = (response) => void response.writeHead(status).end(body);
    expect(await run(get())).toMatchObject({ outcome, values: { status, body } });
  });

  it('reads bytes as what the answer says they are, and long numbers as they are', async () => {
    const json = Buffer.from('{"name":"Müller","id":12345678901234567890}', 'latin1');
    const type = 'application/json; charset=ISO-8859-1';
    server.answer = (response) => void response.writeHead(200, { 'content-type': type }).end(json);
    const { values } = await run(get());
    expect(values).toEqual({
      status: 200,
      body: '{"name":"Müller","id":12345678901234567890}',
      json: { name: 'Müller', id: '12345678901234567890' },
    });
  });

  it('cuts a long body at 64 kB', async () => {
    server.answer = (response) => void response.end(JSON.stringify('x'.repeat(100_000)));
    const { values } = await run(get());
    expect(values).toEqual({ status: 200, body: `"${'x'.repeat(65_535)}` });
  });

  it('leaves the next attempt to Temporal while retries are left, after what the other side asks for', async () => {
    server.answer = (response) => void response.writeHead(503, { 'retry-after': '2' }).end();
    await expect(run(get({ retries: 1 }))).rejects.toMatchObject({ nextRetryDelay: 2000 });
    expect(await run(get({ retries: 1 }), { attempt: 2 })).toMatchObject({
      outcome: 'failed',
      values: { status: 503 },
    });
    server.answer = (response) => void response.writeHead(404).end();
    expect(await run(get({ retries: 5 }))).toMatchObject({ outcome: 'failed' });
  });

  it('times out with the block', async () => {
    server.answer = () => undefined;
    expect((await run(get(), { timeoutMs: 200 })).outcome).toBe('timeout');
  });

  it('refuses a private address', async () => {
    const { outcome, reason } = await run(get({ url: 'https://10.0.0.1/' }));
    expect([outcome, reason]).toEqual(['failed', expect.stringContaining('refused')]);
  });
});

describe('ask-a-bot', () => {
  const ask: Operation = { name: 'ask-a-bot', message: 'where is my order?', maxResponses: 2 };

  beforeEach(() => {
    contents.bots = [{ name: 'faq', url: `${server.origin}/ask`, token: 'crm' }];
  });

  it('gives a bot the words and takes its responses', async () => {
    server.answer = (response) =>
      void response.end('{"responses":["On its way.",{"text":"Soon."},7,"more"],"sure":0.9}');
    const result = await run(ask);
    expect(result).toMatchObject({
      outcome: 'done',
      values: { responses: ['On its way.', 'Soon.'], raw: { sure: 0.9 } },
    });
    expect(server.received[0]?.headers).toMatchObject({
      authorization: 'Bearer tell-nobody',
      'idempotency-key': 'c:ask:3',
    });
    expect(JSON.parse(server.received[0]?.body ?? '')).toEqual({
      conversationId: 'c',
      pageId: 'p',
      psid: 'u',
      message: 'where is my order?',
    });
  });

  it('reads a bot’s answer behind a byte order mark, and cuts through no character', async () => {
    const long = `${'x'.repeat(1999)}😀`;
    server.answer = (response) => void response.end(`\uFEFF${JSON.stringify([long])}`);
    expect((await run(ask)).values['responses']).toEqual(['x'.repeat(1999)]);
  });

  it.each([
    ['nothing', '', 'no-data'],
    ['an empty list', '{"responses":[]}', 'no-data'],
    ['no JSON', '<html>', 'failed'],
  ])('takes %s for what it is', async (_what, body, outcome) => {
    server.answer = (response) => void response.end(body);
    expect((await run(ask)).outcome).toBe(outcome);
  });

  it('wants a bot that there is', async () => {
    expect((await run({ ...ask, account: 'none' })).reason).toContain('no bot "none"');
    contents.bots.push({ name: 'other', url: server.origin });
    expect((await run(ask)).reason).toContain('several bots');
  });
});

describe('look-ups', () => {
  it('check the service’s hours, the block’s own, and name what is missing', async () => {
    expect(await run({ name: 'check-business-hours' })).toEqual({
      outcome: 'done',
      values: { isOpen: true, nextChangeAt: '2026-11-23T17:00:00.000Z' },
    });
    const schedule = { open: [{ days: [1], from: '09:00', to: '17:00' }], closedOn: [] };
    const inTokyo: Operation = { name: 'check-business-hours', schedule, timeZone: 'Asia/Tokyo' };
    expect((await run(inTokyo)).values['isOpen']).toBe(false);
    expect((await run({ ...inTokyo, timeZone: 'Mars/Base' })).reason).toContain('not a time zone');
    expect((await run({ name: 'check-business-hours', hours: 'ofice' })).reason).toContain('no hours "ofice"');
  });

  it('draw a number, the same one for the same customer and text where asked', async () => {
    expect((await run({ name: 'draw-number' })).values).toEqual({ number: 0.25 });
    const [one, two, other] = await Promise.all(
      ['a', 'a', 'b'].map(async (sticky) => (await run({ name: 'draw-number', sticky })).values['number']),
    );
    expect([one === two, one === other]).toEqual([true, false]);
  });

  it('find users and services, and tell nothing secret of them', async () => {
    const found = await run({ name: 'search-directory', text: 'LEE', limit: 10 });
    expect(found.values).toEqual({ records: [{ kind: 'user', name: 'ann', title: 'Ann Lee' }] });
    expect((await run({ name: 'search-directory', text: 'nobody', limit: 1 })).outcome).toBe('no-data');
    const { values } = await run({ name: 'get-user-configuration', username: 'ann' });
    expect(values['user']).toEqual({
      username: 'ann',
      name: 'Ann Lee',
      role: 'agent',
      skills: { support: 50 },
      slots: 2,
    });
    expect((await run({ name: 'get-user-configuration', username: 'x' })).outcome).toBe('no-data');
  });
});
