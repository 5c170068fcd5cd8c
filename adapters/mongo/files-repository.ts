import type { ConversationKey } from '../../contracts/conversation-key.ts';
import { createHash } from 'node:crypto';
import type { AnyBulkWriteOperation, Collection, Db } from 'mongodb';
import { customerKey, messageKey } from '../../contracts/message-key.ts';

/** A copy of an attachment: wanted, made, or given up. Times are epoch milliseconds. */
export interface AttachmentFile {
  id: string;
  pageId: string;
  psid: string;
  /** Id of the message in the transcript. */
  messageId: string;
  /** As Messenger names it: image, video, file, … */
  type: string;
  sourceUrl: string;
  state: 'waiting' | 'stored' | 'failed';
  attempts: number;
  keepDays: number;
  contentType?: string;
  fileName?: string;
  bytes?: number;
  reason?: string;
}

interface CopyRequest {
  pageId: string;
  psid: string;
  /** Dedupe key of the message. */
  key: string;
  index: number;
  type: string;
  url: string;
  at: number;
  keepDays: number;
}

/** What became of a copy. */
export type SettledCopy = { state: 'stored' } | { state: 'failed'; reason: string };

/** Copies of attachments, one document each; the bytes are in a FileStore. */
export interface FilesRepository {
  /** Durable once it resolves; asked again it changes nothing. */
  request(copies: readonly CopyRequest[]): Promise<void>;
  /** Customers of whom copies are due, by `customerKey`. */
  listDueCustomers(now: number): Promise<string[]>;
  /** Takes one copy of this customer's that is due, until `until`; another process takes it then. */
  claim(customer: string, now: number, until: number): Promise<AttachmentFile | undefined>;
  /** What has been stored of this customer since then. */
  countStored(customer: string, since: number): Promise<{ files: number; bytes: number }>;
  /** False: nobody wants it any more; it was taken back, erased or given up while its bytes were on their way. */
  markStored(
    id: string,
    stored: { contentType: string; fileName: string; bytes: number; storedAt: number },
  ): Promise<boolean>;
  /** No copy is made of what this customer still waits for. */
  refuseWaiting(customer: string, reason: string): Promise<void>;
  /** Tries again at `retryAt`; never where absent. */
  markFailed(id: string, reason: string, retryAt?: number): Promise<void>;
  find(id: string): Promise<AttachmentFile | undefined>;
  /** Those that are stored or were given up, by id. */
  findSettled(ids: readonly string[]): Promise<Map<string, SettledCopy>>;
  findConversationId(file: AttachmentFile): Promise<string | undefined>;
  /** Copies of this message are due to be deleted, and no more are made. */
  expireOfMessage(messageId: string, now: number): Promise<void>;
  listOfCustomer(conversationKey: ConversationKey): Promise<AttachmentFile[]>;
}

