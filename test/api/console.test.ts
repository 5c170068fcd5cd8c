import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isConsolePath } from '../../api/console/console-files.ts';
import {
  createConversationsRepository,
  ensureConversationIndexes,
} from '../../adapters/mongo/conversations-repository.ts';
import { aConversation } from './support/fake-conversations.ts';
import { smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  await api.apply(smallConfiguration());
});
afterAll(() => api.stop());

describe('the console', () => {
  it('says clearly where it is not built', async () => {
    const page = await api.app.inject({ url: '/' });
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('The console is not built');
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  it('is no answer to addresses of the api, and none to files', () => {
    expect(['/', '/chats', '/chats/c-1', '/settings'].map(isConsolePath)).toEqual([true, true, true, true]);
    const others = ['/api/v1/nothing', '/assets/x', '/clientweb/fb/x', '/metrics', '/favicon.ico'];
    expect(others.map(isConsolePath)).toEqual(others.map(() => false));
  });

  it('answers an unknown address of the api with its error', async () => {
    const answer = await api.app.inject({ url: '/api/v1/nothing' });
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('gives each page a nonce of its own, and assets that may be kept for ever', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'attendant-console-'));
    await mkdir(path.join(folder, 'assets'));
    await writeFile(path.join(folder, 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">');
    await writeFile(path.join(folder, 'assets', 'app-1.js'), 'let a = 1;');
    await writeFile(path.join(folder, 'assets', 'app-1.js.br'), 'compressed');
    const built = await startApi(({ settings }) => ({ settings: { ...settings, consoleDir: folder } }));
    const [one, other] = [await built.app.inject({ url: '/chats/c-1' }), await built.app.inject({ url: '/' })];
    const nonce = /content="([^"]+)"/.exec(one.body)?.[1] ?? '';
    expect(nonce.length).toBeGreaterThan(20);
    expect(one.headers['content-security-policy']).toContain(`'nonce-${nonce}'`);
    expect(one.headers['cache-control']).toBe('no-store');
    expect(other.body).not.toContain(nonce);
    const asset = await built.app.inject({ url: '/assets/app-1.js', headers: { 'accept-encoding': 'br' } });
    expect(asset.headers).toMatchObject({
      'content-encoding': 'br',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect(asset.headers['content-type']).toContain('javascript');
    expect((await built.app.inject({ url: '/assets/gone.js' })).statusCode).toBe(404);
    expect((await built.app.inject({ url: '/assets/..%2findex.html' })).statusCode).toBeGreaterThanOrEqual(400);
    await built.stop();
  });

  it('learns who is logged in', async () => {
    const token = await api.logIn('ann');
    const { body } = await api.call('GET', '/api/v1/session', { token });
    expect(body).toMatchObject({ username: 'ann', role: 'agent', takesChats: true, isSimulated: false });
    expect((await api.call('GET', '/api/v1/session')).status).toBe(401);
  });
});

const work = async (since: number, until: number) =>
  api.call(
    'GET',
    `/api/v1/agents/me/work?since=${new Date(since).toISOString()}&until=${new Date(until).toISOString()}`,
    { token: await api.logIn('ann') },
  );

describe("an agent's work", () => {
  it('lists the chats that they were in, with their stretches and what they said last that it came to', async () => {
    const segments = [
      { number: 1, agent: 'ann', from: 100_000, to: 160_000 },
      { number: 2, agent: 'ben', from: 160_000, to: 200_000 },
    ];
    api.conversations.records = [
      aConversation({ conversationId: 'mine', state: 'ended', segments }),
      aConversation({ conversationId: 'not mine', segments: [{ number: 1, agent: 'ben', from: 100_000 }] }),
      aConversation({ conversationId: 'of another day', segments: [{ number: 1, agent: 'ann', from: 900_000 }] }),
    ];
    const key = { conversationId: 'mine', requestId: 'r-1', username: 'ann' };
    await api.deps.wrapUps.recordContent(key, { disposition: 'Refund agreed', followUpAt: 500_000 }, 170_000);
    await api.deps.wrapUps.recordContent({ ...key, username: 'ben' }, { disposition: 'Spam' }, 210_000);
    const { body } = await work(0, 800_000);
    expect(body.items).toMatchObject([
      {
        conversation: { id: 'mine', state: 'ended' },
        stretches: [{ from: new Date(100_000).toISOString(), to: new Date(160_000).toISOString() }],
        disposition: 'Refund agreed',
        followUpAt: new Date(500_000).toISOString(),
      },
    ]);
    expect(body.items[0].stretches).toHaveLength(1);
  });

  it('is asked for by the month at most', async () => {
    expect((await work(0, 40 * 86_400_000)).body).toMatchObject({
      code: 'REQUEST_INVALID',
      details: [{ path: 'until' }],
    });
  });

  it('is found in MongoDB by the time of the stretch', async () => {
    const conversations = createConversationsRepository(api.db, { recordTerminated: async () => undefined });
    await conversations.record(
      aConversation({ conversationId: 'in', segments: [{ number: 1, agent: 'cho', from: 100 }] }),
    );
    await conversations.record(
      aConversation({
        conversationId: 'out',
        segments: [
          { number: 1, agent: 'cho', from: 10 },
          { number: 2, agent: 'ben', from: 100 },
        ],
      }),
    );
    const found = await conversations.listConversations({ stretch: { agent: 'cho', from: 50, to: 150 } }, { limit: 5 });
    expect(found.items.map(({ conversationId }) => conversationId)).toEqual(['in']);
  });
});

describe("an agent's day", () => {
  it('counts their stretches of chats since then, and how long those took that are over', async () => {
    await ensureConversationIndexes(api.db);
    const conversations = createConversationsRepository(api.db, { recordTerminated: async () => undefined });
    await conversations.record(
      aConversation({
        conversationId: 'a',
        segments: [
          { number: 1, agent: 'ann', from: 100, to: 400 },
          { number: 2, agent: 'ben', from: 400 },
        ],
      }),
    );
    await conversations.record(
      aConversation({ conversationId: 'b', segments: [{ number: 1, agent: 'ann', from: 500 }] }),
    );
    await conversations.record(
      aConversation({ conversationId: 'c', segments: [{ number: 1, agent: 'ann', from: 10, to: 20 }] }),
    );
    expect(await conversations.listStretches('ann', 100)).toEqual([{ from: 100, to: 400 }, { from: 500 }]);
  });
});
