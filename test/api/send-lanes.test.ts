import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MessageDocument } from '../../adapters/mongo/message-document.ts';
import { createReadModel } from '../../adapters/mongo/read-model.ts';
import type { Part } from '../../contracts/part.ts';
import { ADMIN_TOKEN, smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  await api.apply(smallConfiguration());
});
afterAll(() => api.stop());

const CONVERSATION = { pageId: 'page-1', psid: 'c', conversationId: 'conversation-1' };

function part(id: string, author: 'scenario' | 'agent' = 'scenario'): Part {
  return { id, author: { kind: author }, text: 'private words', quickReplies: [], at: Date.now(), seq: 1 };
}

const get = (path: string) => api.call('GET', path, { token: ADMIN_TOKEN });
const post = (path: string, body: object = {}) => api.call('POST', path, { token: ADMIN_TOKEN, body });

describe('sendLanes', () => {
  it('are open where nothing is known of a Page', async () => {
    const { body } = await get('/api/v1/send-lanes');
    expect(body.items).toEqual([{ pageId: 'page-1', account: 'shop', state: 'open', parkedParts: 0 }]);
  });

  it('say why one is closed and how much waits, and a resume wakes its actor', async () => {
    const { sendLanes, ledger } = createReadModel(api.db, Date.now);
    await sendLanes.close('page-1', { class: 'page-token', reason: 'dead', code: 190, since: 1000, tokenId: 'x' });
    await ledger.park(CONVERSATION, part('p-1'), {
      by: 'send-lane',
      reason: 'dead',
      now: Date.now(),
      attemptAt: Date.now(),
    });
    const { body } = await get('/api/v1/send-lanes');
    expect(body.items).toMatchObject([{ state: 'closed', reason: 'dead', code: 190, parkedParts: 1 }]);
    expect((await post('/api/v1/send-lanes/page-1/resume')).status).toBe(202);
    expect(api.actors.pages).toEqual([['page-1', { type: 'resume' }]]);
    expect((await post('/api/v1/send-lanes/page-9/resume')).status).toBe(404);
  });

  it('of a Page with a new token are looked at', async () => {
    api.actors.pages.length = 0;
    const documents = smallConfiguration().map((document) =>
      document.kind === 'account' ? { ...document, pageToken: 'EAAB-2' } : document,
    );
    await api.apply(documents);
    expect(api.actors.pages).toEqual([['page-1', { type: 'probe' }]]);
  });
});

describe('parts that wait', () => {
  it('are listed with what they wait for and without their text', async () => {
    const { body, text } = await get('/api/v1/ledger/parts?status=parked');
    expect(body.items).toMatchObject([{ id: 'p-1', status: 'queued', parked: { by: 'send-lane', reason: 'dead' } }]);
    expect(text).not.toContain('private');
  });

  it("of an ended conversation are the Page actor's to send, of a running one the conversation's", async () => {
    api.actors.pages.length = 0;
    expect((await post('/api/v1/ledger/parts/p-1/retry')).status).toBe(202);
    expect(api.actors.pages).toEqual([['page-1', { type: 'release', partId: 'p-1' }]]);
  });

  it('are given up once', async () => {
    expect((await post('/api/v1/ledger/parts/p-1/discard')).status).toBe(200);
    expect(await api.db.collection<MessageDocument>('messages').findOne({ _id: 'p-1' })).toMatchObject({
      status: 'failed',
      reason: expect.stringContaining('given up'),
    });
    expect((await post('/api/v1/ledger/parts/p-1/discard')).body).toMatchObject({ code: 'PART_SETTLED' });
  });

  it('that nobody knows are not found', async () => {
    expect((await post('/api/v1/ledger/parts/nothing/retry')).status).toBe(404);
  });
});
