import { describe, expect, it } from 'vitest';
import { decodeWebhook } from '../../../adapters/messenger/decode-webhook.ts';
import type { WebhookEvent } from '../../../contracts/webhook-event.ts';

const RECEIVED_AT = Date.UTC(2026, 10, 22);
const PAGE = '100';
const PSID = '200';
const ENVELOPE = `"sender":{"id":"${PSID}"},"recipient":{"id":"${PAGE}"},"timestamp":1794000000000`;

function decode(text: string): WebhookEvent[] {
  const decoded = decodeWebhook(Buffer.from(text), RECEIVED_AT);
  if (!decoded.isJson) throw new Error(`not JSON: ${text}`);
  return decoded.events;
}

const before = `{"sender":{"id":"1"},"recipient":{"id":"${PAGE}"},"message":{"mid":"before"}}`;
const after = `{"sender":{"id":"9"},"recipient":{"id":"${PAGE}"},"message":{"mid":"after"}}`;

/** Decodes one event between two neighbours, and gives it where both came through. */
function between(item: string): WebhookEvent | undefined {
  const events = decode(`{"object":"page","entry":[{"id":"${PAGE}","messaging":[${before},${item},${after}]}]}`);
  expect(events).toHaveLength(3);
  expect([events[0], events[2]]).toMatchObject([{ event: { key: 'before' } }, { event: { key: 'after' } }]);
  return events[1];
}

type Row = readonly [content: string, outcome: WebhookEvent['outcome'], details?: object];

const longText = 'ä'.repeat(30_000);
const deep = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

