import { createServer, type Server, type ServerResponse } from 'node:http';
import { randomBytes, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFolderStore } from '../../adapters/files/folder-store.ts';
import type { FileStore } from '../../adapters/files/file-store.ts';
import { createSecretBox } from '../../adapters/secrets.ts';
import { createCustomerData } from '../../adapters/mongo/customer-data.ts';
import { createS3Store } from '../../adapters/files/s3-store.ts';
import { createReadModel } from '../../adapters/mongo/read-model.ts';
import { fileIdOf } from '../../adapters/mongo/files-repository.ts';
import { customerKey, messageKey } from '../../contracts/message-key.ts';
import { createCopier } from '../../api/files/copy-attachments.ts';
import { aConversation } from './support/fake-conversations.ts';
import { pageBody, postWebhook } from './support/post-webhook.ts';
import { ADMIN_TOKEN, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const fileId = fileIdOf(messageKey('page-1', 'c1', 'm1'), 0);

let api: TestApi;
let media: Server;
let mediaUrl: string;
let copier: ReturnType<typeof createCopier>;
let answer: { status: number; body: Buffer };

beforeEach(async () => {
  answer = { status: 200, body: PNG };
  media = createServer((_request, response) => response.writeHead(answer.status).end(answer.body));
  await new Promise<void>((resolve) => media.listen(0, '127.0.0.1', resolve));
  mediaUrl = `http://127.0.0.1:${(media.address() as AddressInfo).port}`;
  api = await startApi((deps) => ({ settings: { ...deps.settings, simulatorUrl: mediaUrl } }));
  await api.apply(smallConfiguration());
  copier = createCopier(api.deps);
});
afterEach(async () => {
  media.close();
  await api.stop();
});

async function deliver(url: string, type = 'image'): Promise<void> {
  const message = { mid: 'm1', attachments: [{ type, payload: { url } }] };
  const event = { sender: { id: 'c1' }, recipient: { id: 'page-1' }, timestamp: 1000, message };
  expect((await postWebhook(api, pageBody('page-1', event))).status).toBe(200);
}
function takenBack(): Promise<unknown> {
  const { events } = createReadModel(api.db, api.deps.now);
  const place = { pageId: 'page-1', psid: 'c1', at: 2000, channel: 'messaging' } as const;
  return events.recordEvent({ ...place, outcome: 'delete', mid: 'm1' });
}
const fetchFile = (token = ADMIN_TOKEN) => api.call('GET', `/api/v1/files/${fileId}`, { token });
const fileRow = () => api.deps.files.find(fileId);

async function inConversation(group: string): Promise<void> {
  api.conversations.records.push(aConversation({ group }));
  await api.db
    .collection<{ _id: string }>('messages')
    .insertOne({ _id: messageKey('page-1', 'c1', 'm1'), conversationId: 'c-1' } as never);
}

describe('an attachment', () => {
  it('is copied on arrival and served with headers that run nothing', async () => {
    await deliver(`${mediaUrl}/photo.png?sig=1`);
    await copier.work();
    const { status, headers } = await fetchFile();
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-disposition': 'attachment; filename="photo.png"',
      'content-security-policy': "default-src 'none'; sandbox",
    });
  });

  it.each([
    { range: 'bytes=2-4', status: 206, text: '234', part: 'bytes 2-4/10' },
    { range: 'bytes=7-', status: 206, text: '789', part: 'bytes 7-9/10' },
    { range: 'bytes=-2', status: 206, text: '89', part: 'bytes 8-9/10' },
    { range: 'bytes=5-99', status: 206, text: '56789', part: 'bytes 5-9/10' },
    { range: 'bytes=0-1,4-5', status: 200, text: '0123456789' },
    { range: 'bytes=99-', status: 200, text: '0123456789' },
    { range: 'lines=1-2', status: 200, text: '0123456789' },
    { range: 'nonsense', status: 200, text: '0123456789' },
  ])('is served by the part that a player asks for with $range', async ({ range, status, part, text }) => {
    answer.body = Buffer.from('0123456789');
    await deliver(`${mediaUrl}/digits.txt`, 'file');
    await copier.work();
    const got = await api.call('GET', `/api/v1/files/${fileId}`, { token: ADMIN_TOKEN, headers: { range } });
    expect([got.status, got.headers['content-range'], got.text]).toEqual([status, part, text]);
    expect(got.headers).toMatchObject({ 'accept-ranges': 'bytes', 'content-length': String(text.length) });
  });

  it('is served to those who may see the conversation, and to nobody else', async () => {
    await deliver(`${mediaUrl}/photo.png`);
    await copier.work();
    await inConversation('another group');
    expect((await fetchFile(await api.logIn('ann'))).status).toBe(404);
    expect((await fetchFile(await api.logIn('sue'))).status).toBe(200);
    expect((await api.call('GET', `/api/v1/files/${fileId}`)).status).toBe(401);
  });

  it.each<[string, number]>([
    ['there', 200],
    ['given up', 404],
  ])('tells whoever looks at the message that its copy is %s', async (_what, status) => {
    answer = { ...answer, status };
    await deliver(`${mediaUrl}/photo.png`);
    const from = await api.deps.live.findNextSeq();
    await copier.work();
    const told = (await api.deps.live.read(from)).map(({ note }) => note);
    const messageId = messageKey('page-1', 'c1', 'm1');
    expect(told).toContainEqual({ type: 'message.changed', message: { messageId } });
  });

  it('stands in the transcript with its copy, once there is one', async () => {
    await inConversation('default');
    const id = messageKey('page-1', 'c1', 'm1');
    const attachments = [{ type: 'image', url: `${mediaUrl}/photo.png` }];
    api.conversations.messages.set('c-1', [
      { id, direction: 'in', author: { kind: 'customer' }, attachments, at: 1000 },
    ]);
    const shown = async () =>
      (await api.call('GET', '/api/v1/conversations/c-1/messages', { token: ADMIN_TOKEN })).body.items[0].attachments;
    await deliver(`${mediaUrl}/photo.png`);
    expect(await shown()).toEqual(attachments);
    await copier.work();
    expect(await shown()).toEqual([{ ...attachments[0], fileId }]);
  });

  it('is fetched from hosts of Meta only', async () => {
    for (const url of ['https://example.com/a.png', 'https://169.254.169.254/latest', 'https://evil-fbcdn.net/a.png']) {
      await api.db.collection('files').deleteMany({});
      await deliver(url);
      await copier.work();
      expect(await fileRow()).toMatchObject({ state: 'failed', reason: expect.stringContaining('refused') });
    }
  });

  it('is tried again later where its host fails, and given up after five times', async () => {
    answer.status = 500;
    await deliver(`${mediaUrl}/photo.png`);
    await copier.work();
    expect(await fileRow()).toMatchObject({ state: 'waiting', reason: 'answered 500', attempts: 1 });
    for (let n = 0; n < 4; n += 1) {
      api.clock.aheadMs += 3_600_001;
      await copier.work();
    }
    expect(await fileRow()).toMatchObject({ state: 'failed', attempts: 5 });
    expect((await fetchFile()).status).toBe(404);
  });

  it('is copied by another process where one died over it', async () => {
    await deliver(`${mediaUrl}/photo.png`);
    await api.deps.files.claim(customerKey('page-1', 'c1'), api.deps.now(), api.deps.now() + 120_000);
    await copier.work();
    expect(await fileRow()).toMatchObject({ state: 'waiting' });
    api.clock.aheadMs += 120_001;
    await copier.work();
    expect(await fileRow()).toMatchObject({ state: 'stored' });
  });

  it('is no picture where an error page came', async () => {
    answer.body = Buffer.from('<html><script>alert(1)</script></html>');
    await deliver(`${mediaUrl}/photo.png`);
    await copier.work();
    expect(await fileRow()).toMatchObject({ state: 'failed' });
  });

  it('is saved and not shown where it could run something', async () => {
    answer.body = Buffer.from('<html><script>alert(1)</script></html>');
    await deliver(`${mediaUrl}/page.html`, 'file');
    await copier.work();
    expect((await fetchFile()).headers['content-type']).toBe('application/octet-stream');
  });

  it('is not copied where the account says so, and a shared link never', async () => {
    const [account, ...rest] = smallConfiguration();
    await api.apply([{ ...account, attachmentDays: 0 }, ...rest]);
    await deliver(`${mediaUrl}/photo.png`);
    expect(await fileRow()).toBeUndefined();
    await api.apply([{ ...account, attachmentDays: 1 }, ...rest]);
    await deliver(`${mediaUrl}/page`, 'fallback');
    expect(await fileRow()).toBeUndefined();
  });

  it.each<[string, () => Promise<unknown>]>([
    ['taken back', () => takenBack()],
    ['taken back and swept', () => takenBack().then(() => sweepFiles())],
    ['erased', () => api.deps.customerData.erase({ pageId: 'page-1', psid: 'c1' })],
  ])('that is %s while it is copied leaves no bytes behind', async (_what, takeBack) => {
    const { fileStore } = api.deps;
    const slow: FileStore = { ...fileStore, put: (id, bytes) => takeBack().then(() => fileStore.put(id, bytes)) };
    await deliver(`${mediaUrl}/photo.png`);
    await createCopier({ ...api.deps, fileStore: slow }).work();
    expect(await fileStore.get(fileId)).toBeUndefined();
    expect((await fileRow())?.state).not.toBe('stored');
  });

  it('is deleted after its days', async () => {
    await deliver(`${mediaUrl}/photo.png`);
    await copier.work();
    api.clock.aheadMs += 89 * 86_400_000;
    await sweepFiles();
    expect(await fileRow()).toBeDefined();
    api.clock.aheadMs += 2 * 86_400_000;
    await sweepFiles();
    expect(await fileRow()).toBeUndefined();
    expect(await api.deps.fileStore.get(fileId)).toBeUndefined();
  });
});

