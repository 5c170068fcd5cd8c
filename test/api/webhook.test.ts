import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { pageBody, postWebhook, WEBHOOK_URL } from './support/post-webhook.ts';
import { smallConfiguration, startApi, type TestApi } from './support/start-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  await api.apply([
    ...smallConfiguration(),
    { kind: 'account', name: 'other app', pageId: 'page-2', pageToken: 't', appSecret: 'app-secret-2' },
  ]);
});
afterAll(() => api.stop());
beforeEach(() => {
  api.actors.delivered.length = 0;
  api.actors.threadOwners.length = 0;
  api.actors.isAway = false;
  api.recorded.length = 0;
  api.onRecord = () => ({});
});

function message(psid: string, mid: string, timestamp = 1000): object {
  return { sender: { id: psid }, recipient: { id: 'page-1' }, timestamp, message: { mid, text: `text of ${mid}` } };
}

const shopBody = (...messaging: object[]): object => pageBody('page-1', ...messaging);

async function deliver(body: object | string, secret = 'app-secret-1') {
  const { status, text } = await postWebhook(api, body, secret);
  return { status, code: text.startsWith('{') ? (JSON.parse(text) as { code: string }).code : text };
}

const ask = (token: string) =>
  api.call('GET', `${WEBHOOK_URL}?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=1158201444`);

describe('verification', () => {
  it('answers the bare challenge to the verify token of any account', async () => {
    const { status, text, headers } = await ask('v-1');
    expect([status, text]).toEqual([200, '1158201444']);
    expect(headers['content-type']).toContain('text/plain');
  });

  it('answers 403 to a wrong token and to a missing one', async () => {
    expect((await ask('v-2')).status).toBe(403);
    expect((await api.call('GET', WEBHOOK_URL)).status).toBe(403);
  });
});