/** Content beside an orderly envelope; what must come out by the research, sections 4, 5 and 11. */
const contents: readonly Row[] = [
  // Messages
  ['"message":{"mid":"m","text":"Hi"}', 'user_message', { event: { mid: 'm', key: 'm', text: 'Hi' } }],
  ['"message":{"mid":"m","seq":3,"text":"Hi","nlp":{"entities":{"wit$sentiment":[1]}}}', 'user_message'],
  ['"message":{"mid":"m","text":"Hi","tags":[{"source":"customer_chat_plugin"}]},"prior_message":{}', 'user_message'],
  ['"message":{"mid":"m","text":""}', 'user_message', { event: { mid: 'm', attachments: [] } }],
  ['"message":{"mid":"m","text":null,"attachments":null,"quick_reply":null}', 'user_message'],
  [
    '"message":{"mid":12345678901234567890,"text":5}',
    'user_message',
    { event: { key: '12345678901234567890', text: '5' } },
  ],
  ['"message":{"mid":null,"text":"Hi"}', 'user_message', { event: { key: expect.stringMatching(/^message:/) } }],
  ['"message":{"mid":{},"text":"Hi"}', 'user_message', { event: { key: expect.stringMatching(/^message:/) } }],
  ['"message":{"mid":"","text":"Hi"}', 'user_message', { event: { key: expect.stringMatching(/^message:/) } }],
  ['"message":{}', 'user_message', { event: { attachments: [] } }],
  ['"message":{"mid":"m","text":{"a":1}}', 'user_message', { event: { mid: 'm' } }],
  ['"message":{"mid":"m","text":["a"]}', 'user_message'],
  [
    `"message":{"mid":"m","text":"${longText}"}`,
    'user_message',
    { event: { text: expect.stringMatching(/^ä{20000}…$/) } },
  ],
  [String.raw`"message":{"mid":"m","text":"a\ud83d"}`, 'user_message', { event: { text: 'a\uFFFD' } }],
  [String.raw`"message":{"mid":"m","text":"\ude00b"}`, 'user_message', { event: { text: '\uFFFDb' } }],
  [String.raw`"message":{"mid":"m\ud83d","text":"b"}`, 'user_message'],
  [String.raw`"message":{"mid":"m","text":"\u0000"}`, 'user_message', { event: { text: '\0' } }],
  ['"message":{"mid":"m","text":"Hi","reply_to":{"mid":"o"}}', 'user_message', { event: { mid: 'm' } }],
  ['"message":{"mid":"m","text":"Hi","reply_to":{"story":{"url":"u","id":"1"}}}', 'user_message'],
  ['"message":{"mid":"m","text":"Hi","reply_to":"o"}', 'user_message'],
  ['"message":{"mid":"m","is_unsupported":true}', 'user_message'],
  ['"message":{"mid":"m","is_deleted":true}', 'delete', { mid: 'm' }],
  ['"message":{"mid":"m","is_deleted":"true"}', 'delete', { mid: 'm' }],
  ['"message":{"mid":"m","isDeleted":true}', 'delete', { mid: 'm' }],
  ['"message":{"mid":"m","is_deleted":false,"text":"Hi"}', 'user_message'],
  ['"message":{"is_deleted":true}', 'delete'],
  ['"message":{"mid":"a","mid":"b"}', 'user_message', { event: { mid: 'b' } }],
  [`"message":{"mid":"m","text":"Hi","nlp":${deep(2000)}}`, 'user_message', { event: { text: 'Hi' } }],
  ['"message":"Hi"', 'ignored', { reason: 'message is not an object' }],
  ['"message":[{"mid":"m"}]', 'ignored', { reason: 'message is not an object' }],
  ['"message":false', 'ignored'],
  ['"message":null', 'ignored', { reason: 'event without content' }],
  // Quick replies and referrals of messages
  ['"message":{"mid":"m","text":"Yes","quick_reply":{"payload":"YES"}}', 'user_message', { event: { payload: 'YES' } }],
  ['"message":{"mid":"m","quickReply":{"payload":"YES"}}', 'user_message', { event: { payload: 'YES' } }],
  [
    '"message":{"mid":"m","quick_reply":{"payload":{"b":1,"a":[2]}}}',
    'user_message',
    { event: { payload: '{"a":[2],"b":1}' } },
  ],
  ['"message":{"mid":"m","quick_reply":{"payload":0}}', 'user_message', { event: { payload: '0' } }],
  ['"message":{"mid":"m","quick_reply":"YES"}', 'user_message'],
  ['"message":{"mid":"m","quick_reply":[]}', 'user_message'],
  [
    '"message":{"mid":"m","referral":{"ref":"r","source":"ADS","type":"OPEN_THREAD","ad_id":60000000000000001,"ads_context_data":{"ad_title":"T"}}}',
    'user_message',
    { event: { referral: { ref: 'r', source: 'ADS', type: 'OPEN_THREAD', adId: '60000000000000001' } } },
  ],
  ['"message":{"mid":"m","referral":{"product":{"id":"P"}}}', 'user_message', { event: { referral: {} } }],
  ['"message":{"mid":"m"},"referral":{"ref":"beside"}', 'user_message', { event: { referral: { ref: 'beside' } } }],
  ['"message":{"mid":"m","referral":"r"}', 'user_message'],
  // Attachments
  ['"message":{"mid":"m","attachments":[]}', 'user_message', { event: { attachments: [] } }],
  [
    '"message":{"mid":"m","attachments":{"type":"image","payload":{"url":"u"}}}',
    'user_message',
    { event: { attachments: [{ type: 'image', url: 'u' }] } },
  ],
  [
    '"message":{"mid":"m","attachments":[{"type":"image","payload":{"url":null}}]}',
    'user_message',
    { event: { attachments: [{ type: 'image' }] } },
  ],
  [
    '"message":{"mid":"m","attachments":[{"type":"image","payload":[]},7,null,[]]}',
    'user_message',
    { event: { attachments: [{ type: 'image' }, { type: 'unknown' }, { type: 'unknown' }, { type: 'unknown' }] } },
  ],
  [
    '"message":{"mid":"m","attachments":[{"type":"hologram","payload":{"url":"u"}}]}',
    'user_message',
    { event: { attachments: [{ type: 'hologram', url: 'u' }] } },
  ],
  [
    '"message":{"mid":"m","attachments":[{"type":"post","payload":{"url":"u","title":"T"}}]}',
    'user_message',
    { event: { attachments: [{ type: 'post', url: 'u', title: 'T' }] } },
  ],
  ['"message":{"mid":"m","attachments":[{"type":"appointment_booking","payload":{"start":1}}]}', 'user_message'],
  [
    '"message":{"mid":"m","attachments":[{"type":7,"payload":{"url":8}}]}',
    'user_message',
    { event: { attachments: [{ type: '7', url: '8' }] } },
  ],
  [
    `"message":{"mid":"m","attachments":[{"type":"${'x'.repeat(500)}"}]}`,
    'user_message',
    { event: { attachments: [{ type: expect.stringMatching(/^x{60}…$/) }] } },
  ],
  [
    '"message":{"mid":"m","attachments":[{"type":"location","payload":{"coordinates":{"lat":"0","long":-0.5}}}]}',
    'user_message',
    { event: { attachments: [{ coordinates: { lat: 0, long: -0.5 } }] } },
  ],
  [
    '"message":{"mid":"m","attachments":[{"type":"location","payload":{"coordinates":{"lat":1}}}]}',
    'user_message',
    { event: { attachments: [{ type: 'location' }] } },
  ],
  [
    '"message":{"mid":"m","attachments":[{"type":"fallback","URL":"u","title":"T","payload":null}]}',
    'user_message',
    { event: { attachments: [{ url: 'u', title: 'T' }] } },
  ],
  [
    '"message":{"mid":"m","attachments":[{"type":"sticker","payload":{"stickerId":369239263222822}},{"type":"image","payload":{"url":"u","sticker_id":369239263222822}}]}',
    'user_message',
    { event: { attachments: [{ type: 'sticker', url: 'u' }] } },
  ],
  ['"message":{"mid":"m","attachments":[{"type":"template","payload":{"product":{"elements":[]}}}]}', 'user_message'],
  ['"message":{"mid":"m","attachments":"none"}', 'user_message', { event: { attachments: [] } }],
  // Echoes: the Page writes, the customer is the recipient
  [
    '"message":{"mid":"m","is_echo":true,"app_id":5,"metadata":"part"}',
    'echo',
    { appId: '5', metadata: 'part', key: 'm' },
  ],
  ['"message":{"mid":"m","is_echo":true,"app_id":26390203743090123}', 'echo', { appId: '26390203743090123' }],
  ['"message":{"mid":"m","is_echo":true}', 'echo', { mid: 'm', attachments: [] }],
  ['"message":{"mid":"m","is_echo":"true","app_id":null}', 'echo'],
  ['"message":{"mid":"m","is_echo":1}', 'echo'],
  ['"message":{"mid":"m","isEcho":true,"appId":"5"}', 'echo', { appId: '5' }],
  ['"message":{"mid":"m","is_echo":false,"text":"Hi"}', 'user_message'],
  ['"message":{"mid":"m","is_echo":true,"metadata":{"a":1}}', 'echo'],
  ['"message":{"mid":"m","is_echo":true,"metadata":7}', 'echo', { metadata: '7' }],
  ['"message":{"is_echo":true,"text":"Hi"}', 'echo', { key: expect.stringMatching(/^echo:/) }],
  [`"message":{"mid":"m","is_echo":true,"text":"${longText}"}`, 'echo', { text: expect.stringMatching(/^ä{20000}…$/) }],
  [
    '"message":{"mid":"m","is_echo":true,"attachments":[{"type":"template","payload":{"template_type":"receipt"},"url":null}]}',
    'echo',
    { attachments: [{ type: 'template' }] },
  ],
  // Edits
  ['"message_edit":{"mid":"m","text":"new","num_edit":1}', 'edit', { mid: 'm', text: 'new', editCount: 1 }],
  ['"message_edit":{"mid":"m","text":"new","num_edit":"1"}', 'edit', { editCount: 1 }],
  ['"message-edit":{"mid":"m","text":"new","num_edit":"x"}', 'edit', { mid: 'm', text: 'new' }],
  ['"messageEdit":{"mid":"m","numEdit":2}', 'edit', { mid: 'm', editCount: 2 }],
  ['"message_edit":{}', 'edit'],
  ['"message_edit":[]', 'ignored'],
  // Postbacks
  [
    '"postback":{"mid":"m","title":"Go","payload":"GO"}',
    'postback',
    { event: { key: 'm', text: 'Go', payload: 'GO' } },
  ],
  ['"postback":{"title":"Go","payload":"GO"}', 'postback', { event: { key: expect.stringMatching(/^postback:/) } }],
  [
    '"postback":{"payload":"START","referral":{"ref":"r","source":"SHORTLINK","type":"OPEN_THREAD"}}',
    'postback',
    { event: { referral: { ref: 'r', source: 'SHORTLINK' } } },
  ],
  [
    '"postback":{"payload":"START","referral":{"source":"ADS","ad_id":"6"}}',
    'postback',
    { event: { referral: { source: 'ADS', adId: '6' } } },
  ],
  ['"postback":{}', 'postback'],
  ['"postback":{"payload":null,"title":null,"referral":null}', 'postback'],
  ['"postback":{"payload":{"a":[1,null]}}', 'postback', { event: { payload: '{"a":[1,null]}' } }],
  ['"postback":"GO"', 'ignored'],
  // Referrals
  [
    '"referral":{"ref":"r","source":"SHORTLINK","type":"OPEN_THREAD"}',
    'referral',
    { event: { referral: { ref: 'r' } } },
  ],
  [
    '"referral":{"ref":"r","source":"ADS","ad_id":6,"type":"OPEN_THREAD"}',
    'referral',
    { event: { referral: { adId: '6' } } },
  ],
  ['"referral":{"source":"CUSTOMER_CHAT_PLUGIN","referer_uri":"u"}', 'referral'],
  ['"referral":{}', 'referral', { event: { referral: {} } }],
  ['"referral":{"ref":null,"adId":"6"}', 'referral', { event: { referral: { adId: '6' } } }],
  // Opt-ins
  [
    '"optin":{"type":"notification_messages","notification_messages_token":"t","notification_messages_status":"STOP_NOTIFICATIONS"}',
    'ignored',
    { reason: 'optin that stops notification messages' },
  ],
  [
    '"optin":{"type":"notification_messages","notification_messages_token":"t","notification_messages_status":"RESUME_NOTIFICATIONS"}',
    'optin',
  ],
  ['"optin":{"ref":"r"}', 'optin', { event: { referral: { ref: 'r' } } }],
  ['"opt_in":{"ref":"r"}', 'optin', { event: { referral: { ref: 'r' } } }],
  [
    '"optin":{"type":"one_time_notif_req","payload":"P","one_time_notif_token":"t"}',
    'optin',
    { event: { payload: 'P', referral: { type: 'one_time_notif_req' } } },
  ],
  [
    '"optin":{"type":"notification_messages","notification_messages_token":"t","notification_messages_frequency":"DAILY","payload":"P"}',
    'optin',
    { event: { payload: 'P' } },
  ],
  ['"optin":{}', 'optin'],
  ['"optin":null,"message":{"mid":"m"}', 'user_message'],
  // Reactions
  [
    '"reaction":{"mid":"m","action":"react","reaction":"love","emoji":"❤"}',
    'reaction',
    { targetMid: 'm', emoji: '❤', reaction: 'love' },
  ],
  ['"reaction":{"mid":"m","action":"unreact"}', 'unreact', { targetMid: 'm' }],
  ['"reaction":{"mid":"m","action":"react","reaction":"love","emoji":"\\\\u{2764}"}', 'reaction', { emoji: '❤' }],
  ['"reaction":{"mid":"m","reaction":"other"}', 'reaction'],
  ['"reaction":{}', 'reaction'],
  ['"reaction":"love"', 'ignored'],
  // Deliveries and reads
  [
    '"delivery":{"mids":["a","b"],"watermark":1794000000000}',
    'delivery',
    { mids: ['a', 'b'], watermark: 1_794_000_000_000 },
  ],
  ['"delivery":{"watermark":1794000000}', 'delivery', { mids: [], watermark: 1_794_000_000_000 }],
  ['"delivery":{"mids":null,"watermark":"1794000000000","seq":7}', 'delivery', { watermark: 1_794_000_000_000 }],
  ['"delivery":{"mids":"a"}', 'delivery', { mids: ['a'], watermark: 0 }],
  ['"delivery":{"mids":[null,{},"","a"],"watermark":-3}', 'delivery', { mids: ['a'], watermark: 0 }],
  ['"delivery":{}', 'delivery', { watermark: 0 }],
  ['"read":{"watermark":1794000000000,"seq":3}', 'read', { watermark: 1_794_000_000_000 }],
  ['"read":{"mid":"m"}', 'read', { watermark: 0 }],
  ['"read":{"watermark":"2026-11-06T20:00:00Z"}', 'read', { watermark: Date.UTC(2026, 10, 6, 20) }],
  ['"read":true', 'ignored'],
  // Account linking
  ['"account_linking":{"status":"linked","authorization_code":"c"}', 'account_link'],
  ['"account_linking":{"status":"unlinked"}', 'account_unlink'],
  ['"account-linking":{"status":"linked"}', 'account_link'],
  ['"accountLinking":{"authorizationCode":"c"}', 'account_link'],
  ['"account_linking":{"status":null}', 'ignored'],
  // Conversation routing
  [
    '"pass_thread_control":{"previous_owner_app_id":"1","new_owner_app_id":"2","metadata":"m"}',
    'handover_pass',
    { previousOwnerAppId: '1', newOwnerAppId: '2' },
  ],
  [
    '"pass_thread_control":{"previous_owner_app_id":null,"new_owner_app_id":263902037430900}',
    'handover_pass',
    { newOwnerAppId: '263902037430900' },
  ],
  [
    '"pass_thread_control":{"new_owner_app_id":null,"previous_owner_app_id":2}',
    'handover_pass',
    { previousOwnerAppId: '2' },
  ],
  ['"passThreadControl":{"newOwnerAppId":"2"}', 'handover_pass', { newOwnerAppId: '2' }],
  ['"pass_thread_control":{}', 'handover_pass'],
  ['"pass_thread_control":"2"', 'ignored'],
  ['"take_thread_control":{"previous_owner_app_id":"1","metadata":null}', 'handover_take', { previousOwnerAppId: '1' }],
  ['"take-thread-control":{"previous_owner_app_id":1,"new_owner_app_id":2}', 'handover_take', { newOwnerAppId: '2' }],
  [
    '"request_thread_control":{"requested_owner_app_id":5,"metadata":"please"}',
    'handover_request',
    { reason: 'app 5: please' },
  ],
  ['"request_thread_control":{}', 'handover_request'],
  ['"app_roles":{"5":["primary_receiver"]}', 'handover_roles', { reason: '{"5":["primary_receiver"]}' }],
  [`"app_roles":{"5":["${'x'.repeat(9000)}"]}`, 'handover_roles', { reason: expect.stringMatching(/^.{301}$/) }],
  // Policy
  ['"policy_enforcement":{"action":"warning","reason":"spam"}', 'policy', { reason: 'warning: spam' }],
  ['"policy-enforcement":{"action":"block","reason":"spam"}', 'policy', { reason: 'block: spam' }],
  ['"policy_enforcement":{"action":"unblock","reason":null}', 'policy', { reason: 'unblock' }],
  ['"policy_enforcement":{}', 'policy'],
  [
    `"policy_enforcement":{"action":"block","reason":"${'x'.repeat(9000)}"}`,
    'policy',
    { reason: expect.stringMatching(/^.{301}$/) },
  ],
  // What is gone, and what nobody knows
  ['"game_play":{"game_id":"1","player_id":"2"}', 'ignored', { reason: 'legacy kind game_play' }],
  ['"payment":{"payload":"P","amount":{"amount":"1"}}', 'ignored', { reason: 'legacy kind payment' }],
  [
    '"checkout_update":{"shipping_address":{"id":10105655000959552}}',
    'ignored',
    { reason: 'legacy kind checkout_update' },
  ],
  ['"pre_checkout":{}', 'ignored', { reason: 'legacy kind pre_checkout' }],
  ['"branded_camera":{}', 'ignored', { reason: 'legacy kind branded_camera' }],
  ['"message_request":"accept"', 'ignored', { reason: 'unknown kind message_request' }],
  ['"telepathy":{"mid":"m"}', 'ignored', { reason: 'unknown kind telepathy' }],
  [`"${'é'.repeat(90)}":1`, 'ignored', { reason: expect.stringMatching(/^unknown kind é{67}…$/) }],
  ['"tag":{"source":"x"}', 'ignored', { reason: 'event without content' }],
];

