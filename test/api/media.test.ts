import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ActivityDependencies } from '../../activities/dependencies.ts';
import { createWorkerMetrics } from '../../activities/metrics.ts';
import { createSendPart } from '../../activities/send-part.ts';
import { createAttachmentFiles } from '../../adapters/files/attachment-files.ts';
import { createGraphClient } from '../../adapters/messenger/graph-client.ts';
import { createReadModel } from '../../adapters/mongo/read-model.ts';
import { runCli } from '../../cli/main.ts';
import type { SendResult } from '../../contracts/part.ts';
import { startSimulator, type StartedSimulator } from '../support/start-simulator.ts';
import { ADMIN_TOKEN, smallConfiguration, startApi, tinyScenario, type TestApi } from './support/start-api.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let api: TestApi;
let url: string;
let folder: string;
let printed: string[];
let errors: string[];

beforeEach(async () => {
  api = await startApi();
  await api.apply(smallConfiguration());
  url = await api.app.listen({ host: '127.0.0.1', port: 0 });
  folder = await mkdtemp(path.join(tmpdir(), 'attendant-media-'));
  [printed, errors] = [[], []];
});
afterEach(async () => {
  await api.stop();
  await rm(folder, { recursive: true, force: true });
});

async function run(...args: string[]): Promise<number> {
  const env = { ATTENDANT_URL: url, ATTENDANT_ADMIN_TOKEN: ADMIN_TOKEN };
  return runCli(args, { env, print: (line) => printed.push(line), printError: (line) => errors.push(line) });
}

async function write(name: string, bytes: Uint8Array): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, bytes);
  return file;
}

async function add(name: string, bytes: Uint8Array): Promise<string> {
  expect(await run('files', 'add', await write(name, bytes))).toBe(0);
  return printed.at(-2)?.slice(0, 32) ?? '';
}

const sending = (id: string, type = 'image'): string =>
  tinyScenario.replace('{ text: "Hello." }', `{ text: "Hello.", attachments: [{ type: ${type}, file: ${id} }] }`);

/** Sends as the worker does, to a simulator instead of Meta. */
async function sendThrough(simulator: StartedSimulator, fileId: string): Promise<SendResult> {
  const readModel = createReadModel(api.db, Date.now);
  const deps = {
    readModel,
    graph: createGraphClient({ graphUrl: simulator.url, graphVersion: 'v26.0', timeoutMs: 5000 }),
    files: createAttachmentFiles(api.deps, api.deps.fileStore),
    configuration: api.deps.configuration,
    metrics: createWorkerMetrics(new Registry()),
    logger: api.deps.logger,
    alerts: { tell: async () => undefined, resolve: async () => undefined },
    now: Date.now,
  } as unknown as ActivityDependencies;
  const part = {
    id: randomUUID(),
    author: { kind: 'scenario' as const },
    text: '',
    attachment: { type: 'image' as const, fileId },
    quickReplies: [],
    at: Date.now(),
    seq: 1,
  };
  const request = { pageId: 'page-1', psid: 'c1', conversationId: 'c', part };
  const environment = new MockActivityEnvironment({ attempt: 1, scheduledTimestampMs: Date.now() });
  return environment.run(createSendPart(deps), request) as Promise<SendResult>;
}

