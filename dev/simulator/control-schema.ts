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

export const customerSchema = z.strictObject({ name: customerName });

const attachmentSchema = z.strictObject({
  type: z.string().min(1),
  url: z.string().optional(),
  title: z.string().optional(),
  coordinates: z.strictObject({ lat: z.number(), long: z.number() }).optional(),
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

export const threadQuerySchema = z.object({ after: z.coerce.number().int().min(0).default(0) });
export const sendsQuerySchema = z.object({ pageId: id.optional(), psid: id.optional() });

/** For how many sends, and for which Page; for every Page where none is named. */
const aim = { count: z.int().min(1).default(1), pageId: id.optional() };

/** Calls that tell how a Page is set up. */
const graphCallNameSchema = z.enum(['me', 'app', 'debug-token', 'subscriptions', 'subscribed-apps', 'routing']);
export type GraphCallName = z.infer<typeof graphCallNameSchema>;

/** What can go wrong by request. */
export const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('error'),
    code: z.int(),
    subcode: z.int().optional(),
    httpStatus: z.int().min(400).max(599).default(400),
    isTransient: z.boolean().optional(),
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
