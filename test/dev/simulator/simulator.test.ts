import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeWebhook } from '../../../adapters/messenger/decode-webhook.ts';
import { verifySignature } from '../../../adapters/messenger/signature.ts';
import { createFixture, NOW, PAGE, PSID, type SimulatorFixture, type Webhook } from './simulator-fixture.ts';

let simulator: SimulatorFixture;

beforeEach(async () => {
  simulator = await createFixture();
  await simulator.control('POST', 'pages', PAGE);
});

afterEach(() => simulator.app.close());

const write = (text: string): ReturnType<SimulatorFixture['control']> =>
  simulator.control('POST', `customers/${PSID}/messages`, { pageId: PAGE.pageId, text });
const nameCustomer = async (pageId: string): Promise<string> =>
  (await simulator.control('POST', `pages/${pageId}/customers`, { name: 'Ada Byron' })).body.psid;
const addFault = (fault: object): Promise<unknown> => simulator.control('POST', 'faults', fault);
const readThread = async (): Promise<object[]> =>
  (await simulator.control('GET', `pages/${PAGE.pageId}/customers/${PSID}/messages`)).body.items;
const readSends = async (): Promise<object[]> => (await simulator.control('GET', 'sends')).body.items;

function outcomesOf(webhooks: Webhook[]): string[] {
  return webhooks.flatMap(({ body }) => {
    const decoded = decodeWebhook(body, NOW);
    return decoded.isJson ? decoded.events.map((event) => event.outcome) : ['not JSON'];
  });
}

describe('a message of a customer', () => {
  it('reaches the webhook as Meta would send it', async () => {
    const { body } = await write('Hi');
    await simulator.untilPosted(1);
    expect(simulator.webhooks[0]?.url).toBe(PAGE.webhookUrl);
    expect(simulator.webhooks[0]?.json).toEqual({
      object: 'page',
      entry: [
        {
          id: PAGE.pageId,
          time: NOW,
          messaging: [
            {
              sender: { id: PSID },
              recipient: { id: PAGE.pageId },
              timestamp: NOW,
              message: { mid: body.mid, text: 'Hi' },
            },
          ],
        },
      ],
    });
  });

  it('is signed over the escaped bytes', async () => {
    await write('Grüße 😀 https://example.org');
    await simulator.untilPosted(1);
    const [webhook] = simulator.webhooks;
    expect(webhook?.body.toString()).toContain(String.raw`Gr\u00fc\u00dfe \ud83d\ude00 https:\/\/example.org`);
    expect(verifySignature(webhook?.body ?? Buffer.of(), webhook?.signature, PAGE.appSecret)).toBe(true);
  });

  it('carries attachments and the payload of a quick reply', async () => {
    const attachments = [{ type: 'image', url: 'https://cdn.example/a' }];
    const message = { pageId: PAGE.pageId, text: 'Yes', quickReplyPayload: 'YES', attachments };
    await simulator.control('POST', `customers/${PSID}/messages`, message);
    await simulator.untilPosted(1);
    const [webhook] = simulator.webhooks;
    expect(decodeWebhook(webhook?.body ?? Buffer.of(), NOW)).toMatchObject({
      events: [{ event: { text: 'Yes', payload: 'YES', attachments } }],
    });
  });

  it.each([
    [{ text: 'Hi' }, 400],
    [{ pageId: PAGE.pageId }, 400],
    [{ pageId: PAGE.pageId, text: 'Hi', oops: 1 }, 400],
    [{ pageId: 'unknown', text: 'Hi' }, 404],
  ])('is refused as %j', async (message, status) => {
    expect((await simulator.control('POST', `customers/${PSID}/messages`, message)).status).toBe(status);
  });

  it('arrives again, unharmed and in order, until it is taken', async () => {
    simulator.statuses.push(503, undefined);
    await write('one');
    await write('two');
    for (const count of [1, 2]) {
      await simulator.untilWaiting(count);
      simulator.release();
    }
    await simulator.untilPosted(4);
    const texts = simulator.webhooks.map(({ json }) => json.entry[0]?.messaging[0]?.['message']);
    expect(texts).toMatchObject([{ text: 'one' }, { text: 'one' }, { text: 'one' }, { text: 'two' }]);
  });

  it('waits longer after each failure, two seconds at most', async () => {
    simulator.statuses.push(...Array.from({ length: 7 }, () => 500));
    await write('one');
    for (const count of [1, 2, 3, 4, 5, 6, 7]) {
      await simulator.untilWaiting(count);
      simulator.release();
    }
    expect(simulator.waits).toEqual([100, 200, 400, 800, 1600, 2000, 2000]);
  });

  it('shares a call with others where the Page batches', async () => {
    await simulator.control('POST', 'pages', { ...PAGE, batchSize: 10 });
    simulator.statuses.push(500);
    await write('one');
    await simulator.untilWaiting(1);
    await write('two');
    await write('three');
    simulator.release();
    await simulator.untilPosted(2);
    expect(simulator.webhooks[1]?.json.entry[0]?.messaging).toHaveLength(3);
  });
});