describe('the content of an event', () => {
  it.each(contents.map((row) => [row[0].slice(0, 90), row] as const))('%s', (_name, [content, outcome, details]) => {
    const event = between(`{${ENVELOPE},${content}}`);
    expect(event).toMatchObject({ pageId: PAGE, psid: PSID, at: 1_794_000_000_000, outcome, ...details });
  });
});

const message = '"message":{"mid":"m","text":"Hi"}';
const echo = '"message":{"mid":"m","is_echo":true}';

/** Who and when, in odd forms, beside an orderly message. */
const envelopes: readonly (readonly [item: string, expected: object])[] = [
  [`{"sender":{"id":9007199254740993},"recipient":{"id":100},${message}}`, { psid: '9007199254740993' }],
  [`{"sender":{"id":"200"},${message}}`, { psid: '200', outcome: 'user_message' }],
  [`{"sender":{"id":"200"},"recipient":null,${message}}`, { psid: '200' }],
  [`{"recipient":{"id":"100"},${message}}`, { outcome: 'user_message', psid: undefined }],
  [`{"sender":null,"recipient":{"id":"100"},${message}}`, { outcome: 'user_message', psid: undefined }],
  [
    `{"sender":{"user_ref":"u"},"recipient":{"id":"100"},"postback":{"payload":"P"}}`,
    { outcome: 'postback', psid: undefined },
  ],
  [`{"recipient":{"id":"100"},"optin":{"ref":"r","user_ref":"u"}}`, { outcome: 'optin', psid: undefined }],
  [`{"sender":{"id":"100"},"recipient":{"id":"200"},"read":{"watermark":5}}`, { outcome: 'read', psid: '200' }],
  [`{"sender":{"id":"100"},"recipient":{"id":"200"},${echo}}`, { outcome: 'echo', psid: '200' }],
  [`{"sender":{"id":"200"},"recipient":{"id":"100"},${echo}}`, { outcome: 'echo', psid: '200' }],
  [`{"recipient":{"id":"200"},${echo}}`, { outcome: 'echo', psid: '200' }],
  [`{"sender":{"id":"7"},"recipient":{"id":"7"},${message}}`, { outcome: 'user_message', psid: undefined }],
  [`{"sender":{"id":"200"},"recipient":{"id":"555"},${message}}`, { pageId: PAGE, psid: '200' }],
  [`{"sender":{"id":true},"recipient":{"id":"100"},${message}}`, { outcome: 'ignored' }],
  [`{"sender":[],"recipient":{},${message}}`, { outcome: 'user_message', psid: undefined }],
  [`{"recipient":{"id":"100"},"policy_enforcement":{"action":"block"}}`, { outcome: 'policy', psid: undefined }],
  [`{"recipient":{"id":"100"},"app_roles":{"1":[]}}`, { outcome: 'handover_roles', psid: undefined }],
  [`{"sender":{"id":"200"},"timestamp":"1794000000",${message}}`, { at: 1_794_000_000_000 }],
  [`{"sender":{"id":"200"},"timestamp":"2026-11-06T20:00:00+0000",${message}}`, { at: Date.UTC(2026, 10, 6, 20) }],
  [`{"sender":{"id":"200"},"timestamp":-1794000000000,${message}}`, { at: RECEIVED_AT }],
  [`{"sender":{"id":"200"},"timestamp":0,${message}}`, { at: RECEIVED_AT }],
  [`{"sender":{"id":"200"},"timestamp":"",${message}}`, { at: RECEIVED_AT }],
  [`{"sender":{"id":"200"},"timestamp":"2026-99-99T99:99",${message}}`, { at: RECEIVED_AT }],
  [`{"sender":{"id":"200"},"timestamp":{"$date":1},${message}}`, { at: RECEIVED_AT }],
  [`{"sender":{"id":"200"},"timestamp":17940000000000000000000,${message}}`, { at: RECEIVED_AT }],
  ['null', { outcome: 'ignored', reason: 'event is not an object' }],
  ['[]', { outcome: 'ignored' }],
  ['[[{"message":{"mid":"m"}}]]', { outcome: 'ignored' }],
  ['"message"', { outcome: 'ignored' }],
  ['{}', { outcome: 'ignored', reason: 'event without content' }],
  [deep(5000), { outcome: 'ignored', reason: 'unknown kind a' }],
];

