import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeWebhook } from '../../../adapters/messenger/decode-webhook.ts';
import type { CustomerEvent } from '../../../contracts/customer-event.ts';
import type { WebhookEvent } from '../../../contracts/webhook-event.ts';

const RECEIVED_AT = Date.UTC(2026, 10, 22);
const SENT_AT = Date.UTC(2026, 10, 21);
const PAGE = '100';
const PSID = '200';

function decodeText(text: string): { events: WebhookEvent[]; foreign?: string } {
  const decoded = decodeWebhook(Buffer.from(text), RECEIVED_AT);
  if (!decoded.isJson) throw new Error('not JSON');
  return decoded;
}

function decodeItems(items: unknown[], entry: object = {}): WebhookEvent[] {
  const body = { object: 'page', entry: [{ id: PAGE, time: SENT_AT, messaging: items, ...entry }] };
  return decodeText(JSON.stringify(body)).events;
}

function decodeItem(content: object): WebhookEvent {
  const [event] = decodeItems([{ sender: { id: PSID }, recipient: { id: PAGE }, timestamp: SENT_AT, ...content }]);
  if (event === undefined) throw new Error('no event');
  return event;
}

function customerEventOf(content: object): CustomerEvent {
  const event = decodeItem(content);
  if (!('event' in event)) throw new Error(`no customer event but ${event.outcome}`);
  return event.event;
}

const hello = (mid: string): object => ({
  sender: { id: PSID },
  recipient: { id: PAGE },
  message: { mid, text: 'Hi' },
});

describe('a webhook body', () => {
  it('gives every event of every entry in order', () => {
    const { events } = decodeText(
      JSON.stringify({
        entry: [
          { id: '1', messaging: [hello('a'), hello('b')] },
          { id: '2', messaging: [hello('c')] },
        ],
        object: 'page',
      }),
    );
    expect(events.map((event) => [event.pageId, 'event' in event && event.event.key])).toEqual([
      ['1', 'a'],
      ['1', 'b'],
      ['2', 'c'],
    ]);
  });

  it.each(['', '{', 'undefined', '{1234567890123456789: 1}', '[0000000000000000001]', '[12345678901234567890x]'])(
    'is not JSON: %s',
    (text) => {
      expect(decodeWebhook(Buffer.from(text), RECEIVED_AT)).toEqual({ isJson: false });
    },
  );

  it.each(['null', '7', '"page"', '[]', '{}', '{"object":"instagram","entry":[]}', '{"object":{}}'])(
    'is foreign and without events: %s',
    (text) => {
      expect(decodeText(text)).toMatchObject({ events: [], foreign: expect.any(String) });
    },
  );

  it('names the object of a foreign body', () => {
    expect(decodeText('{"object":"user","entry":[{"id":"1"}]}').foreign).toBe('object is user');
  });

  it.each(['{"object":"page"}', '{"object":"page","entry":null}', '{"object":"page","entry":[{"id":"1"}]}'])(
    'without events gives none: %s',
    (text) => {
      expect(decodeText(text)).toEqual({ isJson: true, events: [] });
    },
  );

  it('keeps the neighbours of odd events', () => {
    const odd = [null, 7, 'x', [], {}, { message: 'text' }, { message: [] }, { sender: 3 }];
    const events = decodeItems(odd.flatMap((item, index) => [item, hello(`m${index}`)]));
    expect(events.map((event) => event.outcome)).toEqual(odd.flatMap(() => ['ignored', 'user_message']));
  });

  it('ignores the test of the App Dashboard visibly', () => {
    const { events } = decodeText(
      '{"object":"page","entry":[{"id":"0","time":1794000000,"changes":[{"field":"messages","value":{"sender":{"id":"12334"}}}]}]}',
    );
    expect(events).toEqual([
      {
        pageId: '0',
        at: 1_794_000_000_000,
        channel: 'changes',
        outcome: 'ignored',
        reason: 'dashboard test of messages',
      },
    ]);
  });

  it('names outcomes on standby as elsewhere', () => {
    const events = decodeItems([], { standby: [hello('a'), { sender: { id: PSID }, postback: { title: 'Yes' } }] });
    expect(events.map(({ channel, outcome }) => `${channel}:${outcome}`)).toEqual([
      'standby:user_message',
      'standby:postback',
    ]);
  });

  it('is decoded whatever the depth of its nesting', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const { events } = decodeText(
      `{"object":"page","entry":[{"id":"1","messaging":[{"sender":{"id":"2"},"postback":{"payload":${deep}}},${deep}]}]}`,
    );
    expect(events.map((event) => event.outcome)).toEqual(['postback', 'ignored']);
  });

  it('cannot reach a prototype', () => {
    const { events } = decodeText(
      '{"object":"page","entry":[{"id":"1","messaging":[{"__proto__":{"message":{"mid":"a"}},"constructor":{}}]}]}',
    );
    expect(events).toMatchObject([{ outcome: 'ignored', reason: 'unknown kind __proto__' }]);
    expect(Object.hasOwn(Object.prototype, 'message')).toBe(false);
  });
});

