/** What an agent's client may attach to a message. Limits: contracts/messenger-limits.ts. */
import { z } from 'zod';
import { MESSENGER_LIMITS } from './messenger-limits.ts';
import type { OutboundAttachment } from './outbound-attachment.ts';

const LIMITS = MESSENGER_LIMITS.template;

const httpsUrl = z.url({ protocol: /^https$/ }).max(2000);
const title = z.string().trim().min(1).max(LIMITS.title);
const buttonTitle = z.string().trim().min(1).max(LIMITS.buttonTitle);
const payload = z.string().min(1).max(MESSENGER_LIMITS.quickReplyPayload);
const amount = z.number().min(0).max(1e12);
const line = z.string().min(1).max(200);

const buttonSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('web_url'), title: buttonTitle, url: httpsUrl }),
  z.strictObject({ type: z.literal('postback'), title: buttonTitle, payload }),
  z.strictObject({
    type: z.literal('phone_number'),
    title: buttonTitle,
    payload: z.string().regex(/^\+\d{5,20}$/, { error: 'is not a number like +15105551234' }),
  }),
]);
const buttons = z.array(buttonSchema).max(LIMITS.buttons);

const templateSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('button'),
    text: z.string().trim().min(1).max(LIMITS.buttonText),
    buttons: buttons.min(1),
  }),
  z.strictObject({
    kind: z.literal('generic'),
    elements: z
      .array(
        z.strictObject({
          title,
          subtitle: title.optional(),
          imageUrl: httpsUrl.optional(),
          url: httpsUrl.optional(),
          buttons: buttons.optional(),
        }),
      )
      .min(1)
      .max(LIMITS.elements),
  }),
  z
    .strictObject({
      kind: z.literal('media'),
      media: z.enum(['image', 'video']),
      url: httpsUrl.optional(),
      attachmentId: z.string().min(1).max(100).optional(),
      buttons: buttons.optional(),
    })
    .refine(({ url, attachmentId }) => (url === undefined) !== (attachmentId === undefined), {
      error: 'needs url or attachmentId, and not both',
    }),
  z.strictObject({
    kind: z.literal('receipt'),
    recipientName: line,
    orderNumber: line,
    currency: z.string().regex(/^[A-Z]{3}$/, { error: 'is not a currency like EUR' }),
    paymentMethod: line,
    merchantName: line.optional(),
    orderUrl: httpsUrl.optional(),
    timestamp: z
      .string()
      .regex(/^\d{1,12}$/)
      .optional(),
    elements: z
      .array(
        z.strictObject({
          title,
          subtitle: title.optional(),
          quantity: amount.optional(),
          price: amount,
          currency: z.string().length(3).optional(),
          imageUrl: httpsUrl.optional(),
        }),
      )
      .max(LIMITS.receiptElements)
      .optional(),
    address: z
      .strictObject({
        street1: line,
        street2: line.optional(),
        city: line,
        postalCode: line,
        state: line,
        country: line,
      })
      .optional(),
    summary: z.strictObject({
      subtotal: amount.optional(),
      shippingCost: amount.optional(),
      totalTax: amount.optional(),
      totalCost: amount,
    }),
    adjustments: z
      .array(z.strictObject({ name: line, amount }))
      .max(10)
      .optional(),
  }),
]);

const mediaType = z.enum(['image', 'video', 'audio', 'file']);

const coordinate = (most: number): z.ZodNumber => z.number().min(-most).max(most);

/** Messenger takes no place from a Page: it is sent as a card that opens a map. */
const locationSchema = z
  .strictObject({ type: z.literal('location'), title, lat: coordinate(90), long: coordinate(180) })
  .transform(({ title: name, lat, long }) => {
    const place = `${String(lat)},${String(long)}`;
    const url = `https://www.google.com/maps/search/?api=1&query=${place}`;
    const element = { title: name, subtitle: place.replace(',', ', '), url };
    return { type: 'template' as const, template: { kind: 'generic' as const, elements: [element] } };
  });

/** Media by address or by an id of our own attachment storage, one of Meta's templates, or a place. */
export const outboundAttachmentSchema = z
  .union([
    z.strictObject({ type: mediaType, url: httpsUrl }),
    z.strictObject({ type: mediaType, fileId: z.string().min(1).max(256) }),
    z.strictObject({ type: z.literal('template'), template: templateSchema }),
    locationSchema,
  ])
  // Zod's optional keys may hold undefined; what came as JSON does not.
  .transform((attachment) => attachment as OutboundAttachment);