describe('the envelope of an event', () => {
  it.each(envelopes.map((row) => [row[0].slice(0, 100), row] as const))('%s', (_name, [item, expected]) => {
    const event = between(item);
    expect({ ...event, psid: event?.psid }).toMatchObject(expected);
  });
});

const hello = `{"sender":{"id":"200"},"recipient":{"id":"100"},${message}}`;

/** Whole bodies and the outcomes of their events, each as `page:outcome` or `page:channel:outcome`. */
const bodies: readonly (readonly [body: string, outcomes: readonly string[]])[] = [
  [
    `{"object":"page","entry":[{"id":"1","messaging":[${hello}]},{"id":"2","messaging":[${hello},${hello}]}]}`,
    ['1:user_message', '2:user_message', '2:user_message'],
  ],
  [`{"entry":[{"messaging":[${hello}],"time":1,"id":100}],"object":"page"}`, ['100:user_message']],
  [`{"object":"page","entry":[{"messaging":[${hello}]}]}`, ['100:user_message']],
  [`{"object":"page","entry":[{"id":"","messaging":[${hello}]}]}`, ['100:user_message']],
  [`{"object":"page","entry":[{"id":{},"messaging":[${hello}]}]}`, ['100:user_message']],
  [
    `{"object":"page","entry":[{"id":99999999999999999999,"messaging":[${hello}]}]}`,
    ['99999999999999999999:user_message'],
  ],
  [`{"object":"page","entry":{"id":"1","messaging":${hello}}}`, ['1:user_message']],
  [
    `{"object":"page","entry":[null,[],"x",{"id":"1","messaging":[${hello}]}]}`,
    [':ignored', ':ignored', ':ignored', '1:user_message'],
  ],
  [`{"object":"page","entry":[{"id":"1","messaging":[],"standby":[${hello}]}]}`, ['1:standby:user_message']],
  [
    `{"object":"page","entry":[{"id":"1","messaging":[${hello}],"standby":[${hello}],"changes":[{"field":"feed","value":{}}]}]}`,
    ['1:user_message', '1:standby:user_message', '1:changes:ignored'],
  ],
  [
    '{"object":"page","entry":[{"id":"1","standby":[{"sender":{"id":"2"},"postback":{}},{"sender":{"id":"2"},"delivery":{}}]}]}',
    ['1:standby:postback', '1:standby:delivery'],
  ],
  [
    '{"object":"page","entry":[{"id":"1","changes":[{"field":"feed"},null,7,{"field":9},{"field":"messages","value":{"message":{"mid":"m"}}}]}]}',
    Array<string>(5).fill('1:changes:ignored'),
  ],
  ['{"object":"page","entry":[{"id":"0","time":1,"changes":{"field":"messages"}}]}', ['0:changes:ignored']],
  [`{"object":"page","entry":[{"id":"1","messaging":[${hello}],"hop_context":[{"app_id":1}]}]}`, ['1:user_message']],
  ['{"object":"page","entry":[{"id":"1","time":1,"comments":[{"id":"c"}]}]}', ['1:ignored']],
  [`{"object":"page","messaging":[${hello}]}`, [':ignored']],
  ['{"object":"page","entry":[]}', []],
  ['{"object":"page","entry":[{"id":"1","messaging":[],"standby":[],"changes":[]}]}', []],
  ['{"object":"page","entry":[{"id":"1","messaging":null,"standby":null}]}', []],
  [`\uFEFF{"object":"page","entry":[{"id":"1","messaging":[${hello}]}]}`, ['1:user_message']],
  [`{"object":"instagram","entry":[{"id":"1","messaging":[${hello}]}]}`, []],
  [`{"entry":[{"id":"1","messaging":[${hello}]}]}`, ['1:user_message']],
  [`{"object":"page","object":"page","entry":[],"entry":[{"id":"1","messaging":[${hello}]}]}`, ['1:user_message']],
];

describe('a whole body', () => {
  it.each(bodies.map((row) => [row[0].slice(0, 110), row] as const))('%s', (_name, [body, outcomes]) => {
    const told = decode(body).map(({ pageId, channel, outcome }) =>
      channel === 'messaging' ? `${pageId}:${outcome}` : `${pageId}:${channel}:${outcome}`,
    );
    expect(told).toEqual(outcomes);
  });
});