describe('an id', () => {
  it('keeps all its digits beyond 2^53', () => {
    const { events } = decodeText(
      '{"object":"page","entry":[{"id":10105655000959552123,"messaging":[{"sender":{"id":9007199254740993},' +
        String.raw`"message":{"mid":"m","text":"say \"90071992547409931\": -12345678901234567"}}]}]}`,
    );
    expect(events).toMatchObject([
      {
        pageId: '10105655000959552123',
        psid: '9007199254740993',
        event: { text: 'say "90071992547409931": -12345678901234567' },
      },
    ]);
  });

  it('leaves fractions and exponents that a double holds numbers, and others as they were written', () => {
    const { events } = decodeText(
      '{"object":"page","entry":[{"id":1,"time":1794000000000.00000000000000001,"messaging":[{"message":{"mid":12345678901234567e2}}]}]}',
    );
    expect(events).toMatchObject([{ at: 1_794_000_000_000, event: { mid: '12345678901234567e2' } }]);
  });

  it.each(['', 'x'.repeat(257), 1.5, true, {}, 'a\u0000b'])('of a customer must be usable: %j', (id) => {
    const [event] = decodeItems([{ sender: { id }, message: { mid: 'm' } }]);
    expect(event).toMatchObject({ outcome: 'ignored', reason: expect.stringContaining('customer id') });
  });

  it('of a Page must be usable', () => {
    const events = decodeItems([hello('m')], { id: 'x'.repeat(257) });
    expect(events).toMatchObject([{ pageId: '', outcome: 'ignored', reason: expect.stringContaining('Page id') }]);
  });

  it('of a message must be usable', () => {
    expect(decodeItem({ message: { mid: 'x'.repeat(257) } })).toMatchObject({ outcome: 'ignored' });
  });

  it('of the Page is the recipient where the entry has none', () => {
    expect(decodeItems([hello('m')], { id: null })).toMatchObject([{ pageId: PAGE, psid: PSID }]);
  });

  it('of the Page is the sender of an echo where the entry has none', () => {
    const echo = { sender: { id: PAGE }, recipient: { id: PSID }, message: { mid: 'm', is_echo: true } };
    expect(decodeItems([echo], { id: null })).toMatchObject([{ pageId: PAGE, psid: PSID, outcome: 'echo' }]);
  });
});

describe('the time of an event', () => {
  it.each([
    [1_794_000_000, 1_794_000_000_000],
    ['1794000000', 1_794_000_000_000],
    [1_794_000_000_123, 1_794_000_000_123],
    ['1794000000123', 1_794_000_000_123],
    [0, SENT_AT],
    [-5, SENT_AT],
    ['soon', SENT_AT],
    [1e300, SENT_AT],
    [null, SENT_AT],
    [undefined, SENT_AT],
  ])('is read from %j', (timestamp, at) => {
    expect(decodeItem({ timestamp, message: { mid: 'm' } }).at).toBe(at);
  });

  it.each([RECEIVED_AT + 6 * 60 * 1000, 2_097_152_000_000, '2036-06-15T00:00:00Z'])(
    'is never in the future: %s',
    (timestamp) => {
      expect(decodeItem({ timestamp, message: { mid: 'm' } }).at).toBe(SENT_AT);
      const [event] = decodeItems([{ ...hello('m'), timestamp }], { time: timestamp });
      expect(event).toMatchObject({ at: RECEIVED_AT, event: { at: RECEIVED_AT } });
    },
  );

  it('may be a little ahead of our clock', () => {
    const ahead = RECEIVED_AT + 4 * 60 * 1000;
    expect(decodeItem({ timestamp: ahead, message: { mid: 'm' } }).at).toBe(ahead);
  });

  it('is the time of receipt where neither event nor entry has one', () => {
    expect(decodeItems([hello('m')], { time: 0 })).toMatchObject([{ at: RECEIVED_AT }]);
  });
});