describe('delivery', () => {
  it('signals a customer message to the conversation of its Page and customer', async () => {
    expect(await deliver(shopBody(message('c1', 'm1')))).toEqual({ status: 200, code: 'EVENT_RECEIVED' });
    const [[conversationKey, events] = []] = api.actors.delivered;
    expect(conversationKey).toEqual({ pageId: 'page-1', psid: 'c1' });
    expect(events).toMatchObject([{ kind: 'message', mid: 'm1', text: 'text of m1' }]);
  });

  it('sends one signal per customer of a body, events sorted by time', async () => {
    await deliver(shopBody(message('c1', 'late', 3000), message('c2', 'other', 2000), message('c1', 'early', 1000)));
    const byCustomer = api.actors.delivered.map(([conversationKey, events]) => [
      conversationKey.psid,
      events.map((event) => event.mid),
    ]);
    expect(byCustomer).toEqual([
      ['c1', ['early', 'late']],
      ['c2', ['other']],
    ]);
  });

  it('checks the bytes on the wire, whose escapes parsing would lose', async () => {
    const raw = String.raw`{"object":"page","entry":[{"id":"page-1","time":1,"messaging":[{"sender":{"id":"c1"},"recipient":{"id":"page-1"},"timestamp":1,"message":{"mid":"m","text":"\u00e4 http:\/\/x"}}]}]}`;
    expect((await deliver(raw)).status).toBe(200);
    expect(api.actors.delivered[0]?.[1][0]?.text).toBe('ä http://x');
  });

  it('answers 401 to a wrong signature and to none', async () => {
    expect(await deliver(shopBody(message('c1', 'm1')), 'wrong')).toEqual({ status: 401, code: 'SIGNATURE_INVALID' });
    expect((await api.call('POST', WEBHOOK_URL, { body: shopBody(message('c1', 'm1')) })).status).toBe(401);
    expect(api.actors.delivered).toEqual([]);
  });

  it('answers 400 to signed bytes that are not JSON', async () => {
    expect(await deliver('not json')).toEqual({ status: 400, code: 'BODY_NOT_JSON' });
  });

  it('answers 413 over the limit, raises an alarm and counts it', async () => {
    expect((await deliver(shopBody(message('c1', 'm'.repeat(120_000))))).status).toBe(413);
    expect(api.logLines.some((line) => line.includes('ALARM') && line.includes('"level":"error"'))).toBe(true);
    expect(await api.deps.registry.metrics()).toContain('attendant_webhook_requests_total{result="too-large"} 1');
  });

  it('counts events of a Page whose secret did not sign, and changes nothing', async () => {
    expect((await deliver(shopBody(message('c1', 'm1')), 'app-secret-2')).status).toBe(200);
    expect(api.actors.delivered).toEqual([]);
    expect(await api.deps.registry.metrics()).toContain('outcome="user_message",result="unknown-page"} 1');
  });

  it('takes events of an account that another process added a moment ago', async () => {
    const raw = JSON.stringify({ object: 'page', entry: [{ id: 'page-9', messaging: [message('c9', 'm9')] }] });
    api.clock.aheadMs += 2000;
    await api.deps.configuration.get();
    const other = {
      name: 'new',
      pageId: 'page-9',
      pageToken: 't',
      appSecret: 's-9',
      verifyToken: 'v',
      onUnknown: 'hold',
    };
    await api.deps.store.accounts.put(other as never);
    await api.deps.store.raiseRevision();
    expect((await deliver(raw, 's-9')).status).toBe(200);
    expect(api.actors.delivered).toHaveLength(1);
  });

  it('acknowledges an event that the read model cannot take for what it is', async () => {
    api.onRecord = () => {
      throw new TypeError('odd');
    };
    expect(
      (await deliver(shopBody({ ...message('c1', 'm1'), message: undefined, read: { watermark: 5 } }))).status,
    ).toBe(200);
  });

  it('records deliveries and reads without waking a conversation', async () => {
    const conversationKey = { sender: { id: 'c1' }, recipient: { id: 'page-1' } };
    await deliver(
      shopBody(
        { ...conversationKey, delivery: { watermark: 5 } },
        { ...conversationKey, timestamp: 6, read: { watermark: 5 } },
      ),
    );
    expect(api.recorded.map((event) => event.outcome)).toEqual(['delivery', 'read']);
    expect(api.actors.delivered).toEqual([]);
  });

  it.each(['messaging', 'standby'])('does not take a copy on standby for another app’s: %s first', async (first) => {
    const second = first === 'messaging' ? 'standby' : 'messaging';
    const both = { [first]: [message('c1', 'copied')], [second]: [message('c1', 'copied')] };
    await deliver({ object: 'page', entry: [{ id: 'page-1', time: 1, ...both }] });
    expect(api.recorded).toEqual([]);
    expect(api.actors.delivered).toHaveLength(1);
  });

  it('tells a running conversation that another app has the thread', async () => {
    api.onRecord = () => ({ thread: { owner: 'other-app', at: 1 } });
    const conversationKey = { sender: { id: 'c1' }, recipient: { id: 'page-1' }, timestamp: 1 };
    await deliver(shopBody({ ...conversationKey, take_thread_control: { previous_owner_app_id: '1' } }));
    expect(api.actors.threadOwners).toEqual([
      [
        { pageId: 'page-1', psid: 'c1' },
        { owner: 'other-app', at: expect.any(Number) },
      ],
    ]);
  });

  it.each([
    ['a foreign object', { object: 'user', entry: [] }],
    ['no entries', { object: 'page' }],
    ['entries of a wrong type', { object: 'page', entry: 'x' }],
    ['a list', []],
    ['null', 'null'],
    [
      "the dashboard's test button",
      { object: 'page', entry: [{ id: '0', time: 1, changes: [{ field: 'messages', value: {} }] }] },
    ],
    ['deeply nested lists', `${'['.repeat(40_000)}${']'.repeat(40_000)}`],
  ])('acknowledges %s', async (_name, body) => {
    expect((await deliver(body)).status).toBe(200);
  });

  it('keeps an example of each kind that it does not know, and of a customer whom nobody names', async () => {
    const odd = ['telepathy', 'levitation', 'telepathy'].map((kind) => ({ sender: { id: 'c1' }, [kind]: {} }));
    const nameless = { recipient: { id: 'page-1' }, message: { mid: 'n' } };
    const many = Array.from({ length: 30 }, (_, index) => ({ sender: { id: 'c1' }, [`kind${index}`]: {} }));
    expect((await deliver(shopBody(...odd, nameless, ...many))).status).toBe(200);
    const reasons = await until('ten examples', async () => {
      const { items } = await api.deps.deadLetters.list({ cause: 'unknown' }, { limit: 100 });
      // Examples of bodies before may be written meanwhile: they are kept beside the answer.
      const ours = items
        .map(({ reason }) => reason)
        .filter((reason) => /telepathy|levitation|kind\d+$|without a customer/.test(reason));
      return ours.length >= 10 ? ours : undefined;
    });
    expect(reasons).toHaveLength(10);
    expect(reasons).toEqual(
      expect.arrayContaining(['unknown kind telepathy', 'unknown kind levitation', 'user_message without a customer']),
    );
  });

  it('writes no message text and no secret into the log', () => {
    const log = api.logLines.join('');
    expect(log).not.toContain('text of');
    expect(log).not.toContain('app-secret');
  });
});
