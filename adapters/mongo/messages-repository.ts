import type { ConversationKey } from '../../contracts/conversation-key.ts';
import type { AnyBulkWriteOperation, Collection, Db, Filter } from 'mongodb';
import type { ListPage, TranscriptMessage, TranscriptRequest } from '../../contracts/conversation-queries.ts';
import type { MessageReference } from '../../contracts/live-event.ts';
import type { InboundMessage, InternalMessage } from '../../contracts/conversation-record.ts';
import type { StoredMessage } from '../../contracts/stored-conversation-schema.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import type { BulkWriter } from './bulk-writer.ts';
import type { MessageDocument } from './message-document.ts';
import { messageKey } from '../../contracts/message-key.ts';
import { decodeCursor, encodeCursor, toListPage } from './paging.ts';

/** A message that somebody referred to, and the conversation that it is of. */
export interface ReferredMessage {
  conversationId: string;
  message: TranscriptMessage;
}

/** How a reference is found again among those that were looked up. */
export function keyOfReference(reference: MessageReference): string {
  if ('messageId' in reference) return reference.messageId;
  return JSON.stringify([reference.pageId, reference.psid, reference.mid]);
}

/** Transcripts. */
export interface MessagesRepository {
  /** Keeps a customer's message once, however often it is written. */
  recordInbound(conversationKey: ConversationKey, message: InboundMessage): Promise<unknown>;
  /** Keeps what agents wrote for agents once, however often it is written. */
  recordInternal(conversationKey: ConversationKey, message: InternalMessage): Promise<unknown>;
  /**
   * Puts into a conversation what others said since it began, and what was seen before anybody knew of it: an instant reply of
   * the Page's comes before the conversation is written down.
   */
  adoptForeign(
    conversationKey: ConversationKey,
    conversation: { conversationId: string; since: number },
  ): Promise<void>;
  /** In the order in which the actor took and said things, or from the end backwards. */
  listMessages(conversationId: string, page: TranscriptRequest): Promise<ListPage<TranscriptMessage>>;
  /** All that was said, in the order of the conversation, with what a draft can be tried on; at most `limit`. */
  listStored(conversationId: string, limit: number): Promise<StoredMessage[]>;
  /** Messages by `keyOfReference`; those that are not there are left out. */
  findReferred(references: readonly MessageReference[]): Promise<Map<string, ReferredMessage>>;
  /** Dedupe keys of a customer's last messages, newest first. */
  listRecentKeys(key: ConversationKey, options: { limit: number; except?: string }): Promise<string[]>;
}

/** Creates the repository over collection `messages`. */
export function createMessagesRepository(
  collection: Collection<MessageDocument>,
  writer: BulkWriter<MessageDocument>,
): MessagesRepository {
  return {
    recordInbound({ pageId, psid }, { key, conversationId, at, attachments, ...rest }) {
      const _id = messageKey(pageId, psid, key);
      const fields = {
        ...rest,
        key,
        conversationId,
        pageId,
        psid,
        direction: 'in' as const,
        author: { kind: 'customer' as const },
        attachments,
        at: new Date(at),
      };
      // What was seen on standby only becomes ours; any other row stays, because the insert then fails on its key.
      const filter = { _id, isStandby: { $exists: true } };
      return writer.write({ updateOne: { filter, update: { $set: fields, $unset: { isStandby: '' } }, upsert: true } });
    },
    recordInternal: (key, message) => writer.write(insertInternal(key, message)),
    adoptForeign: (key, conversation) => adoptForeign(collection, key, conversation),
    listMessages: (conversationId, page) => listMessages(collection, conversationId, page),
    async listStored(conversationId, limit) {
      const found = await collection
        .find({ conversationId, direction: { $ne: 'internal' } })
        .sort({ seq: 1, at: 1 })
        .limit(limit)
        .toArray();
      return found.map(toStoredMessage);
    },
    findReferred: (references) => findReferred(collection, references),
    async listRecentKeys({ pageId, psid }, { limit, except }) {
      const recent = await collection
        .find(
          {
            pageId,
            psid,
            direction: 'in',
            isStandby: { $ne: true },
            ...(except !== undefined && { conversationId: { $ne: except } }),
          },
          { projection: { key: 1 } },
        )
        .sort({ at: -1 })
        .limit(limit)
        .toArray();
      return recent.flatMap(({ key }) => (key === undefined ? [] : [key]));
    },
  };
}

/** Indexes of the collection; creating them again changes nothing. */
export async function ensureMessageIndexes(db: Db): Promise<void> {
  await db.collection('messages').createIndexes([
    { key: { conversationId: 1, seq: 1, at: 1 }, name: 'transcript-order' },
    { key: { pageId: 1, psid: 1, direction: 1, at: -1 }, name: 'customer' },
    { key: { pageId: 1, psid: 1, mid: 1 }, name: 'mid' },
    { key: { at: 1 }, name: 'day' },
    { key: { status: 1, at: -1, _id: -1 }, name: 'status' },
    { key: { parkedOn: 1 }, name: 'parked', sparse: true },
  ]);
}