describe('a message', () => {
  it('keeps what tells the thumbs-up from a picture', () => {
    const url = 'https://cdn.example/thumb.png';
    const { attachments } = customerEventOf({
      message: { mid: 'm', sticker_id: 369239263222822, attachments: [{ type: 'image', payload: { url } }] },
    });
    expect(attachments).toEqual([{ type: 'image', url, stickerId: '369239263222822' }]);
  });

  it('gives a sticker sent as image and sticker once', () => {
    const { attachments } = customerEventOf({
      message: {
        mid: 'm',
        attachments: [
          { type: 'image', payload: { url: 'https://cdn.example/a', sticker_id: 369239263222822 } },
          { type: 'sticker', payload: { sticker_id: '369239263222822' } },
          { type: 'image', payload: { url: 'https://cdn.example/b' } },
        ],
      },
    });
    expect(attachments).toEqual([
      { type: 'sticker', url: 'https://cdn.example/a', stickerId: '369239263222822' },
      { type: 'image', url: 'https://cdn.example/b' },
    ]);
  });

  it.each([
    [
      { type: 'fallback', URL: 'https://a.example', title: 'A', payload: null },
      { url: 'https://a.example', title: 'A' },
    ],
    [
      { type: 'fallback', payload: { url: 'https://a.example', title: 'A' } },
      { url: 'https://a.example', title: 'A' },
    ],
    [{ type: 'fallback', payload: 'https://a.example' }, { url: 'https://a.example' }],
    [{ type: 'fallback', payload: 'words' }, {}],
    [{ type: 'fallback' }, {}],
    [{ type: 'ig_reel', payload: { url: '/reel/1' } }, { url: '/reel/1' }],
    [{ type: 'location', payload: { coordinates: { lat: 0, long: 0 } } }, { coordinates: { lat: 0, long: 0 } }],
    [{ type: 'template', payload: { product: { elements: [{ title: 'Shoe' }] } } }, { title: 'Shoe' }],
    [{ type: 'appointment_booking', payload: [] }, {}],
  ])('reads the attachment %j', (attachment, expected) => {
    const { attachments } = customerEventOf({ message: { mid: 'm', attachments: [attachment] } });
    expect(attachments).toEqual([{ type: attachment.type, ...expected }]);
  });

  it('keeps attachments it cannot read as unknown', () => {
    const { attachments } = customerEventOf({ message: { mid: 'm', attachments: [null, 'x', {}] } });
    expect(attachments).toEqual([{ type: 'unknown' }, { type: 'unknown' }, { type: 'unknown' }]);
  });

  it('that Messenger does not support is still a message', () => {
    expect(decodeItem({ message: { mid: 'm', is_unsupported: true } }).outcome).toBe('user_message');
  });

  it('that was taken back is a deletion', () => {
    expect(decodeItem({ message: { mid: 'm', is_deleted: true } })).toMatchObject({ outcome: 'delete', mid: 'm' });
  });

  it('says which message it answers', () => {
    expect(customerEventOf({ message: { mid: 'm', text: 'a', reply_to: { mid: 'm_0' } } }).replyTo).toBe('m_0');
    expect(customerEventOf({ message: { mid: 'm', text: 'a', reply_to: 'm_0' } })).not.toHaveProperty('replyTo');
  });

  it('carries what the ad showed', () => {
    const context = { ad_title: 'Sale', photo_url: 'https://x.test/p', post_id: 5, product_id: 'P' };
    const { referral } = customerEventOf({ message: { mid: 'm', referral: { ads_context_data: context } } });
    expect(referral?.ad).toEqual({ title: 'Sale', photoUrl: 'https://x.test/p', postId: '5', productId: 'P' });
  });

  it('carries the referral of an ad', () => {
    const { referral } = customerEventOf({ message: { mid: 'm', referral: { ref: 'r', source: 'ADS', ad_id: 6 } } });
    expect(referral).toEqual({ ref: 'r', source: 'ADS', adId: '6' });
  });

  it('holds no lone surrogate', () => {
    expect(customerEventOf({ message: { mid: 'm', text: 'a\ud83d' } }).text).toBe('a\uFFFD');
  });
});

describe('the other kinds', () => {
  it.each([
    [
      { message_edit: { mid: 'm', text: 'new', num_edit: '2' } },
      { outcome: 'edit', mid: 'm', text: 'new', editCount: 2 },
    ],
    [{ reaction: { mid: 'm', action: 'unreact' } }, { outcome: 'unreact', targetMid: 'm' }],
    [{ reaction: { mid: 'm', action: 'react', emoji: '❤' } }, { outcome: 'reaction', targetMid: 'm', emoji: '❤' }],
    [{ delivery: { watermark: '1794000000' } }, { outcome: 'delivery', watermark: 1_794_000_000_000, mids: [] }],
    [{ delivery: { mids: ['a', null, 3] } }, { outcome: 'delivery', watermark: 0, mids: ['a', '3'] }],
    [{ read: { mid: 'm' } }, { outcome: 'read', watermark: 0 }],
    [{ account_linking: { status: 'unlinked' } }, { outcome: 'account_unlink' }],
    [{ account_linking: { status: 'odd' } }, { outcome: 'ignored' }],
    [
      { pass_thread_control: { previous_owner_app_id: null, new_owner_app_id: 263902037430900 } },
      { outcome: 'handover_pass', newOwnerAppId: '263902037430900' },
    ],
    [{ policy_enforcement: { action: 'unblock' } }, { outcome: 'policy', reason: 'unblock' }],
    [{ message_request: 'accept' }, { outcome: 'ignored', reason: 'unknown kind message_request' }],
    [{ checkout_update: {} }, { outcome: 'ignored', reason: 'legacy kind checkout_update' }],
    [
      { message: null, postback: null },
      { outcome: 'ignored', reason: 'event without content' },
    ],
  ])('decodes %j', (content, expected) => {
    expect(decodeItem(content)).toMatchObject(expected);
  });

  it.each([
    [{ payload: null }, undefined],
    [{}, undefined],
    [{ payload: 7 }, '7'],
    [{ payload: { b: 1, a: 2 } }, '{"a":2,"b":1}'],
  ])('reads the payload of the postback %j', (postback, payload) => {
    expect(customerEventOf({ postback }).payload).toBe(payload);
  });

  it('has no customer where only user_ref is given', () => {
    const [event] = decodeItems([{ sender: { user_ref: 'u' }, recipient: { id: PAGE }, optin: { user_ref: 'u' } }]);
    expect(event).not.toHaveProperty('psid');
  });
});

