import type { AnyBulkWriteOperation, Filter } from 'mongodb';
import type { Attachment } from '../../contracts/customer-event.ts';
import { fitMessage, type MessageContent } from '../../contracts/fit-message.ts';
import type { Parking, Part } from '../../contracts/part.ts';
import type { MessageDocument } from './message-document.ts';

export interface PartConversation {
  pageId: string;
  psid: string;
  conversationId: string;
}

/** One attempt at a part; `attemptAt`: when Temporal scheduled it. Both in epoch milliseconds. */
export interface Attempt {
  now: number;
  attemptAt: number;
}

/**
 * Filter: no later attempt has touched the row. A worker that stood still goes on where it stopped, long after another one has
 * taken its part over; what it then writes down is old news.
 */
export function notLaterThan(attemptAt: number): { $or: Filter<MessageDocument>[] } {
  return { $or: [{ attemptAt: { $exists: false } }, { attemptAt: { $lte: new Date(attemptAt) } }] };
}

/** Update that takes a part out of the parked ones. */
export const NOT_PARKED = { parked: '', parkedOn: '' } as const;

/** What makes a part one of the parked ones of a Page; `now`: epoch milliseconds. */
export function parkedFields(
  pageId: string,
  parking: Parking,
  now: number,
): Required<Pick<MessageDocument, 'parked' | 'parkedOn'>> {
  return { parked: { ...parking, at: new Date(now) }, parkedOn: pageId };
}

/**
 * The write that makes a part's row where there is none: with what leaves of it, and what was left out. A row that is there is
 * not touched.
 */
export function insertOnce(
  conversation: PartConversation,
  part: Part,
  state: Partial<MessageDocument>,
): AnyBulkWriteOperation<MessageDocument> {
  const { content = part, notes } = fitMessage(part);
  const fields: Omit<MessageDocument, '_id'> = {
    ...state,
    conversationId: conversation.conversationId,
    pageId: conversation.pageId,
    psid: conversation.psid,
    direction: 'out',
    author: part.author,
    kind: 'message',
    text: content.text,
    attachments: shownAttachments(content),
    at: new Date(part.at),
    seq: part.seq,
    ...outboundContent({ ...content, typingMs: part.typingMs }),
    ...(notes.length > 0 && { notes }),
  };
  // No row has this delivery status: one that is there is missed, the insert fails on its key and nothing changes.
  const filter = { _id: part.id, status: { $exists: false } };
  return { updateOne: { filter, update: { $setOnInsert: fields }, upsert: true } };
}

/** What the transcript shows of an attachment of ours. */
function shownAttachments({ attachment }: MessageContent): Attachment[] {
  if (!attachment) return [];
  if (attachment.type !== 'template') return [attachment];
  const { template } = attachment;
  if (template.kind === 'button') return [{ type: 'template', title: template.text }];
  if (template.kind === 'receipt') return [{ type: 'template', title: template.orderNumber }];
  if (template.kind === 'media')
    return [{ type: template.media, ...(template.url !== undefined && { url: template.url }) }];
  return template.elements.map(({ title, imageUrl }) => ({
    type: 'template',
    title,
    ...(imageUrl !== undefined && { url: imageUrl }),
  }));
}

/** Kept where it is more than a text: a plain row stays small. */
function outboundContent({
  attachment,
  quickReplies,
  typingMs,
}: MessageContent & { typingMs: number | undefined }): Pick<MessageDocument, 'outbound'> {
  if (!attachment && quickReplies.length === 0) return {};
  return {
    outbound: { quickReplies, ...(attachment && { attachment }), ...(typingMs !== undefined && { typingMs }) },
  };
}
