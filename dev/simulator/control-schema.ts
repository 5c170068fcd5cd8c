import { z } from 'zod';
import { REQUIRED_WEBHOOK_FIELDS, USEFUL_WEBHOOK_FIELDS } from '../../adapters/messenger/webhook-fields.ts';

const id = z.string().min(1).max(256);
const text = z.string().min(1).max(20_000);
const title = z.string().min(1).max(200);
const payload = z.string().max(1000);
const customerName = z.string().trim().min(1).max(80);
const delayMs = z.int().min(0).max(600_000);

/** Every field that can be subscribed here. */
export const ALL_WEBHOOK_FIELDS: readonly string[] = [...REQUIRED_WEBHOOK_FIELDS, ...USEFUL_WEBHOOK_FIELDS];
const fields = z.array(z.string().min(1)).max(100);

/** A Page to play. The same id again changes it. */
export const pageSchema = z.strictObject({
  pageId: id,
  name: z.string().min(1).max(200),
  appId: z
    .string()
    .regex(/^\d{1,15}$/)
    .default('1234567890'),
  appSecret: z.string().min(1),
  pageToken: z.string().min(1),
  webhookUrl: z.url({ protocol: /^https?$/ }),
  batchSize: z.int().min(1).max(1000).default(1),
  /** Webhook fields of the Page and of its app; all where absent. */
  subscribedFields: fields.optional(),
  appFields: fields.optional(),
  permissions: fields.default(['pages_messaging', 'pages_manage_metadata', 'pages_show_list']),
  /** Epoch milliseconds; the token does not expire where absent. */
  tokenExpiresAt: z.int().min(0).optional(),
  /** Ids of other apps that are connected to the Page. */
  otherApps: fields.optional(),
});

export const customerSchema = z.strictObject({
  name: customerName,
  locale: z
    .string()
    .regex(/^[a-z]{2,3}_[A-Z]{2}$/)
    .optional(),
  pictureUrl: z.url({ protocol: /^https?$/ }).optional(),
});

const attachmentSchema = z.strictObject({
  type: z.string().min(1),
  url: z.string().optional(),
  title: z.string().optional(),
  coordinates: z.strictObject({ lat: z.number(), long: z.number() }).optional(),
  stickerId: z.string().regex(/^\d+$/).optional(),
});

/** What a customer writes. A quick reply has the text of its title and a payload. */
export const customerMessageSchema = z
  .strictObject({
    pageId: id,
    text: text.optional(),
    attachments: z.array(attachmentSchema).min(1).optional(),
    quickReplyPayload: payload.optional(),
  })
  .refine((message) => message.text ?? message.attachments ?? message.quickReplyPayload, {
    message: 'Give text, attachments or quickReplyPayload.',
  });

export const postbackSchema = z.strictObject({ pageId: id, title, payload });
export const readSchema = z.strictObject({ pageId: id });

/** Any event at all, in Meta's form: the way to those the simulator has no command for. */
export const rawEventSchema = z.strictObject({
  channel: z.enum(['messaging', 'standby']).default('messaging'),
  event: z.looseObject({}),
});

export const logQuerySchema = z.object({ after: z.coerce.number().int().min(0).default(0) });

/** Which faults to clear: those that have these values; all where none is given. */
export const faultMatchSchema = z.strictObject({
  kind: z.string().optional(),
  way: z.string().optional(),
  echo: z.string().optional(),
  mode: z.string().optional(),
  code: z.coerce.number().int().optional(),
  subcode: z.coerce.number().int().optional(),
});
export type FaultMatch = z.output<typeof faultMatchSchema>;

export const threadQuerySchema = z.object({ after: z.coerce.number().int().min(0).default(0) });
export const sendsQuerySchema = z.object({ pageId: id.optional(), psid: id.optional() });

/** For how many sends (`all`: until cleared), and for which Page; for every Page where none is named. */
const aim = { count: z.union([z.int().min(1), z.literal('all')]).default(1), pageId: id.optional() };

/** Calls that tell how a Page is set up. */
const graphCallNameSchema = z.enum(['me', 'app', 'debug-token', 'subscriptions', 'subscribed-apps', 'routing']);
export type GraphCallName = z.infer<typeof graphCallNameSchema>;

const share = z.number().min(0).max(1);