describe('attendant files', () => {
  it('add a picture that a scenario sends by its id', async () => {
    const id = await add('logo.png', PNG);
    expect(printed.at(-1)).toBe(`  attachments: [{ type: image, file: "${id}" }]`);
    expect(await run('publish', await write('tiny.yaml', Buffer.from(sending(id))))).toBe(0);
    const simulator = await startSimulator();
    try {
      const page = { pageId: 'page-1', name: 'shop', pageToken: 'EAAB-1', appSecret: 'app-secret-1' };
      await simulator.control('POST', 'pages', { ...page, webhookUrl: 'http://127.0.0.1:9/' });
      await simulator.control('POST', 'customers/c1/messages', { pageId: 'page-1', text: 'Hello' });
      expect(await sendThrough(simulator, id)).toMatchObject({ status: 'accepted' });
      const sends = await fetch(`${simulator.url}/simulator/sends?pageId=page-1&psid=c1`);
      expect(await sends.json()).toMatchObject({ items: [{ attachments: [{ type: 'image' }], status: 'accepted' }] });
    } finally {
      await simulator.stop();
    }
  });

  it('give the same file the same id, and list it once', async () => {
    const id = await add('logo.png', PNG);
    expect(await add('renamed.png', PNG)).toBe(id);
    printed = [];
    expect(await run('files')).toBe(0);
    expect(printed).toEqual([expect.stringMatching(new RegExp(`^${id} {2}image .* renamed.png$`)), '1 files']);
  });

  it('refuse what Messenger does not take, with the reason, and take the rest', async () => {
    const empty = await write('empty.pdf', Buffer.alloc(0));
    const large = await write('film.mp4', Buffer.alloc(25 * 1024 * 1024 + 1));
    const picture = await write('large.png', Buffer.concat([PNG, Buffer.alloc(8 * 1024 * 1024)]));
    const fine = await write('terms.txt', Buffer.from('Terms'));
    expect(await run('files', 'add', empty, large, picture, path.join(folder, 'none.png'), fine)).toBe(1);
    expect(errors).toEqual([
      `${empty}: The file is empty. Add a file with something in it.`,
      `${large}: The file has 25.0 MB; of a file Messenger takes 25 MB. Make it smaller, or send a link to it.`,
      `${picture}: The file has 8.0 MB; of a picture Messenger takes 8 MB. Make it smaller, or send a link to it.`,
      `${path.join(folder, 'none.png')}: cannot be read: is the path right?`,
    ]);
    expect((await api.deps.media.list()).map(({ fileName, type }) => [fileName, type])).toEqual([
      ['terms.txt', 'file'],
    ]);
  });

  it('remove no file that a scenario in force sends', async () => {
    const id = await add('logo.png', PNG);
    await api.apply([{ kind: 'scenario', source: sending(id) }]);
    expect(await run('files', 'remove', id)).toBe(1);
    expect(errors.join('\n')).toContain('is sent by scenario "tiny"');
    await api.apply([{ kind: 'scenario', source: tinyScenario }]);
    expect(await run('files', 'remove', id)).toBe(0);
    expect(await api.deps.fileStore.get(id)).toBeUndefined();
    expect(await run('files', 'remove', id)).toBe(1);
  });
});

describe('a scenario that sends a file', () => {
  it('is refused where the storage has no such file', async () => {
    const { status, body } = await api.apply([{ kind: 'scenario', source: sending('f'.repeat(32)) }]);
    expect(status).toBe(422);
    expect(body.details).toMatchObject([
      { code: 'unknown-file', line: 5, remedy: expect.stringContaining('files add') },
    ]);
  });

  it('is told where the file is of another type', async () => {
    const id = await add('logo.png', PNG);
    const { body } = await api.call('POST', '/api/v1/scenarios/check', {
      token: ADMIN_TOKEN,
      body: { source: sending(id, 'video') },
    });
    expect(body.problems).toMatchObject([{ code: 'file-of-other-type', severity: 'warning' }]);
  });
});

describe('a file of our own', () => {
  it('is shown to agents, whose chats it may stand in', async () => {
    const id = await add('Öffnungszeiten.png', PNG);
    const { status, headers } = await api.call('GET', `/api/v1/files/${id}`, { token: await api.logIn('ann') });
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': `attachment; filename="_ffnungszeiten.png"; filename*=UTF-8''%C3%96ffnungszeiten.png`,
    });
  });

  it('is added as bytes, by admins, and recorded', async () => {
    const post = (options: object) => api.call('POST', '/api/v1/files?fileName=a.txt', options);
    const bytes = { body: Buffer.from('Hello'), headers: { 'content-type': 'application/octet-stream' } };
    expect((await post({ ...bytes, token: await api.logIn('ann') })).status).toBe(403);
    const json = await post({ token: ADMIN_TOKEN, body: { a: 1 } });
    expect([json.status, json.body.details]).toMatchObject([
      400,
      [{ message: expect.stringContaining('octet-stream') }],
    ]);
    const picture = { body: PNG, headers: { 'content-type': 'image/png' }, token: ADMIN_TOKEN };
    expect((await post(picture)).body).toMatchObject({ contentType: 'image/png', type: 'image' });
    const { status, body } = await post({ ...bytes, token: ADMIN_TOKEN });
    expect(status).toBe(200);
    expect(body).toMatchObject({ fileName: 'a.txt', contentType: 'text/plain', type: 'file', bytes: 5 });
    const audit = await api.call('GET', '/api/v1/audit?action=file.added', { token: ADMIN_TOKEN });
    expect(audit.body.items[0]).toMatchObject({ subject: { id: body.id, name: 'a.txt' } });
  });

  it('stands in the API document as bytes', async () => {
    const { body } = await api.call('GET', '/api/v1/openapi.json');
    expect(Object.keys(body.paths['/api/v1/files'].post.requestBody.content)).toEqual(['application/octet-stream']);
  });
});