describe('other doings of a customer', () => {
  it.each([
    ['postbacks', { pageId: PAGE.pageId, title: 'Start', payload: 'START' }, 'postback'],
    ['reads', { pageId: PAGE.pageId }, 'read'],
  ])('%s reach the webhook', async (what, body, outcome) => {
    await simulator.control('POST', `customers/${PSID}/${what}`, body);
    await simulator.untilPosted(1);
    expect(outcomesOf(simulator.webhooks)).toEqual([outcome]);
  });

  it('reach the webhook as raw events, on standby too', async () => {
    const event = { sender: { id: PSID }, reaction: { mid: 'm', action: 'react' } };
    await simulator.control('POST', `pages/${PAGE.pageId}/events`, { event, channel: 'standby' });
    await simulator.untilPosted(1);
    expect(simulator.webhooks[0]?.json.entry).toEqual([{ id: PAGE.pageId, time: NOW, standby: [event] }]);
  });
});

describe('a customer of a name', () => {
  it('has one PSID on a Page and another elsewhere', async () => {
    await simulator.control('POST', 'pages', { ...PAGE, pageId: '101' });
    const [first, again, elsewhere] = [
      await nameCustomer(PAGE.pageId),
      await nameCustomer(PAGE.pageId),
      await nameCustomer('101'),
    ];
    expect(first).toMatch(/^\d{17}$/);
    expect(again).toBe(first);
    expect(elsewhere).not.toBe(first);
  });

  it('has a profile', async () => {
    const psid = await nameCustomer(PAGE.pageId);
    const answer = await simulator.app.inject(`/v26.0/${psid}?access_token=unknown&fields=first_name`);
    expect(answer.json()).toEqual({ first_name: 'Ada', last_name: 'Byron', id: psid });
  });

  it('has no profile where nobody named it', async () => {
    const answer = await simulator.app.inject(`/v26.0/${PSID}?access_token=unknown`);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ error: { code: 100, error_subcode: 2018218 } });
  });
});

describe('a send of the Page', () => {
  it('is accepted, stands in the thread and comes back as echo and delivery', async () => {
    const quickReplies = [{ content_type: 'text', title: 'Yes', payload: 'YES' }];
    const { status, body } = await simulator.send({ text: 'Hello', metadata: 'part-1', quick_replies: quickReplies });
    expect({ status, recipient: body.recipient_id }).toEqual({ status: 200, recipient: PSID });
    await simulator.untilPosted(2);
    expect(await readThread()).toMatchObject([
      { from: 'page', text: 'Hello', quickReplies: [{ title: 'Yes', payload: 'YES' }], mid: body.message_id },
    ]);
    expect(await readSends()).toMatchObject([
      { status: 'accepted', metadata: 'part-1', mid: body.message_id, at: NOW },
    ]);
    const events = simulator.webhooks.map(({ json }) => json.entry[0]?.messaging[0]);
    expect(events).toMatchObject([
      {
        sender: { id: PAGE.pageId },
        recipient: { id: PSID },
        message: { is_echo: true, app_id: 77, mid: body.message_id, metadata: 'part-1' },
      },
      { sender: { id: PSID }, delivery: { mids: [body.message_id], watermark: NOW } },
    ]);
  });

  it.each<[string, object, number]>([
    ['no token', { access_token: '' }, 104],
    ['the token of another Page', { access_token: 'other' }, 190],
    ['a wrong proof', { appsecret_proof: 'f'.repeat(64) }, 100],
  ])('is refused with %s', async (_what, query, code) => {
    const { body } = await simulator.send({ text: 'Hello' }, { query });
    expect(body).toMatchObject({ error: { code, type: expect.any(String), fbtrace_id: expect.any(String) } });
    expect(await readThread()).toEqual([]);
  });

  it.each([
    ['over 2,000 characters', { text: 'a'.repeat(2001) }],
    ['without content', {}],
    [
      'with 14 quick replies',
      { text: 'a', quick_replies: Array.from({ length: 14 }, () => ({ content_type: 'text', title: 'a' })) },
    ],
    ['with metadata over 1,000 characters', { text: 'a', metadata: 'a'.repeat(1001) }],
  ])('is refused %s', async (_what, message) => {
    const { status, body } = await simulator.send(message);
    expect({ status, code: body.error.code }).toEqual({ status: 400, code: 100 });
  });

  it('is taken for a Page nobody registered, with any token', async () => {
    const answer = await simulator.app.inject({
      method: 'POST',
      url: '/v26.0/unregistered/messages?access_token=any',
      payload: { recipient: { id: PSID }, message: { text: 'Hello' } },
    });
    expect(answer.statusCode).toBe(200);
  });

  it('shows typing until it writes', async () => {
    const thread = `pages/${PAGE.pageId}/customers/${PSID}/messages`;
    const { app } = await createFixture();
    const url = `/v26.0/${PAGE.pageId}/messages?access_token=any`;
    await app.inject({ method: 'POST', url, payload: { recipient: { id: PSID }, sender_action: 'typing_on' } });
    const whileTyping = await app.inject(`/simulator/${thread}`);
    await app.inject({ method: 'POST', url, payload: { recipient: { id: PSID }, message: { text: 'Done' } } });
    const afterwards = await app.inject(`/simulator/${thread}`);
    expect([whileTyping.json().isTyping, afterwards.json().isTyping]).toEqual([true, false]);
    await app.close();
  });
});

