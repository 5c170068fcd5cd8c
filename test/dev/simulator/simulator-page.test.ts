import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appSecretProof, signBody } from '../../../adapters/messenger/signature.ts';
import { buildSimulator } from '../../../dev/simulator/build-simulator.ts';
import { createEmptyJournal } from '../../../dev/simulator/journal.ts';
import { createFixture, PAGE, PSID, type SimulatorFixture } from './simulator-fixture.ts';

let simulator: SimulatorFixture;

beforeEach(async () => {
  simulator = await createFixture();
  await simulator.control('POST', 'pages', PAGE);
});

afterEach(async () => simulator.app.close());

const thread = `pages/${PAGE.pageId}/customers/${PSID}/messages`;
const write = (text: string): Promise<{ body: { mid: string } }> =>
  simulator.control('POST', `customers/${PSID}/messages`, { pageId: PAGE.pageId, text });
const happen = (event: object) =>
  simulator.control('POST', `customers/${PSID}/events`, { pageId: PAGE.pageId, ...event });
const shown = async () => (await simulator.control('GET', thread)).body.items;
const log = async (after = 0) => (await simulator.control('GET', `log?after=${after}`)).body;
const fault = (body: object) => simulator.control('POST', 'faults', body);
const proof = (): string => appSecretProof(PAGE.pageToken, PAGE.appSecret);
const act = (action: object) =>
  simulator.app.inject({
    method: 'POST',
    url: `/v26.0/${PAGE.pageId}/messages?${new URLSearchParams({ access_token: PAGE.pageToken, appsecret_proof: proof() }).toString()}`,
    payload: { recipient: { id: PSID }, ...action },
  });

describe('the page of phones', () => {
  it('is served with its assets, and a policy that allows only its own files', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'console-'));
    await mkdir(path.join(folder, 'assets'));
    await writeFile(path.join(folder, 'simulator.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">');
    await writeFile(path.join(folder, 'assets', 'simulator-1.js'), '1');
    const app = buildSimulator({ opened: createEmptyJournal(), consoleDir: folder });
    const page = await app.inject('/simulator');
    const asset = await app.inject('/assets/simulator-1.js');
    const nonce = /content="([^"]+)"/.exec(page.body)?.[1];
    expect(nonce).not.toBe('__CSP_NONCE__');
    expect(page.headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect([asset.statusCode, asset.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
    await app.close();
    await rm(folder, { recursive: true });
  });

  it('says what to do where it is not built', async () => {
    const { body } = await simulator.app.inject('/simulator');
    expect(body).toContain('npm start');
  });
});

describe('a phone', () => {
  it('shows that Attendant has taken a message, and that the Page has seen it', async () => {
    simulator.statuses.push(undefined);
    await write('Hello');
    await simulator.untilWaiting(1);
    expect(await shown()).toMatchObject([{ isDelivered: false, isRead: false }]);
    simulator.release();
    await simulator.untilPosted(2);
    await expect.poll(shown).toMatchObject([{ isDelivered: true, isRead: false }]);
    await act({ sender_action: 'mark_seen' });
    expect(await shown()).toMatchObject([{ isRead: true }]);
  });

  it('shows that a message of the Page has been read', async () => {
    await simulator.send({ text: 'Good day' });
    expect(await shown()).toMatchObject([{ from: 'page', isRead: false }]);
    await simulator.control('POST', `customers/${PSID}/reads`, { pageId: PAGE.pageId });
    expect(await shown()).toMatchObject([{ isRead: true }]);
  });

  it('shows edits, deletions and reactions of both sides', async () => {
    const { body } = await write('Helo');
    const { mid } = body;
    await happen({ kind: 'edit', mid, text: 'Hello' });
    await happen({ kind: 'reaction', mid, emoji: '👍' });
    await act({ sender_action: 'react', payload: { message_id: mid, reaction: 'love' } });
    expect(await shown()).toMatchObject([{ text: 'Hello', isEdited: true, reactions: { customer: '👍', page: '❤️' } }]);
    await happen({ kind: 'reaction', mid });
    await happen({ kind: 'delete', mid });
    expect(await shown()).toMatchObject([{ isDeleted: true, reactions: { page: '❤️' } }]);
  });

  it('keeps a file and sends its address', async () => {
    const answer = await simulator.app.inject({
      method: 'POST',
      url: '/simulator/files?name=My%20lamp.png',
      headers: { 'content-type': 'image/png' },
      payload: Buffer.from('picture'),
    });
    const { url } = answer.json<{ url: string }>();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/simulator\/files\/[\w-]+\/My_lamp\.png$/);
    const file = await simulator.app.inject(new URL(url).pathname);
    expect([file.headers['content-type'], file.body]).toEqual(['image/png', 'picture']);
    const part = await simulator.app.inject({ url: new URL(url).pathname, headers: { range: 'bytes=2-3' } });
    expect([part.statusCode, part.body]).toEqual([206, 'ct']);
  });

  it('has a locale and a picture that the Graph API gives', async () => {
    const profile = { locale: 'de_DE', pictureUrl: 'http://127.0.0.1:1/face.png' };
    await simulator.control('POST', `pages/${PAGE.pageId}/customers`, { name: 'Lena Vogt' });
    const { body } = await simulator.control('POST', `pages/${PAGE.pageId}/customers`, {
      name: 'Lena Vogt',
      ...profile,
    });
    const secrets = new URLSearchParams({ access_token: PAGE.pageToken, appsecret_proof: proof() });
    const answer = await simulator.app.inject(`/v26.0/${body.psid}?${secrets.toString()}`);
    expect(answer.json()).toMatchObject({ last_name: 'Vogt', locale: 'de_DE', profile_pic: profile.pictureUrl });
  });
});