function insertInternal(
  { pageId, psid }: ConversationKey,
  { id: _id, at, agent, ...rest }: InternalMessage,
): AnyBulkWriteOperation<MessageDocument> {
  const fields = {
    ...rest,
    pageId,
    psid,
    direction: 'internal' as const,
    author: { kind: 'agent' as const, ...agent },
    attachments: [],
    at: new Date(at),
  };
  return { updateOne: { filter: { _id }, update: { $setOnInsert: fields }, upsert: true } };
}

async function adoptForeign(
  collection: Collection<MessageDocument>,
  { pageId, psid }: ConversationKey,
  { conversationId, since }: { conversationId: string; since: number },
): Promise<void> {
  const foreign = { pageId, psid, direction: 'out' as const, 'author.kind': 'other-app' as const };
  await collection.updateMany({ ...foreign, at: { $gte: new Date(since) } }, { $set: { conversationId } });
  // Whoever answered so early answered the first message.
  await collection.updateMany({ ...foreign, conversationId, seq: 0 }, { $set: { seq: 1.5 } });
}

async function listMessages(
  collection: Collection<MessageDocument>,
  conversationId: string,
  { order = 'oldest', ...page }: TranscriptRequest,
): Promise<ListPage<TranscriptMessage>> {
  const after = decodeCursor(page.cursor);
  const filter: Filter<MessageDocument> = { conversationId };
  if (after) {
    const at = new Date(after.at);
    const { seq } = after;
    const beyond = order === 'oldest' ? '$gt' : '$lt';
    filter.$or = [{ seq: { [beyond]: seq } }, { seq, at: { [beyond]: at } }, { seq, at, _id: { [beyond]: after.id } }];
  }
  const direction = order === 'oldest' ? 1 : -1;
  const found = await collection
    .find(filter)
    .sort({ seq: direction, at: direction, _id: direction })
    .limit(page.limit + 1)
    .toArray();
  return toListPage(found, page.limit, {
    convert: toTranscriptMessage,
    cursorOf: (last) => encodeCursor({ at: last.at.getTime(), seq: last.seq, id: last._id }),
  });
}

function refer(stored: MessageDocument): ReferredMessage {
  return { conversationId: stored.conversationId, message: toTranscriptMessage(stored) };
}

async function findReferred(
  collection: Collection<MessageDocument>,
  references: readonly MessageReference[],
): Promise<Map<string, ReferredMessage>> {
  const ids = references.flatMap((reference) => ('messageId' in reference ? [reference.messageId] : []));
  const named = references.flatMap((reference) => ('mid' in reference ? [reference] : []));
  const [byId, ...byName] = await Promise.all([
    ids.length > 0 ? collection.find({ _id: { $in: [...new Set(ids)] } }).toArray() : [],
    ...named.map(({ pageId, psid, mid }) => collection.findOne({ pageId, psid, mid })),
  ]);
  return new Map([
    ...byId.map((stored) => [stored._id, refer(stored)] as const),
    ...byName.flatMap((stored, index) => {
      const reference = named[index];
      return stored && reference ? [[keyOfReference(reference), refer(stored)] as const] : [];
    }),
  ]);
}

function toStoredMessage(stored: MessageDocument): StoredMessage {
  const { seq, at, direction, author, kind, text, payload, attachments, outbound, status, referral } = stored;
  return {
    seq,
    at: at.toISOString(),
    // What agents write to each other is not among them.
    direction: direction === 'in' ? 'in' : 'out',
    author: author.kind,
    kind,
    attachments: (outbound?.attachment ? [outbound.attachment] : attachments).map((attachment) => ({ ...attachment })),
    ...(text !== undefined && { text }),
    ...(payload !== undefined && { payload }),
    ...(referral && { referral: { ...referral } }),
    ...(outbound && { quickReplies: outbound.quickReplies.map(({ title }) => title) }),
    ...(status !== undefined && { status: status }),
  };
}

function toTranscriptMessage(stored: MessageDocument): TranscriptMessage {
  const { _id, direction, author, attachments, at, outbound, parked } = stored;
  const { kind, mid, text, payload, replyTo, referral, status, reason, notes, isDeleted, editCount, reaction } = stored;
  const { mentions } = stored;
  const attachment = outbound?.attachment;
  return {
    id: _id,
    direction,
    author,
    attachments,
    at: at.getTime(),
    ...withoutUndefined({
      kind: direction === 'out' ? undefined : kind,
      quickReplies: outbound && outbound.quickReplies.length > 0 ? outbound.quickReplies : undefined,
      template: attachment?.type === 'template' ? attachment.template : undefined,
      parked: parked && { by: parked.by, reason: parked.reason },
    }),
    ...withoutUndefined({
      mid,
      text,
      payload,
      replyTo,
      referral,
      status,
      reason,
      notes,
      mentions,
      isDeleted,
      editCount,
      reaction,
    }),
  };
}
