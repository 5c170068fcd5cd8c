import { fitMessage } from '../../contracts/fit-message.ts';
import type { OutboundAttachment } from '../../contracts/outbound-attachment.ts';
import type { QuickReply } from '../../contracts/part.ts';
import type { SendMessageEffect } from '../machine/effect.ts';

/** A message that the customer has got. `by`: the scenario, or the host with a text of the entry. */
export interface SaidMessage {
  by: 'scenario' | 'host';
  text: string;
  quickReplies: readonly QuickReply[];
  attachments: readonly OutboundAttachment[];
  typingMs?: number;
}

/** What leaves of a message, which Messenger takes in parts: its text, then each attachment. */
export function fitSaid({ text, attachments = [], quickReplies }: Omit<SendMessageEffect, 'kind' | 'id'>): Pick<
  SaidMessage,
  'text' | 'attachments'
> & {
  quickReplies: QuickReply[];
  notes: string[];
} {
  const fitted = attachments.map((attachment) => fitMessage({ text: '', attachment, quickReplies: [] }));
  const texts = fitted.flatMap(({ content }) => (content && !content.attachment ? [content.text] : []));
  return {
    text: [text, ...texts].filter((line) => line !== '').join('\n'),
    attachments: fitted.flatMap(({ content }) => content?.attachment ?? []),
    quickReplies: quickReplies.filter(isSaid),
    notes: [
      ...fitted.flatMap(({ notes }) => notes),
      ...quickReplies.flatMap((reply, index) =>
        isSaid(reply) ? [] : [`quick reply ${index + 1}: its title is empty`],
      ),
    ],
  };
}

/** Messenger fills in the title of what it offers itself. */
function isSaid({ title, contentType }: QuickReply): boolean {
  return contentType !== undefined || title.trim() !== '';
}

/** A message as a transcript shows it: its text, then what hangs on it. */
export function describeMessage({ text, quickReplies, attachments }: Omit<SaidMessage, 'by'>): string {
  const replies = quickReplies.map((reply) => `[${titleOf(reply)}]`);
  return [...(text === '' ? [] : [text]), ...attachments.map(describeAttachment), ...replies].join(' ');
}

/** Messenger writes the customer's own address or number on what it offers. */
export function titleOf({ title, contentType }: { title: string; contentType?: string }): string {
  if (contentType === 'user_email') return 'their e-mail address';
  return contentType === 'user_phone_number' ? 'their phone number' : title;
}

/** What the customer reads: the text above buttons is the text of the message. */
export function textOf({ text, attachments }: Pick<SaidMessage, 'text' | 'attachments'>): string {
  const above = attachments.flatMap((attachment) =>
    attachment.type === 'template' && attachment.template.kind === 'button' ? [attachment.template.text] : [],
  );
  return [text, ...above].filter((line) => line !== '').join('\n');
}

function describeAttachment(attachment: OutboundAttachment): string {
  if (attachment.type !== 'template') {
    return `[${attachment.type} ${'url' in attachment ? attachment.url : attachment.fileId}]`;
  }
  const texts = listTemplateTexts(attachment);
  // As a test writes it: a text, and buttons under it.
  if (attachment.template.kind === 'button') return texts.join(' ');
  return `[${attachment.template.kind}${texts.length === 0 ? '' : `: ${texts.join(' | ')}`}]`;
}

type TemplateAttachment = Extract<OutboundAttachment, { type: 'template' }>;

function listTemplateTexts(attachment: TemplateAttachment): string[] {
  const { template } = attachment;
  const titles = listButtons([attachment]).map(({ title }) => `[${title}]`);
  if (template.kind === 'button') return [template.text, ...titles];
  if (template.kind === 'generic') return [...template.elements.map(({ title }) => title), ...titles];
  return titles;
}

/** The buttons of templates, in the order in which the customer sees them. */
export function listButtons(
  attachments: readonly OutboundAttachment[],
): { title: string; payload?: string; type: string }[] {
  return attachments.flatMap((attachment) => {
    if (attachment.type !== 'template') return [];
    const { template } = attachment;
    if (template.kind === 'generic') return template.elements.flatMap(({ buttons = [] }) => buttons);
    return 'buttons' in template ? (template.buttons ?? []) : [];
  });
}

/** The titles of cards. */
export function listCards(attachments: readonly OutboundAttachment[]): string[] {
  return attachments.flatMap((attachment) =>
    attachment.type === 'template' && attachment.template.kind === 'generic'
      ? attachment.template.elements.map(({ title }) => title)
      : [],
  );
}

/** Sums and French punctuation have spaces that do not break, which nobody sees or types. */
export function asTyped(text: string): string {
  return text.replaceAll(/[\u00A0\u202F]/g, ' ');
}
