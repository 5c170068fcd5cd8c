import { z } from 'zod';
import { MESSENGER_LIMITS } from '../../contracts/messenger-limits.ts';
import { duration, filledText, listSource, numberOrText, saidTitle, text, type IssueParams } from './common-schema.ts';

const { template } = MESSENGER_LIMITS;

/** Of what is written one by one, or for each item of a list. */
export const LIST_OR_EACH = 'a list, or a map with "each"';

const quickReply = z.strictObject({
  title: saidTitle,
  payload: text
    .optional()
    .describe('$(item.payload) after a tap, the title where left out; the reply itself is the title.'),
});

export const more = saidTitle
  .optional()
  .describe('Title of a quick reply that shows the next ones, where there are more than fit.');

export const quickRepliesSchema = z
  .union(
    [z.array(quickReply).min(1).max(MESSENGER_LIMITS.quickReplies), quickReply.extend({ each: listSource, more })],
    LIST_OR_EACH,
  )
  .describe('Buttons under the message; the payload is the title where left out.');

const button = z
  .strictObject({
    title: saidTitle.describe('What stands on the button, at most 20 characters.'),
    url: filledText.optional().describe('Opens an address.'),
    phone: filledText.optional().describe('Calls a number: +4930123456.'),
    payload: text
      .optional()
      .describe('$(item.payload) after a tap, the title where left out; the reply itself is the title.'),
  })
  .superRefine(({ url, phone, payload }, context) => {
    if ([url, phone, payload].filter((value) => value !== undefined).length <= 1) return;
    const params: IssueParams = { code: 'bad-button', remedy: 'Write one of url, phone and payload.' };
    context.addIssue({ code: 'custom', message: 'A button does one thing.', params: { ...params } });
  })
  .meta({
    allOf: [['url', 'phone'] as const, ['url', 'payload'] as const, ['phone', 'payload'] as const].map((both) => ({
      not: { required: [...both] },
    })),
  });

export const buttonsSchema = z.array(button).min(1).max(template.buttons).describe('Up to three buttons.');

const card = z.strictObject({
  title: saidTitle.describe('At most 80 characters.'),
  subtitle: saidTitle.optional().describe('At most 80 characters.'),
  image: filledText.optional().describe('Address of a picture.'),
  url: filledText.optional().describe('Address that a tap on the card opens.'),
  buttons: buttonsSchema.optional(),
});

export const cardsSchema = z.union(
  [z.array(card).min(1).max(template.elements), card.extend({ each: listSource, more })],
  LIST_OR_EACH,
);

export const mediaSchema = z
  .strictObject({
    type: z.enum(['image', 'video']).describe('image or video.'),
    url: filledText.optional().describe('Address of a picture or video on Facebook.'),
    attachmentId: filledText.optional().describe('Id of an attachment that Messenger has already.'),
    buttons: buttonsSchema.optional(),
  })
  .superRefine(({ url, attachmentId }, context) => {
    if ((url === undefined) !== (attachmentId === undefined)) return;
    const params: IssueParams = { code: 'bad-media', remedy: 'Write one of url and attachmentId.' };
    context.addIssue({ code: 'custom', message: 'The media come from one place.', params: { ...params } });
  })
  .meta({ oneOf: [{ required: ['url'] }, { required: ['attachmentId'] }] });

const mediaType = z.enum(['image', 'video', 'audio', 'file']);

export const attachmentSchema = z
  .strictObject({
    type: mediaType.describe('image, video, audio or file.'),
    url: filledText.optional().describe('Address that Messenger fetches it from.'),
    file: filledText
      .optional()
      .describe('Id of a file of our own: `attendant files add <file>` puts it into the storage and prints its id.'),
  })
  .superRefine(({ url, file }, context) => {
    if ((url === undefined) !== (file === undefined)) return;
    const params: IssueParams = { code: 'bad-attachment', remedy: 'Write one of url and file.' };
    context.addIssue({ code: 'custom', message: 'An attachment comes from one place.', params: { ...params } });
  })
  .meta({ oneOf: [{ required: ['url'] }, { required: ['file'] }] });

const amount = numberOrText.describe('A sum in the currency’s units.');

const receiptItem = z.strictObject({
  title: filledText,
  subtitle: filledText.optional(),
  quantity: amount.optional(),
  price: amount,
  currency: filledText.optional(),
  image: filledText.optional(),
});

export const receiptSchema = z.strictObject({
  recipientName: filledText,
  orderNumber: filledText,
  currency: filledText.describe('ISO 4217: EUR.'),
  paymentMethod: filledText,
  merchantName: filledText.optional(),
  orderUrl: filledText.optional(),
  timestamp: filledText.optional().describe('Seconds since 1970.'),
  elements: z.array(receiptItem).max(template.receiptElements).optional().describe('What was bought.'),
  address: z
    .strictObject({
      street1: filledText,
      street2: filledText.optional(),
      city: filledText,
      postalCode: filledText,
      state: filledText,
      country: filledText,
    })
    .optional()
    .describe('Where it goes.'),
  summary: z
    .strictObject({
      subtotal: amount.optional(),
      shippingCost: amount.optional(),
      totalTax: amount.optional(),
      totalCost: amount,
    })
    .describe('The sums.'),
  adjustments: z
    .array(z.strictObject({ name: filledText, amount }))
    .max(100)
    .optional()
    .describe('Discounts and the like.'),
});

export const gatherSchema = z
  .strictObject({
    quiet: duration.optional().describe('The reply is over when nothing has come for so long; 3s where left out.'),
    max: duration.optional().describe('However much comes, it is over then; 20s where left out.'),
  })
  .describe('Joins several messages in a row into one reply.');

export const typingSchema = duration.describe('The typing indicator is shown so long before; at most 20s.');

export type ButtonFields = z.infer<typeof button>;
export type CardFields = z.infer<typeof card>;
export type CardsFields = z.infer<typeof cardsSchema>;
export type QuickRepliesFields = z.infer<typeof quickRepliesSchema>;
export type MediaFields = z.infer<typeof mediaSchema>;
export type AttachmentFields = z.infer<typeof attachmentSchema>;
export type ReceiptFields = z.infer<typeof receiptSchema>;
export type GatherFields = z.infer<typeof gatherSchema>;
