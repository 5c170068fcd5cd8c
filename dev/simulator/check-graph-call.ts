import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { MESSENGER_LIMITS } from '../../contracts/messenger-limits.ts';
import { appSecretProof } from '../../adapters/messenger/signature.ts';
import { GraphRefusal } from './graph-refusal.ts';
import type { SimulatedPage } from './simulator-record.ts';

const INVALID = { code: 100 };
const BOTH_MESSAGE_AND_ACTION = { code: 100, subcode: 2018034 };

/** Meta refuses what is empty, or nothing but space. */
const filled = z.string().regex(/\S/, 'must not be empty');
const address = z.url({ protocol: /^https?$/ });
const payload = filled.max(MESSENGER_LIMITS.quickReplyPayload);

const quickReplySchema = z.discriminatedUnion('content_type', [
  z.object({ content_type: z.literal('text'), title: filled, payload }),
  z.object({ content_type: z.enum(['user_phone_number', 'user_email']) }),
]);

const { template: LIMITS } = MESSENGER_LIMITS;
const buttonTitle = filled.max(LIMITS.buttonTitle);
const buttonSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('web_url'), title: buttonTitle, url: address }),
  z.object({ type: z.literal('postback'), title: buttonTitle, payload }),
  z.object({ type: z.literal('phone_number'), title: buttonTitle, payload: z.string().regex(/^\+\d+$/) }),
]);
const buttons = z.array(buttonSchema).max(LIMITS.buttons);

/** Source: Messenger Platform, Message Templates. */
const templateSchema = z.discriminatedUnion('template_type', [
  z.object({
    template_type: z.literal('button'),
    text: filled.max(LIMITS.buttonText),
    buttons: buttons.min(1),
  }),
  z.object({
    template_type: z.literal('generic'),
    elements: z
      .array(
        z
          .object({
            title: filled.max(LIMITS.title),
            subtitle: filled.max(LIMITS.title).optional(),
            image_url: address.optional(),
            default_action: z.object({ type: z.literal('web_url'), url: address }).optional(),
            buttons: buttons.min(1).optional(),
          })
          .refine(({ title: _title, ...more }) => Object.values(more).some((field) => field !== undefined), {
            error: 'title and at least one other field is required with non-empty value',
          }),
      )
      .min(1)
      .max(LIMITS.elements),
  }),
  z.object({
    template_type: z.literal('media'),
    elements: z
      .array(
        z
          .object({
            media_type: z.enum(['image', 'video']),
            url: address.optional(),
            attachment_id: filled.optional(),
            buttons: buttons.min(1).optional(),
          })
          .refine((element) => element.url ?? element.attachment_id, 'must have url or attachment_id'),
      )
      .length(1),
  }),
  z.object({
    template_type: z.literal('receipt'),
    recipient_name: filled,
    order_number: filled,
    currency: z.string().length(3),
    payment_method: filled,
    order_url: address.optional(),
    timestamp: z.string().regex(/^\d+$/).optional(),
    summary: z.object({
      subtotal: z.number().optional(),
      shipping_cost: z.number().optional(),
      total_tax: z.number().optional(),
      total_cost: z.number(),
    }),
    elements: z
      .array(
        z.object({ title: filled, price: z.number(), quantity: z.number().optional(), image_url: address.optional() }),
      )
      .max(LIMITS.receiptElements)
      .optional(),
    address: z
      .object({ street_1: filled, city: filled, postal_code: filled, state: filled, country: filled })
      .optional(),
    adjustments: z.array(z.object({ name: filled, amount: z.number() })).optional(),
  }),
]);

const mediaPayloadSchema = z
  .object({ url: address.optional(), attachment_id: filled.optional() })
  .refine((media) => media.url ?? media.attachment_id, 'must have url or attachment_id');

const attachmentSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('template'), payload: templateSchema }),
  z.object({ type: z.enum(['image', 'video', 'audio', 'file']), payload: mediaPayloadSchema }),
]);

const messageSchema = z
  .object({
    text: filled.max(MESSENGER_LIMITS.text).optional(),
    attachment: attachmentSchema.optional(),
    quick_replies: z.array(quickReplySchema).max(MESSENGER_LIMITS.quickReplies).default([]),
    metadata: z.string().max(MESSENGER_LIMITS.metadata).optional(),
  })
  .refine((message) => message.text ?? message.attachment, 'message must have text or attachment')
  .refine((message) => !(message.text && message.attachment), 'message must have text or attachment, not both');

const sendSchema = z.object({
  recipient: z.object({ id: z.string().min(1) }),
  messaging_type: z.enum(['RESPONSE', 'UPDATE', 'MESSAGE_TAG']).optional(),
  tag: z.string().optional(),
  message: messageSchema.optional(),
  persona_id: z.string().optional(),
  sender_action: z.enum(['typing_on', 'typing_off', 'mark_seen', 'react', 'unreact']).optional(),
  payload: z.object({ message_id: z.string(), reaction: z.string().optional() }).optional(),
});

export type SendBody = z.output<typeof sendSchema>;

interface Credentials {
  token: string | undefined;
  proof: string | undefined;
}

/**
 * Checks token and proof of a call as Graph does with "Require App Secret" on. Of a Page nobody registered only
 * the token's presence can be checked.
 * @throws GraphRefusal 104, 190, 100
 */
export function checkCredentials(page: SimulatedPage | undefined, { token, proof }: Credentials): void {
  if (!token) {
    throw new GraphRefusal('An access token is required to request this resource.', { code: 104, httpStatus: 401 });
  }
  if (page === undefined) return;
  if (!isSame(token, page.pageToken)) {
    throw new GraphRefusal('Invalid OAuth access token.', { code: 190, httpStatus: 401 });
  }
  if (!isSame(proof ?? '', appSecretProof(token, page.appSecret))) {
    throw new GraphRefusal('Invalid appsecret_proof provided in the API argument', {
      ...INVALID,
      type: 'GraphMethodException',
    });
  }
}

/**
 * Checks the body of a call to `/{page}/messages` against the limits of the Send API.
 * @throws GraphRefusal 100
 */
export function checkSendBody(body: unknown): SendBody {
  // JSON writes half a surrogate pair as an escape; a reverse solidus of the text itself is written twice.
  if (/(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(JSON.stringify(body) ?? '')) {
    throw new GraphRefusal('Param message: must be valid Unicode', INVALID);
  }
  const parsed = sendSchema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new GraphRefusal(`Param ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not valid'}`, INVALID);
  }
  const { message, sender_action: action } = parsed.data;
  if (message !== undefined && action !== undefined) {
    throw new GraphRefusal('Message and sender action cannot stand in one call', BOTH_MESSAGE_AND_ACTION);
  }
  if (message === undefined && action === undefined) throw new GraphRefusal('Message cannot be empty', INVALID);
  return parsed.data;
}

function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