interface StoredFile extends Omit<AttachmentFile, 'id'> {
  _id: string;
  customerKey: string;
  /** When the copy may be tried (again); absent once it is settled. */
  dueAt?: number;
  storedAt?: number;
  expiresAt: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Id of the copy of a message's attachment: known before there is one. `messageId` as in the transcript. */
export function fileIdOf(messageId: string, index: number): string {
  return createHash('sha256').update(`${messageId}\n${index}`).digest('hex').slice(0, 32);
}

/** Creates the repository over collection `files`. */
export function createFilesRepository(db: Db): FilesRepository {
  const collection = db.collection<StoredFile>('files');
  return {
    async request(copies) {
      if (copies.length === 0) return;
      const operations = copies.map(toUpsert);
      await collection.bulkWrite(operations, { ordered: false });
    },
    ...createCopyQueue(collection),
    async find(id) {
      return toFileOrNone(await collection.findOne({ _id: id }));
    },
    findSettled: (ids) => findSettled(collection, ids),
    async findConversationId({ messageId }) {
      const message = await db
        .collection<{ _id: string; conversationId: string }>('messages')
        .findOne({ _id: messageId }, { projection: { conversationId: 1 } });
      return message?.conversationId;
    },
    async expireOfMessage(messageId, now) {
      await collection.updateMany({ messageId }, { $set: { expiresAt: now, state: 'failed' }, $unset: { dueAt: '' } });
    },
    async listOfCustomer({ pageId, psid }) {
      return (await collection.find({ customerKey: customerKey(pageId, psid) }).toArray()).map(toFile);
    },
  };
}

type CopyQueue = Pick<
  FilesRepository,
  'listDueCustomers' | 'claim' | 'countStored' | 'refuseWaiting' | 'markStored' | 'markFailed'
>;

/** What is still to be copied, and what became of it. */
function createCopyQueue(collection: Collection<StoredFile>): CopyQueue {
  return {
    listDueCustomers: (now) => collection.distinct('customerKey', { dueAt: { $lte: now } }),
    async claim(customer, now, until) {
      const claimed = await collection.findOneAndUpdate(
        { customerKey: customer, dueAt: { $lte: now } },
        { $set: { dueAt: until }, $inc: { attempts: 1 } },
        { sort: { dueAt: 1 }, returnDocument: 'after' },
      );
      return toFileOrNone(claimed);
    },
    countStored: (customer, since) => countStored(collection, customer, since),
    async refuseWaiting(customer, reason) {
      await collection.updateMany(
        { customerKey: customer, state: 'waiting' },
        { $set: { state: 'failed', reason }, $unset: { dueAt: '' } },
      );
    },
    async markStored(id, stored) {
      const { matchedCount } = await collection.updateOne(
        { _id: id, state: { $ne: 'failed' } },
        { $set: { ...stored, state: 'stored' }, $unset: { dueAt: '', reason: '' } },
      );
      return matchedCount > 0;
    },
    async markFailed(id, reason, retryAt) {
      const again = retryAt === undefined ? { $unset: { dueAt: '' as const } } : {};
      const fields = retryAt === undefined ? { state: 'failed' as const } : { dueAt: retryAt };
      await collection.updateOne({ _id: id, state: 'waiting' }, { $set: { reason, ...fields }, ...again });
    },
  };
}

async function countStored(
  collection: Collection<StoredFile>,
  customer: string,
  since: number,
): Promise<{ files: number; bytes: number }> {
  const stored = await collection
    .find({ customerKey: customer, state: 'stored', storedAt: { $gt: since } }, { projection: { bytes: 1 } })
    .toArray();
  return { files: stored.length, bytes: stored.reduce((sum, { bytes = 0 }) => sum + bytes, 0) };
}

async function findSettled(
  collection: Collection<StoredFile>,
  ids: readonly string[],
): Promise<Map<string, SettledCopy>> {
  if (ids.length === 0) return new Map();
  const found = await collection
    .find(
      { _id: { $in: [...ids] }, state: { $in: ['stored', 'failed'] } },
      { projection: { _id: 1, state: 1, reason: 1 } },
    )
    .toArray();
  return new Map(
    found.map(({ _id, state, reason = 'deleted' }) => [
      _id,
      state === 'stored' ? { state: 'stored' } : { state: 'failed', reason },
    ]),
  );
}

function toUpsert({
  pageId,
  psid,
  key,
  index,
  type,
  url,
  at,
  keepDays,
}: CopyRequest): AnyBulkWriteOperation<StoredFile> {
  const messageId = messageKey(pageId, psid, key);
  const wanted = { pageId, psid, customerKey: customerKey(pageId, psid), messageId, type, sourceUrl: url, keepDays };
  const begin = { state: 'waiting' as const, attempts: 0, dueAt: at, expiresAt: at + keepDays * DAY_MS };
  const filter = { _id: fileIdOf(messageId, index) };
  return { updateOne: { filter, update: { $setOnInsert: { ...wanted, ...begin } }, upsert: true } };
}

const toFileOrNone = (stored: StoredFile | null): AttachmentFile | undefined => (stored ? toFile(stored) : undefined);

function toFile(stored: StoredFile): AttachmentFile {
  const {
    _id: id,
    customerKey: _customerKey,
    dueAt: _dueAt,
    expiresAt: _expiresAt,
    storedAt: _storedAt,
    ...file
  } = stored;
  return { id, ...file };
}

/** Indexes of the collection; creating them again changes nothing. */
export async function ensureFileIndexes(db: Db): Promise<void> {
  await db.collection('files').createIndexes([
    { key: { dueAt: 1 }, name: 'due', sparse: true },
    { key: { customerKey: 1, dueAt: 1 }, name: 'customer-due' },
    { key: { customerKey: 1, storedAt: 1 }, name: 'customer-stored' },
    { key: { messageId: 1 }, name: 'message' },
    { key: { expiresAt: 1 }, name: 'expiry' },
  ]);
}