describe('the derived key', () => {
  const postback = { postback: { payload: 'START' } };

  it('is the same for a repeat received later in another entry', () => {
    const item = { sender: { id: PSID }, recipient: { id: PAGE }, timestamp: SENT_AT, ...postback };
    const [first] = decodeItems([item], { time: SENT_AT });
    const [again] = decodeItems([item], { time: SENT_AT + 60_000 });
    expect(first).toEqual(again);
  });

  it.each([
    ['customer', { sender: { id: '201' } }],
    ['time', { timestamp: SENT_AT + 1 }],
    ['content', { postback: { payload: 'STOP' } }],
  ])('differs with the %s', (_what, change) => {
    expect(customerEventOf({ ...postback, ...change }).key).not.toBe(customerEventOf(postback).key);
  });

  it('differs with the Page', () => {
    const keys = [PAGE, '101'].map((id) => {
      const [event] = decodeItems([{ sender: { id: PSID }, ...postback }], { id });
      return event !== undefined && 'event' in event && event.event.key;
    });
    expect(new Set(keys).size).toBe(2);
  });
});

describe('any body', () => {
  it('of JSON is decoded without an exception', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(decodeWebhook(Buffer.from(text), RECEIVED_AT).isJson).toBe(true);
      }),
    );
  });

  it('of bytes is decoded without an exception', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(decodeWebhook(Buffer.from(bytes), RECEIVED_AT)).toHaveProperty('isJson');
      }),
    );
  });

  it('gives one event for each element, and the neighbour of an odd one unharmed', () => {
    const kinds = ['message', 'postback', 'reaction', 'delivery', 'read', 'optin', 'referral', 'app_roles', 'sender'];
    const oddEvent = fc.dictionary(fc.constantFrom(...kinds), fc.jsonValue());
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), oddEvent), (odd) => {
        const events = decodeItems([hello('before'), odd, hello('after')]);
        expect(events).toHaveLength(3);
        expect([events[0], events[2]]).toMatchObject([{ event: { key: 'before' } }, { event: { key: 'after' } }]);
      }),
    );
  });

  it('keeps every integer exact', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 40n }), fc.string(), (id, text) => {
        const message = JSON.stringify({ mid: 'm', text: `t${text}` });
        const { events } = decodeText(
          `{"object":"page","entry":[{"id":${id},"messaging":[{"sender":{"id":"2"},"message":${message}}]}]}`,
        );
        expect(events[0]?.pageId).toBe(String(id));
      }),
    );
  });
});

describe('an event that was sent long before it came', () => {
  const HOUR_MS = 3_600_000;
  const lateOf = (hours: number): unknown => {
    const [event] = decodeItems([
      {
        sender: { id: PSID },
        recipient: { id: PAGE },
        timestamp: RECEIVED_AT - hours * HOUR_MS,
        message: { mid: 'm', text: 'hello' },
      },
    ]);
    return event && 'event' in event ? event.event.isLate : 'no event of a customer';
  };

  it.each([
    [0, undefined],
    [36, undefined],
    [48, undefined],
    [49, true],
    [24 * 365, true],
  ])('%s hours: late is %s', (hours, isLate) => expect(lateOf(hours)).toBe(isLate));

  it('is not late where it says no time', () => {
    const [event] = decodeItems([{ sender: { id: PSID }, message: { mid: 'm', text: 'hello' } }], { time: undefined });
    expect(event).toMatchObject({ at: RECEIVED_AT, event: { text: 'hello' } });
    expect(event && 'event' in event && event.event.isLate).toBeUndefined();
  });
});
