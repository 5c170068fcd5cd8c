import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appSecretProof } from '../../../adapters/messenger/signature.ts';
import { createFixture, PAGE, PSID, type SimulatorFixture } from './simulator-fixture.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const SECOND = 1000;

let simulator: SimulatorFixture;

beforeEach(async () => {
  simulator = await createFixture();
  await simulator.control('POST', 'pages', PAGE);
});
afterEach(() => simulator.app.close());

async function graph(path: string, payload: object, token = PAGE.pageToken) {
  const query = `access_token=${token}&appsecret_proof=${appSecretProof(token, PAGE.appSecret)}`;
  const answer = await simulator.app.inject({ method: 'POST', url: `/v26.0/${path}?${query}`, payload });
  return { status: answer.statusCode, headers: answer.headers, body: answer.json() as Record<string, never> };
}

const say = (more: object = {}) =>
  graph('100/messages', { recipient: { id: PSID }, messaging_type: 'RESPONSE', message: { text: 'Hi' }, ...more });
const asHuman = { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' };
const advance = (advanceMs: number) => simulator.control('POST', 'clock', { advanceMs });
const fault = (body: object) => simulator.control('POST', 'faults', body);
const write = (text = 'Hello') =>
  simulator.control('POST', `customers/${PSID}/messages`, { pageId: PAGE.pageId, text });

describe('the messaging window', () => {
  it.each([
    ['a second before 24 hours', DAY - SECOND, 200, 200],
    ['at 24 hours', DAY, 400, 200],
    ['a second before 7 days', 7 * DAY - SECOND, 400, 200],
    ['at 7 days', 7 * DAY, 400, 400],
  ])('%s after a message lets a machine and a human write accordingly', async (...row) => {
    const [, elapsed, machine, human] = row;
    await write();
    await advance(elapsed);
    const refused = { error: { code: 10, error_subcode: 2_018_278 } };
    expect(await say()).toMatchObject(machine === 200 ? { status: 200 } : { status: 400, body: refused });
    expect(await say(asHuman)).toMatchObject(human === 200 ? { status: 200 } : { status: 400, body: refused });
  });

  it.each([
    ['an ad', { kind: 'referral', source: 'ADS', adId: '1' }, 7 * DAY],
    ['a reaction', { kind: 'reaction', mid: 'm_1', emoji: '❤' }, DAY],
  ])('is opened by %s', async (_what, event, length) => {
    await simulator.control('POST', `customers/${PSID}/events`, { pageId: PAGE.pageId, ...event });
    await advance(length - SECOND);
    expect((await say()).status).toBe(200);
    await advance(SECOND);
    expect((await say()).status).toBe(400);
  });

  it('knows nothing of a customer who never did anything, and takes no dead tag', async () => {
    expect((await say()).status).toBe(200);
    expect((await say({ messaging_type: 'MESSAGE_TAG', tag: 'ACCOUNT_UPDATE' })).body).toMatchObject({
      error: { code: 100 },
    });
  });
});

async function listStatuses(): Promise<number[]> {
  await simulator.control('DELETE', 'faults');
  await fault({ kind: 'hostile', seed: 7, timeouts: 0, resetsAfter: 0, resetsBefore: 0, rateLimits: 0.5 });
  const statuses: number[] = [];
  for (let sent = 0; sent < 20; sent += 1) statuses.push((await say()).status);
  return statuses;
}

describe('a hostile Graph', () => {
  it('refuses what is over the rate of a Page', async () => {
    await fault({ kind: 'rate-limit', perSecond: 2, pageId: PAGE.pageId });
    expect((await say()).status).toBe(200);
    expect((await say()).status).toBe(200);
    expect((await say()).body).toMatchObject({ error: { code: 613 } });
  });

  it('says in headers how much of the limits is used', async () => {
    await fault({ kind: 'usage', percent: 91, regainMinutes: 4 });
    const { headers } = await say();
    expect(JSON.parse(String(headers['x-app-usage']))).toMatchObject({ call_count: 91 });
    expect(JSON.parse(String(headers['x-business-use-case-usage']))).toMatchObject({
      [PAGE.pageId]: [{ type: 'messenger', estimated_time_to_regain_access: 4 }],
    });
  });

  it('lets a token die, and takes the one that replaces it', async () => {
    await fault({ kind: 'dead-token', pageId: PAGE.pageId });
    expect((await say()).body).toMatchObject({ error: { code: 190, error_subcode: 463 } });
    await simulator.control('POST', 'pages', { ...PAGE, pageToken: 'another' });
    const message = { recipient: { id: PSID }, message: { text: 'Hi' } };
    expect((await graph('100/messages', message, 'another')).status).toBe(200);
  });

  it('is away until the fault is cleared', async () => {
    await fault({ kind: 'outage' });
    expect((await say()).body).toMatchObject({ error: { code: 2, is_transient: true } });
    await simulator.control('DELETE', 'faults');
    expect((await say()).status).toBe(200);
  });

  it('meets each send with a mishap by its share, the same ones for the same seed', async () => {
    const first = await listStatuses();
    expect(new Set(first)).toEqual(new Set([200, 400]));
    expect(await listStatuses()).toEqual(first);
  });
});

const withReply = (reply: object): object => ({ text: 'a', quick_replies: [{ content_type: 'text', ...reply }] });
const withTemplate = (payload: object): object => ({ attachment: { type: 'template', payload } });
const withButton = (button: object): object => withTemplate({ template_type: 'button', text: 'x', buttons: [button] });
const withCard = (card: object): object => withTemplate({ template_type: 'generic', elements: [card] });

describe('messages of every kind', () => {
  it.each<[string, object]>([
    ['an image by URL', { attachment: { type: 'image', payload: { url: 'https://i.example/1' } } }],
    [
      'buttons',
      {
        attachment: {
          type: 'template',
          payload: {
            template_type: 'button',
            text: 'Choose',
            buttons: [{ type: 'postback', title: 'Yes', payload: 'Y' }],
          },
        },
      },
    ],
    ['a quick reply for the phone number', { text: 'No?', quick_replies: [{ content_type: 'user_phone_number' }] }],
  ])('are taken: %s', async (_what, message) => {
    expect((await say({ message })).status).toBe(200);
  });

  it.each<[string, object]>([
    [
      'text and attachment at once',
      { text: 'a', attachment: { type: 'image', payload: { url: 'https://i.example' } } },
    ],
    ['an attachment id that nobody uploaded', { attachment: { type: 'image', payload: { attachment_id: '9' } } }],
    ...['', '  '].flatMap((empty): [string, object][] => [
      [`a quick reply titled "${empty}"`, withReply({ title: empty, payload: 'p' })],
      [`a quick reply whose payload is "${empty}"`, withReply({ title: 't', payload: empty })],
      [`a button titled "${empty}"`, withButton({ type: 'postback', title: empty, payload: 'p' })],
      [`a button whose payload is "${empty}"`, withButton({ type: 'postback', title: 't', payload: empty })],
      [`a button that leads to "${empty}"`, withButton({ type: 'web_url', title: 't', url: empty })],
      [`a card titled "${empty}"`, withCard({ title: empty, subtitle: 's' })],
      [`a card with the picture "${empty}"`, withCard({ title: 't', image_url: empty })],
      [`the text "${empty}"`, { text: empty }],
    ]),
    ['a card that has nothing but a title', withCard({ title: 't' })],
    ['an address that is no web address', withButton({ type: 'web_url', title: 't', url: 'ftp://x.example' })],
    ['half a character', { text: 'half \ud83d' }],
    [
      'a template without buttons',
      { attachment: { type: 'template', payload: { template_type: 'button', text: 'x' } } },
    ],
  ])('are refused with %s', async (_what, message) => {
    expect((await say({ message })).body).toMatchObject({ error: { code: 100 } });
  });

  it('take an uploaded file for 90 days', async () => {
    const form = new FormData();
    form.set('message', '{}');
    form.set('filedata', new Blob(['bytes']), 'a.png');
    const encoded = new Response(form);
    const answer = await simulator.app.inject({
      method: 'POST',
      url: `/v26.0/100/message_attachments?access_token=${PAGE.pageToken}&appsecret_proof=${appSecretProof(PAGE.pageToken, PAGE.appSecret)}`,
      headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
      payload: Buffer.from(await encoded.arrayBuffer()),
    });
    const { attachment_id: id } = answer.json<{ attachment_id: string }>();
    const message = { attachment: { type: 'image', payload: { attachment_id: id } } };
    expect((await say({ message })).status).toBe(200);
    await advance(20 * DAY);
    for (let months = 0; months < 3; months += 1) await advance(24 * DAY);
    expect((await say({ message })).status).toBe(400);
  });

  it('speak in the name of a persona that was made', async () => {
    expect((await say({ persona_id: 'nobody' })).body).toMatchObject({ error: { code: 100 } });
    const persona = { name: 'Ann', profile_picture_url: 'https://i.example/ann' };
    const { body } = await graph('100/personas', persona);
    expect((await say({ persona_id: body['id'] })).status).toBe(200);
  });

  it('note what is shown beside them', async () => {
    await graph('100/messages', { recipient: { id: PSID }, sender_action: 'mark_seen' });
    const payload = { message_id: 'm_1', reaction: 'love' };
    await graph('100/messages', { recipient: { id: PSID }, sender_action: 'react', payload });
    const { body } = await simulator.control('GET', 'actions');
    expect(body.items).toMatchObject([{ action: 'mark_seen' }, { action: 'react', mid: 'm_1' }]);
  });
});

const mids = () =>
  simulator.webhooks.map(
    ({ json }) => (json.entry[0]?.messaging[0]?.['message'] as { text: string } | undefined)?.text,
  );

describe('webhooks', () => {
  it('come twice where a fault says so', async () => {
    await fault({ kind: 'webhook', way: 'redeliver' });
    await write('once');
    await simulator.untilPosted(2);
    expect(mids()).toEqual(['once', 'once']);
  });

  it('come in another order where a fault says so, and none is lost', async () => {
    simulator.statuses.push(500);
    await write('one');
    await simulator.untilWaiting(1);
    await write('two');
    await write('three');
    await fault({ kind: 'webhook', way: 'reorder' });
    simulator.release();
    await simulator.untilPosted(4);
    expect(mids()).toEqual(['one', 'three', 'one', 'two']);
  });

  it('end after an hour of failures: the app is unsubscribed and later events are lost', async () => {
    simulator.statuses.push(500, 500);
    await write('lost');
    await simulator.untilWaiting(1);
    await advance(HOUR);
    simulator.release();
    await simulator.untilWaiting(2);
    simulator.release();
    await write('also lost');
    const { body } = await simulator.control('GET', 'pages');
    expect(body.items).toMatchObject([{ waitingEvents: 0 }]);
    expect(simulator.webhooks).toHaveLength(2);
  });
});