const sweepFiles = () => api.deps.retention.data.removeExpiredFiles(api.deps.now());

/** Attachments of one customer, asked for as a webhook asks. */
const flood = (psid: string, count: number) =>
  api.deps.files.request(
    Array.from({ length: count }, (_each, index) => ({
      pageId: 'page-1',
      psid,
      key: `m${String(index)}`,
      index: 0,
      type: 'image',
      url: `${mediaUrl}/${psid}/${String(index)}.png`,
      at: api.deps.now() - 1000,
      keepDays: 90,
    })),
  );
const rowsOf = (psid: string) => api.deps.files.listOfCustomer({ pageId: 'page-1', psid });

describe('one customer’s flood of attachments', () => {
  it('keeps nobody else’s waiting', async () => {
    const order: string[] = [];
    media.on('request', ({ url = '' }: { url?: string }) => order.push(url.split('/')[1] ?? ''));
    await flood('loud', 60);
    await flood('quiet', 2);
    await flood('calm', 2);
    await copier.work();
    expect(order.slice(0, 6).toSorted()).toEqual(['calm', 'calm', 'loud', 'loud', 'quiet', 'quiet']);
    expect(order).toHaveLength(64);
  });

  it('is fetched one at a time, however many workers there are', async () => {
    let open = 0;
    let most = 0;
    media.on('request', (_request, response: ServerResponse) => {
      most = Math.max(most, (open += 1));
      response.on('close', () => (open -= 1));
    });
    await flood('loud', 30);
    await Promise.all([copier.work(), copier.work(), copier.work()]);
    expect(most).toBe(1);
  });

  it('is copied up to the bytes of a day, and the rest keeps Meta’s address with the reason', async () => {
    answer.body = Buffer.concat([PNG, Buffer.alloc(300_000)]);
    await flood('loud', 6);
    await copier.work();
    const rows = await rowsOf('loud');
    expect(rows.filter(({ state }) => state === 'stored')).toHaveLength(3);
    const [refused] = rows.filter(({ state }) => state === 'failed');
    expect(refused?.reason).toMatch(/in a day/);
    api.clock.aheadMs += 86_400_001;
    await deliver(`${mediaUrl}/photo.png`);
    await copier.work();
    expect(await fileRow()).toMatchObject({ state: 'stored' });
  });

  it('is copied up to the number of a day; what is left is given up at once', async () => {
    let count = 0;
    media.on('request', () => (count += 1));
    await flood('loud', 150);
    await copier.work();
    expect(count).toBe(100);
    const rows = await rowsOf('loud');
    expect(rows.filter(({ state }) => state === 'waiting')).toEqual([]);
    await inConversation('default');
    const id = messageKey('page-1', 'loud', 'm149');
    const attachments = [{ type: 'image', url: 'https://cdn.fbsbx.com/1' }];
    api.conversations.messages.set('c-1', [
      { id, direction: 'in', author: { kind: 'customer' }, attachments, at: 1000 },
    ]);
    const { body } = await api.call('GET', '/api/v1/conversations/c-1/messages', { token: ADMIN_TOKEN });
    expect(body.items[0].attachments).toEqual([{ ...attachments[0], noCopy: expect.stringMatching(/in a day/) }]);
  });

  it('is erased many at once, whether it was copied or not', async () => {
    let open = 0;
    let most = 0;
    let deletes = 0;
    const fileStore: FileStore = {
      ...api.deps.fileStore,
      async delete() {
        deletes += 1;
        most = Math.max(most, (open += 1));
        await new Promise((resolve) => setTimeout(resolve, 5));
        open -= 1;
      },
    };
    await flood('loud', 100);
    await copier.work();
    await flood('loud', 400);
    const data = createCustomerData({ db: api.db, secrets: createSecretBox(randomBytes(32)), fileStore });
    await data.erase({ pageId: 'page-1', psid: 'loud' });
    expect([deletes, most > 20]).toEqual([400, true]);
    expect(await rowsOf('loud')).toEqual([]);
  });
});

