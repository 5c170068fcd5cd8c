import type { CustomerEvent } from '../../contracts/customer-event.ts';
import type { WebhookEvent } from '../../contracts/webhook-event.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import { decodeAttachments } from './decode-attachments.ts';
import { deriveEventKey } from './derive-event-key.ts';
import { epochMs } from './epoch-ms.ts';
import {
  canonicalJson,
  cutText,
  fieldOf,
  isUsableId,
  payloadOf,
  recordOf,
  spelledField,
  textOf,
  type JsonRecord,
} from './json-value.ts';
import { isEchoEvent, isMarked, type EventEnvelope } from './event-envelope.ts';

interface KindContext {
  /** Value of the key that names the kind. */
  content: JsonRecord;
  event: JsonRecord;
  envelope: EventEnvelope;
  sentAt: number | undefined;
}

type WithoutEnvelope<Event> = Event extends unknown ? Omit<Event, keyof EventEnvelope> : never;
type EventDetails = WithoutEnvelope<WebhookEvent> | { ignoredBecause: string };

interface EventKind {
  /** Names of the key of the kind, each taken in any spelling. */
  keys: string[];
  decode: (context: KindContext) => EventDetails;
}

/** Kinds Messenger no longer has, or that mean nothing to a contact centre. */
export const LEGACY_KINDS: ReadonlySet<string> = new Set([
  'game_play',
  'payment',
  'checkout_update',
  'pre_checkout',
  'branded_camera',
]);

/** The kinds of event, by content key. Where an event holds several keys the first row that fits decides. */
export const EVENT_KINDS: readonly EventKind[] = [
  { keys: ['message'], decode: decodeMessage },
  { keys: ['message_edit'], decode: decodeEdit },
  { keys: ['postback'], decode: decodePostback },
  { keys: ['reaction'], decode: decodeReaction },
  { keys: ['delivery'], decode: decodeDelivery },
  { keys: ['read'], decode: ({ content }) => ({ outcome: 'read', watermark: watermarkOf(content) }) },
  { keys: ['optin', 'opt_in'], decode: decodeOptin },
  { keys: ['referral'], decode: decodeReferral },
  { keys: ['account_linking'], decode: decodeAccountLinking },
  { keys: ['pass_thread_control'], decode: ({ content }) => ({ outcome: 'handover_pass', ...ownersOf(content) }) },
  { keys: ['take_thread_control'], decode: ({ content }) => ({ outcome: 'handover_take', ...ownersOf(content) }) },
  { keys: ['request_thread_control'], decode: decodeThreadRequest },
  {
    keys: ['app_roles'],
    decode: ({ content }) => ({
      outcome: 'handover_roles',
      reason: cutText(canonicalJson(content), MAX_ALERT_LENGTH),
    }),
  },
  { keys: ['policy_enforcement'], decode: decodePolicy },
];

function decodeMessage(context: KindContext): EventDetails {
  const { content, event } = context;
  const mid = textOf(fieldOf(content, 'mid'));
  if (mid !== undefined && !isUsableId(mid)) return { ignoredBecause: 'no usable mid (1 to 256 characters)' };
  if (isMarked(spelledField(content, 'is_deleted'))) return { outcome: 'delete', ...withoutUndefined({ mid }) };
  if (isEchoEvent(event)) return decodeEcho(context);
  const payload = payloadOf(fieldOf(recordOf(spelledField(content, 'quick_reply')), 'payload'));
  const details = { text: textOf(fieldOf(content, 'text')), payload };
  return { outcome: 'user_message', event: customerEvent('message', context, details) };
}

function decodeEcho(context: KindContext): EventDetails {
  const { content } = context;
  return {
    outcome: 'echo',
    key: keyOf('echo', context),
    ...withoutUndefined({
      mid: midOf(content),
      appId: textOf(spelledField(content, 'app_id')),
      metadata: textOf(fieldOf(content, 'metadata')),
      text: bounded(textOf(fieldOf(content, 'text'))),
    }),
    attachments: decodeAttachments(content),
  };
}

function decodeEdit({ content }: KindContext): EventDetails {
  const editCount = Number(spelledField(content, 'num_edit') ?? Number.NaN);
  return {
    outcome: 'edit',
    ...withoutUndefined({
      mid: midOf(content),
      text: bounded(textOf(fieldOf(content, 'text'))),
      editCount: Number.isSafeInteger(editCount) ? editCount : undefined,
    }),
  };
}

function decodePostback(context: KindContext): EventDetails {
  const { content } = context;
  const details = { text: textOf(fieldOf(content, 'title')), payload: payloadOf(fieldOf(content, 'payload')) };
  return { outcome: 'postback', event: customerEvent('postback', context, details) };
}

function decodeReaction({ content }: KindContext): EventDetails {
  return {
    outcome: fieldOf(content, 'action') === 'unreact' ? 'unreact' : 'reaction',
    ...withoutUndefined({
      targetMid: midOf(content),
      emoji: emojiOf(content),
      reaction: textOf(fieldOf(content, 'reaction')),
    }),
  };
}

const ESCAPED_CHARACTER = /\\u\{([0-9a-f]{1,5})\}/gi;

/** Some bodies hold the emoji as the letters `\u{2764}\u{FE0F}`. */
function emojiOf(content: JsonRecord): string | undefined {
  const written = textOf(fieldOf(content, 'emoji'));
  return textOf(
    written?.replaceAll(ESCAPED_CHARACTER, (_all, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16))),
  );
}