describe('the log of calls', () => {
  it('holds webhooks with their status and what was tried again', async () => {
    simulator.statuses.push(500);
    await write('Hello');
    await simulator.untilWaiting(1);
    simulator.release();
    await simulator.untilPosted(2);
    await expect
      .poll(async () => (await log()).items)
      .toMatchObject([
        { direction: 'webhook', state: 'answered', status: 500 },
        { direction: 'webhook', state: 'answered', status: 200, note: 'retry' },
      ]);
  });

  it('holds calls with body and answer, and no secret', async () => {
    await simulator.send({ text: 'Good day' });
    await expect.poll(async () => (await log()).items[0]).toMatchObject({ direction: 'graph', status: 200 });
    const text = JSON.stringify(await log());
    expect(text).toContain('Good day');
    expect(text).not.toContain(PAGE.pageToken);
    expect(text).not.toContain(PAGE.appSecret);
  });

  it('gives only what is new since a revision, and is empty after clearing', async () => {
    await write('Hello');
    await simulator.untilPosted(1);
    await expect.poll(async () => (await log()).items[0]?.state).toBe('answered');
    const { revision, epoch } = await log();
    expect((await log(revision)).items).toEqual([]);
    await simulator.control('DELETE', 'log');
    const cleared = await log();
    expect(cleared.items).toEqual([]);
    expect(cleared.epoch).not.toBe(epoch);
  });
});

describe('faults of webhooks', () => {
  it('forge: a copy with a wrong signature goes first, and the real one follows', async () => {
    await fault({ kind: 'webhook', way: 'forge' });
    await write('Hello');
    await simulator.untilPosted(2);
    const [forged, real] = simulator.webhooks;
    expect(forged?.body).toEqual(real?.body);
    expect(forged?.signature).not.toBe(signBody(forged?.body ?? Buffer.of(), PAGE.appSecret));
    expect(real?.signature).toBe(signBody(real?.body ?? Buffer.of(), PAGE.appSecret));
  });

  it('delay: the call waits', async () => {
    await fault({ kind: 'webhook', way: 'delay', delayMs: 4000 });
    await write('Hello');
    await simulator.untilWaiting(1);
    expect([simulator.waits, simulator.webhooks]).toEqual([[4000], []]);
    simulator.release();
    await simulator.untilPosted(1);
  });

  it('last until they are switched off, one by one', async () => {
    await fault({ kind: 'webhook', way: 'redeliver', count: 'all' });
    await fault({ kind: 'webhook', way: 'forge', count: 'all' });
    await fault({ kind: 'outage' });
    await write('Hello');
    await simulator.untilPosted(3);
    await simulator.control('DELETE', 'faults?kind=webhook&way=forge');
    await simulator.control('DELETE', 'faults?kind=outage');
    const { body } = await simulator.control('GET', 'faults');
    expect(body.items).toMatchObject([{ kind: 'webhook', way: 'redeliver', count: 'all' }]);
  });
});

describe('a reset', () => {
  it('forgets conversations, calls and faults, and keeps Pages and customers', async () => {
    await simulator.control('POST', `pages/${PAGE.pageId}/customers`, { name: 'Lena Vogt' });
    await write('Hello');
    await fault({ kind: 'outage' });
    await simulator.untilPosted(1);
    await simulator.control('POST', 'reset');
    const lists = ['pages', `pages/${PAGE.pageId}/customers`, thread, 'faults', 'sends'];
    const answers = await Promise.all(lists.map((list) => simulator.control('GET', list)));
    expect(answers.map(({ body }) => body.items.length)).toEqual([1, 1, 0, 0, 0]);
  });
});

describe('live changes', () => {
  it('are told to those who watch: what to ask for anew', async () => {
    await simulator.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = simulator.app.server.address() as { port: number };
    const watching = new AbortController();
    const { body } = await fetch(`http://127.0.0.1:${port}/simulator/changes`, { signal: watching.signal });
    await write('Hello');
    const decoder = new TextDecoder();
    let text = '';
    for await (const bytes of body ?? []) {
      text += decoder.decode(bytes as Uint8Array);
      if (text.includes('"log"') && text.includes(PSID)) break;
    }
    watching.abort();
    expect(text).toContain(`{"pageId":"${PAGE.pageId}","psid":"${PSID}"`);
  });
});