describe.each(['folder', 's3'])('the %s store', (kind) => {
  it('puts, gets, replaces and deletes, and takes no key that leads elsewhere', async () => {
    const objects = new Map<string, Buffer>();
    const bucket = createServer((request, response) => {
      expect(request.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=key\//);
      const key = request.url ?? '';
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        if (request.method === 'PUT') objects.set(key, Buffer.concat(pieces));
        if (request.method === 'DELETE') objects.delete(key);
        const found = objects.get(key);
        if (request.method === 'GET' && !found) response.writeHead(404).end('<Error/>');
        else response.end(request.method === 'GET' ? found : undefined);
      });
    });
    await new Promise<void>((resolve) => bucket.listen(0, '127.0.0.1', resolve));
    const bucketUrl = `http://127.0.0.1:${(bucket.address() as AddressInfo).port}/attendant`;
    const store =
      kind === 's3'
        ? createS3Store({ bucketUrl, region: 'us-east-1', accessKeyId: 'key', secretAccessKey: 'secret' })
        : createFolderStore(path.join(tmpdir(), `store-${randomUUID()}`));
    const key = 'a'.repeat(32);
    expect(await store.get(key)).toBeUndefined();
    await store.put(key, Buffer.from('one'));
    await store.put(key, Buffer.from('two'));
    expect(Buffer.from((await store.get(key)) ?? []).toString()).toBe('two');
    await store.delete(key);
    await store.delete(key);
    expect(await store.get(key)).toBeUndefined();
    await expect(async () => store.get('../../etc/passwd')).rejects.toThrow('32 hex digits');
    bucket.close();
  });
});