function decodeDelivery({ content }: KindContext): EventDetails {
  const mids = fieldOf(content, 'mids');
  const texts = Array.isArray(mids) ? mids.map(textOf) : [textOf(mids)];
  return { outcome: 'delivery', watermark: watermarkOf(content), mids: texts.filter(isUsableId) };
}

/** Who wants no more notification messages has not written to us: an answer is the last thing that they want. */
function decodeOptin(context: KindContext): EventDetails {
  const status = textOf(spelledField(context.content, 'notification_messages_status'));
  if (status !== undefined && /^stop/i.test(status))
    return { ignoredBecause: 'optin that stops notification messages' };
  const details = { payload: payloadOf(fieldOf(context.content, 'payload')), referral: context.content };
  return { outcome: 'optin', event: customerEvent('optin', context, details) };
}

function decodeReferral(context: KindContext): EventDetails {
  return { outcome: 'referral', event: customerEvent('referral', context, { referral: context.content }) };
}

function decodeAccountLinking({ content }: KindContext): EventDetails {
  const status = textOf(fieldOf(content, 'status'));
  if (status === 'unlinked') return { outcome: 'account_unlink' };
  if (status === 'linked' || spelledField(content, 'authorization_code') !== undefined)
    return { outcome: 'account_link' };
  return { ignoredBecause: 'account_linking with an unknown status' };
}

function decodeThreadRequest({ content }: KindContext): EventDetails {
  const requester = textOf(spelledField(content, 'requested_owner_app_id'));
  const metadata = textOf(fieldOf(content, 'metadata'));
  return {
    outcome: 'handover_request',
    ...withoutUndefined({ reason: joined([requester && `app ${requester}`, metadata]) }),
  };
}

function decodePolicy({ content }: KindContext): EventDetails {
  const action = textOf(fieldOf(content, 'action'));
  return { outcome: 'policy', ...withoutUndefined({ reason: joined([action, textOf(fieldOf(content, 'reason'))]) }) };
}

interface CustomerEventDetails {
  text?: string | undefined;
  payload?: string | undefined;
  referral?: JsonRecord;
}

function customerEvent(
  kind: CustomerEvent['kind'],
  context: KindContext,
  { text, payload, referral }: CustomerEventDetails,
): CustomerEvent {
  const { content, event, envelope } = context;
  const source = referral ?? recordOf(fieldOf(content, 'referral')) ?? recordOf(fieldOf(event, 'referral'));
  return {
    kind,
    key: keyOf(kind, context),
    at: envelope.at,
    ...withoutUndefined({
      mid: midOf(content),
      text: bounded(text),
      payload: bounded(payload),
      replyTo: kind === 'message' ? midOf(recordOf(spelledField(content, 'reply_to')) ?? {}) : undefined,
      referral: referralOf(source),
    }),
    attachments: kind === 'message' ? decodeAttachments(content) : [],
  };
}

/**
 * Longest text of one event, in UTF-16 units; Messenger's own limit is a fraction of it. What is longer is no customer's
 * writing, and a few of them would be more than Temporal carries for one conversation.
 */
const MAX_TEXT_LENGTH = 20_000;

function bounded(text: string | undefined): string | undefined {
  return text === undefined ? undefined : cutText(text, MAX_TEXT_LENGTH);
}

/** Longest text of an alert to operators. */
const MAX_ALERT_LENGTH = 300;

function referralOf(source: JsonRecord | undefined): CustomerEvent['referral'] {
  if (source === undefined) return undefined;
  return withoutUndefined({
    ref: textOf(fieldOf(source, 'ref')),
    source: textOf(fieldOf(source, 'source')),
    type: textOf(fieldOf(source, 'type')),
    adId: textOf(spelledField(source, 'ad_id')),
    ad: adOf(recordOf(spelledField(source, 'ads_context_data'))),
  });
}

function adOf(context: JsonRecord | undefined): NonNullable<CustomerEvent['referral']>['ad'] {
  if (context === undefined) return undefined;
  return withoutUndefined({
    title: bounded(textOf(spelledField(context, 'ad_title'))),
    photoUrl: textOf(spelledField(context, 'photo_url')),
    videoUrl: textOf(spelledField(context, 'video_url')),
    postId: textOf(spelledField(context, 'post_id')),
    productId: textOf(spelledField(context, 'product_id')),
  });
}

function ownersOf(content: JsonRecord): { newOwnerAppId?: string; previousOwnerAppId?: string } {
  return withoutUndefined({
    newOwnerAppId: textOf(spelledField(content, 'new_owner_app_id')),
    previousOwnerAppId: textOf(spelledField(content, 'previous_owner_app_id')),
  });
}

function keyOf(kind: string, { content, envelope, sentAt }: KindContext): string {
  return midOf(content) ?? deriveEventKey({ kind, pageId: envelope.pageId, psid: envelope.psid, sentAt, content });
}

function midOf(content: JsonRecord): string | undefined {
  const mid = textOf(fieldOf(content, 'mid'));
  return isUsableId(mid) ? mid : undefined;
}

/** 0 where Messenger gives none: a watermark that moves nothing. */
function watermarkOf(content: JsonRecord): number {
  return epochMs(fieldOf(content, 'watermark')) ?? 0;
}

function joined(texts: (string | undefined)[]): string | undefined {
  const said = texts.filter((text) => text !== undefined && text !== '').join(': ');
  return said === '' ? undefined : cutText(said, MAX_ALERT_LENGTH);
}
