import { getDurationMs } from '../../contracts/duration.ts';
import { MESSENGER_LIMITS } from '../../contracts/messenger-limits.ts';
import type { OutboundAttachment } from '../../contracts/outbound-attachment.ts';
import { listSaid, type SaidText } from '../expression/said-text.ts';
import type { Variables } from '../expression/variables.ts';
import type { SendMessageEffect } from '../machine/effect.ts';
import type { SentText } from './block-behaviour.ts';
import { asText, compileTexts } from './compile-texts.ts';
import { isEachList } from './list-items.ts';
import { compileCards, compileQuickReplies, type FillPage } from './message-lists.ts';
import type {
  AttachmentFields,
  ButtonFields,
  CardFields,
  CardsFields,
  MediaFields,
  QuickRepliesFields,
  ReceiptFields,
} from './message-parts-schema.ts';
import type { SendMessageFields } from './send-message-schema.ts';

type Template = Extract<OutboundAttachment, { type: 'template' }>['template'];
type Button = NonNullable<Extract<Template, { kind: 'media' }>['buttons']>[number];
type Receipt = Extract<Template, { kind: 'receipt' }>;

/** What a message holds, apart from its id. */
type MessageParts = Omit<SendMessageEffect, 'kind' | 'id'>;

/** Compiles what a Send Message says; a text with buttons is one message of Messenger's, their template. */
export function compileMessage(fields: SendMessageFields): FillPage<MessageParts> {
  const { text = '', buttons, typing } = fields;
  const fillText = compileTexts(buttons ? '' : asText(text));
  const fillReplies = compileQuickReplies(fields);
  const attachments = listAttachments(fields);
  const typingMs = typing === undefined ? undefined : Math.min(getDurationMs(typing), MESSENGER_LIMITS.typingMs);
  return (variables, page) => ({
    text: fillText(variables),
    quickReplies: fillReplies(variables, page),
    ...(attachments.length === 0 ? {} : { attachments: attachments.map((fill) => fill(variables, page)) }),
    ...(typingMs !== undefined && { typingMs }),
  });
}

/** In the order in which they leave: buttons first, because the text is theirs. */
function listAttachments({
  text = '',
  buttons,
  attachments = [],
  cards,
  media,
  receipt,
}: SendMessageFields): FillPage<OutboundAttachment>[] {
  return [
    ...(buttons ? [template({ kind: 'button', text: asText(text), buttons: buttons.map(toButton) })] : []),
    ...attachments.map((attachment) => compileTexts(toAttachment(attachment))),
    ...(cards ? [carousel(cards)] : []),
    ...(media ? [template(toMedia(media))] : []),
    ...(receipt ? [compileReceipt(receipt)] : []),
  ];
}

function template(content: Template): FillPage<OutboundAttachment> {
  return compileTexts({ type: 'template', template: content });
}

function carousel(cards: CardsFields): FillPage<OutboundAttachment> {
  const fill = compileCards(cards, toCard);
  return (variables, page) => ({ type: 'template', template: { kind: 'generic', elements: fill(variables, page) } });
}

function toAttachment({ type, url, file }: AttachmentFields): OutboundAttachment {
  return file === undefined ? { type, url: url ?? '' } : { type, fileId: file };
}

function toButton({ title, url, phone, payload }: ButtonFields): Button {
  const shown = asText(title);
  if (url !== undefined) return { type: 'web_url', title: shown, url };
  if (phone !== undefined) return { type: 'phone_number', title: shown, payload: phone };
  return { type: 'postback', title: shown, payload: payload ?? shown };
}

function toCard({
  title,
  subtitle,
  image,
  url,
  buttons,
}: CardFields): Extract<Template, { kind: 'generic' }>['elements'][number] {
  return {
    title: asText(title),
    ...(subtitle !== undefined && { subtitle: asText(subtitle) }),
    ...(image !== undefined && { imageUrl: image }),
    ...(url !== undefined && { url }),
    ...(buttons ? { buttons: buttons.map(toButton) } : {}),
  };
}

function toMedia({ type, url, attachmentId, buttons }: MediaFields): Template {
  return {
    kind: 'media',
    media: type,
    ...(url !== undefined && { url }),
    ...(attachmentId !== undefined && { attachmentId }),
    ...(buttons ? { buttons: buttons.map(toButton) } : {}),
  };
}