describe('a fault', () => {
  it('of kind error refuses as many sends as it counts', async () => {
    await addFault({ kind: 'error', code: 613, count: 2 });
    const codes: unknown[] = [];
    for (const text of ['one', 'two', 'three']) codes.push((await simulator.send({ text })).body.error?.code);
    expect(codes).toEqual([613, 613, undefined]);
    expect(await readSends()).toMatchObject([
      { status: 'refused', errorCode: 613 },
      { status: 'refused' },
      { status: 'accepted' },
    ]);
  });

  it('carries subcode, status and transience to the answer', async () => {
    await addFault({ kind: 'error', code: 1, subcode: 1357046, httpStatus: 500, isTransient: true });
    const { status, body } = await simulator.send({ text: 'Hello' });
    expect({ status, error: body.error }).toMatchObject({
      status: 500,
      error: { code: 1, error_subcode: 1357046, is_transient: true },
    });
  });

  it('for another Page does nothing to this one', async () => {
    await addFault({ kind: 'error', code: 613, pageId: '999' });
    expect((await simulator.send({ text: 'Hello' })).status).toBe(200);
  });

  it('of kind slow answers after its time', async () => {
    await addFault({ kind: 'slow', delayMs: 7000 });
    const answer = simulator.send({ text: 'Hello' });
    await simulator.untilWaiting(1);
    expect(simulator.waits).toEqual([7000]);
    simulator.release();
    expect((await answer).status).toBe(200);
  });

  it.each([
    ['off', ['delivery']],
    ['double', ['echo', 'echo', 'delivery']],
  ])('of kind echo can turn it %s', async (echo, outcomes) => {
    await addFault({ kind: 'echo', echo });
    await simulator.send({ text: 'Hello' });
    await simulator.untilPosted(outcomes.length);
    expect(outcomesOf(simulator.webhooks)).toEqual(outcomes);
  });

  it('of kind echo can hold it back', async () => {
    await addFault({ kind: 'echo', echo: 'late', delayMs: 9000 });
    await simulator.send({ text: 'Hello' });
    await simulator.untilPosted(1);
    simulator.release();
    await simulator.untilPosted(2);
    expect(outcomesOf(simulator.webhooks)).toEqual(['delivery', 'echo']);
  });

  it('is gone after clearing', async () => {
    await addFault({ kind: 'error', code: 613 });
    await simulator.control('DELETE', 'faults');
    expect((await simulator.control('GET', 'faults')).body).toEqual({ items: [] });
    expect((await simulator.send({ text: 'Hello' })).status).toBe(200);
  });
});

describe('the list of Pages', () => {
  it('holds no secrets', async () => {
    const { body } = await simulator.control('GET', 'pages');
    const { pageId, name } = PAGE;
    expect(body).toEqual({
      items: [{ pageId, name, waitingEvents: 0, consoleUrl: 'http://127.0.0.1:9', profile: {} }],
    });
  });
});
