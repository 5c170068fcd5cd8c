import { fitButtons } from './fit-buttons.ts';
import { fitTemplate } from './fit-template.ts';
import { isBlank, toAddress, toSendable, type Notes } from './fit-text.ts';
import { MESSENGER_LIMITS } from './messenger-limits.ts';
import type { OutboundAttachment } from './outbound-attachment.ts';
import type { Part, QuickReply } from './part.ts';

/** What a part says: its text, or its attachment. */
export type MessageContent = Pick<Part, 'text' | 'attachment' | 'quickReplies'>;

/** `content` is absent where nothing is left to say. `notes`: what was left out or cut and why, for people. */
export interface FittedMessage {
  content?: MessageContent;
  notes: string[];
}

/**
 * Brings a message to what Messenger takes: whole characters, its lengths, no empty titles and no addresses that are none. One
 * empty variable in a quick reply or a card so costs that quick reply and not the message. Fitting twice changes nothing.
 */
export function fitMessage({ text, attachment, quickReplies }: MessageContent): FittedMessage {
  const notes: Notes = [];
  const fitted = attachment ? fitAttachment(attachment, notes) : toSendable(text, MESSENGER_LIMITS.text, notes);
  if (fitted === undefined || (typeof fitted === 'string' && isBlank(fitted))) {
    if (notes.length === 0) notes.push('the text is empty');
    return { notes };
  }
  const replies = fitQuickReplies(quickReplies, notes);
  const content: MessageContent =
    typeof fitted === 'string'
      ? { text: fitted, quickReplies: replies }
      : { text: '', attachment: fitted, quickReplies: replies };
  return { content, notes };
}

/** A text where that is all that is left of it. */
function fitAttachment(attachment: OutboundAttachment, notes: Notes): OutboundAttachment | string | undefined {
  if (attachment.type === 'template') {
    const template = fitTemplate(attachment.template, notes);
    return template === undefined || typeof template === 'string' ? template : { type: 'template', template };
  }
  const { type } = attachment;
  if ('fileId' in attachment) {
    if (!isBlank(attachment.fileId)) return attachment;
    notes.push(`the ${type}: its file is not named`);
    return undefined;
  }
  const url = toAddress(attachment.url);
  if (url === undefined) notes.push(`the ${type}: its address is empty or none`);
  return url === undefined ? undefined : { type, url };
}

function fitQuickReplies(quickReplies: readonly QuickReply[], notes: Notes): QuickReply[] {
  const offers = quickReplies.filter(({ contentType }) => contentType !== undefined);
  const taps = quickReplies.filter(({ contentType }) => contentType === undefined);
  const fitted = fitButtons(taps, { what: 'quick reply', limits: QUICK_REPLY_LIMITS }, notes);
  const room = MESSENGER_LIMITS.quickReplies - fitted.length;
  return [...fitted, ...offers.slice(0, room)];
}

const QUICK_REPLY_LIMITS = {
  count: MESSENGER_LIMITS.quickReplies,
  title: MESSENGER_LIMITS.quickReplyTitle,
};