/** Everything at once: each send, echo and webhook call meets a mishap by its share. The same seed, the same mishaps. */
const hostileSchema = z.strictObject({
  kind: z.literal('hostile'),
  seed: z.int().min(1).default(1),
  timeouts: share.default(0.02),
  resetsAfter: share.default(0.02),
  resetsBefore: share.default(0.02),
  rateLimits: share.default(0.005),
  lateEchoes: share.default(0.1),
  doubleEchoes: share.default(0.1),
  missingEchoes: share.default(0.02),
  redeliveries: share.default(0.05),
  reorders: share.default(0.1),
  /** How long an accepted send stays without an answer, and how late a late echo comes. */
  delayMs: delayMs.default(3000),
});

/** Moves the simulator's clock forward: windows close, an hour of failures passes. */
export const clockSchema = z.strictObject({
  advanceMs: z
    .int()
    .min(0)
    .max(30 * 24 * 3_600_000),
});

/** Other things customers do, by a call of their own; anything else is a raw event. */
export const customerEventSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('reaction'), pageId: id, mid: id, emoji: z.string().min(1).max(20).optional() }),
  z.strictObject({ kind: z.literal('edit'), pageId: id, mid: id, text }),
  z.strictObject({ kind: z.literal('delete'), pageId: id, mid: id }),
  z.strictObject({
    kind: z.literal('referral'),
    pageId: id,
    ref: z.string().max(250).optional(),
    source: z.string().default('SHORTLINK'),
    adId: z.string().optional(),
  }),
  z.strictObject({ kind: z.literal('optin'), pageId: id, ref: z.string().max(250) }),
  z.strictObject({ kind: z.literal('account-linking'), pageId: id, authorizationCode: z.string().optional() }),
  z.strictObject({ kind: z.literal('inbox-reply'), pageId: id, text }),
  z.strictObject({ kind: z.literal('take-thread'), pageId: id, appId: id.default('263902037430900') }),
  z.strictObject({ kind: z.literal('give-thread'), pageId: id }),
]);
export type CustomerEventRequest = z.output<typeof customerEventSchema>;

/** What can go wrong by request. */
export const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('error'),
    code: z.int(),
    subcode: z.int().optional(),
    httpStatus: z.int().min(400).max(599).default(400),
    isTransient: z.boolean().optional(),
    /** Meta's words: they decide where a code has two meanings. */
    message: z.string().min(1).default('Refused on request'),
    ...aim,
  }),
  z.strictObject({ kind: z.literal('slow'), delayMs, ...aim }),
  z.strictObject({ kind: z.literal('timeout-after-accept'), delayMs: delayMs.default(60_000), ...aim }),
  z.strictObject({ kind: z.literal('reset-after-accept'), ...aim }),
  z.strictObject({ kind: z.literal('reset-before-accept'), ...aim }),
  z.strictObject({
    kind: z.literal('echo'),
    echo: z.enum(['on', 'off', 'late', 'double']),
    delayMs: delayMs.default(5000),
    pageId: id.optional(),
  }),
  /**
   * How webhook calls go: once more after they were taken, before the one that should have gone first, late, or after one
   * with the same body that is signed with a wrong secret.
   */
  z.strictObject({
    kind: z.literal('webhook'),
    way: z.enum(['redeliver', 'reorder', 'delay', 'forge']),
    delayMs: delayMs.default(4000),
    ...aim,
  }),
  /** Usage headers on every answer. */
  z.strictObject({
    kind: z.literal('usage'),
    percent: z.int().min(0).max(200),
    regainMinutes: z.int().min(0).max(1440).default(0),
    pageId: id.optional(),
  }),
  /** Above so many messages in a second the Page gets 613. */
  z.strictObject({ kind: z.literal('rate-limit'), perSecond: z.int().min(1), pageId: id.optional() }),
  /** Every call of the Page with its present token gets 190. Another token, registered with the Page, is good. */
  z.strictObject({ kind: z.literal('dead-token'), subcode: z.int().default(463), pageId: id.optional() }),
  /** Graph is away: every call is cut (`reset`), or answered 503 with error 2 (`error`). */
  z.strictObject({
    kind: z.literal('outage'),
    mode: z.enum(['reset', 'error']).default('error'),
    pageId: id.optional(),
  }),
  hostileSchema,
  z.strictObject({
    kind: z.literal('graph'),
    call: graphCallNameSchema,
    code: z.int(),
    subcode: z.int().optional(),
    httpStatus: z.int().min(400).max(599).default(400),
    message: z.string().min(1).default('Refused on request'),
    pageId: id.optional(),
  }),
]);

export type Fault = z.output<typeof faultSchema>;