/** Sums may be texts with variables; one that does not read as a number becomes null, which Messenger refuses. */
function compileReceipt({ elements, ...receipt }: ReceiptFields): FillPage<OutboundAttachment> {
  const items = elements?.map(({ image, ...item }) => ({
    ...item,
    ...(image !== undefined && { imageUrl: image }),
  }));
  const fill = compileTexts({ kind: 'receipt', ...receipt, ...(items ? { elements: items } : {}) });
  return (variables: Variables) => ({ type: 'template', template: withNumbers(fill(variables)) });
}

const sums = new Set(['price', 'quantity', 'amount', 'subtotal', 'shippingCost', 'totalTax', 'totalCost']);

function withNumbers(receipt: object): Receipt {
  const convert = (value: unknown, key?: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => convert(item));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, convert(inner, name)]));
    }
    if (key === undefined || !sums.has(key) || typeof value === 'number') return value;
    const number = Number(value);
    return Number.isFinite(number) && String(value).trim() !== '' ? number : null;
  };
  return convert(receipt) as Receipt;
}

const limits = MESSENGER_LIMITS.template;

/** Every text of a message that has a limit of Messenger's. */
export function listMessageTexts(fields: SendMessageFields): SentText[] {
  const { text, buttons = [], quickReplies = [], cards = [], media } = fields;
  return [
    ...sentTexts(['text'], text, {
      what: 'text',
      limit: buttons.length > 0 ? limits.buttonText : MESSENGER_LIMITS.text,
    }),
    ...listButtonTexts(['buttons'], buttons),
    ...(isEachList(cards)
      ? [...listCardTexts(['cards'], cards), ...listMoreTexts(['cards'], cards.more)]
      : cards.flatMap((card, index) => listCardTexts(['cards', index], card))),
    ...listButtonTexts(['media', 'buttons'], media?.buttons),
    ...listReplyTexts(quickReplies),
  ];
}

/** A text in each of its languages, as the checks look at it. */
export function sentTexts(
  path: SentText['path'],
  said: SaidText | undefined,
  kind: Omit<SentText, 'path' | 'source' | 'language'>,
): SentText[] {
  return listSaid(said ?? '').map(({ language, source }) => ({
    ...(language === undefined ? { path } : { path: [...path, language], language }),
    source,
    ...kind,
  }));
}

function listCardTexts(path: SentText['path'], { title, subtitle, buttons }: CardFields): SentText[] {
  return [
    ...sentTexts([...path, 'title'], title, { what: 'card text', limit: limits.title }),
    ...sentTexts([...path, 'subtitle'], subtitle, { what: 'card text', limit: limits.title }),
    ...listButtonTexts([...path, 'buttons'], buttons),
  ];
}

function listReplyTexts(replies: QuickRepliesFields): SentText[] {
  const path = ['quickReplies'];
  if (!isEachList(replies)) {
    return replies.flatMap(({ title, payload = '' }, index) => listTapTexts([...path, index], { title, payload }));
  }
  const { title, payload = '', more } = replies;
  return [...listTapTexts(path, { title, payload }), ...listMoreTexts(path, more)];
}

/** The title of the quick reply that shows the next page. */
export function listMoreTexts(path: SentText['path'], more: SaidText | undefined): SentText[] {
  if (more === undefined) return [];
  return sentTexts([...path, 'more'], more, { what: 'title', limit: MESSENGER_LIMITS.quickReplyTitle });
}

function listButtonTexts(path: SentText['path'], buttons: readonly ButtonFields[] = []): SentText[] {
  return buttons.flatMap(({ title, url, phone, payload = '' }, index) => {
    const texts = listTapTexts([...path, index], { title, payload });
    return url === undefined && phone === undefined ? texts : texts.map((each) => ({ ...each, isTapped: false }));
  });
}

/** The title of something that is tapped, and what it sends back, by the names of their fields. */
export function listTapTexts(path: SentText['path'], fields: Record<string, SaidText>): SentText[] {
  return Object.entries(fields).flatMap(([field, said]) =>
    sentTexts(
      [...path, field],
      said,
      field === 'title'
        ? { what: 'title', limit: MESSENGER_LIMITS.quickReplyTitle, isTapped: true }
        : { what: 'payload', limit: MESSENGER_LIMITS.quickReplyPayload },
    ),
  );
}
