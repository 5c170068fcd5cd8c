import { MESSENGER_LIMITS } from '../../contracts/messenger-limits.ts';
import type { OutboundAttachment, MediaType } from '../../contracts/outbound-attachment.ts';
import type { QuickReply } from '../../contracts/part.ts';
import { templatePayload } from './template-payload.ts';

/** An attachment that Graph can take: what lay in our storage has been uploaded and has an id. */
export type SendableAttachment =
  Exclude<OutboundAttachment, { fileId: string }> | { type: MediaType; attachmentId: string };

export interface MessageContent {
  text: string;
  attachment?: SendableAttachment;
  quickReplies: readonly QuickReply[];
  /** Travels as `metadata` and comes back on the echo. */
  partId: string;
}

/**
 * The `message` of a call to the Send API: text or attachment, quick replies beside it. What it is given has been brought to
 * Messenger's limits before (contracts/fit-message.ts). Source: Send API, "Message".
 */
export function messageBody({ text, attachment, quickReplies, partId }: MessageContent): object {
  const buttons = quickReplies.map(toMetaQuickReply);
  return {
    ...(attachment ? { attachment: toMetaAttachment(attachment) } : { text }),
    ...(buttons.length > 0 && { quick_replies: buttons }),
    metadata: partId.slice(0, MESSENGER_LIMITS.metadata),
  };
}

/** Messenger fills title and payload of the customer's own phone number or e-mail itself. */
function toMetaQuickReply({ title, payload, contentType }: QuickReply): object {
  return contentType === undefined ? { content_type: 'text', title, payload } : { content_type: contentType };
}

function toMetaAttachment(attachment: SendableAttachment): object {
  if (attachment.type === 'template') return { type: 'template', payload: templatePayload(attachment.template) };
  const { type } = attachment;
  if ('url' in attachment) return { type, payload: { url: attachment.url, is_reusable: false } };
  return { type, payload: { attachment_id: attachment.attachmentId } };
}
