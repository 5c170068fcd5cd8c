import { createHash } from 'node:crypto';
import { ObjectId, type Collection, type Db, type Filter } from 'mongodb';
import type { AuditAction, AuditEntry, NewAuditEntry } from '../../contracts/audit.ts';
import type { ConversationKey } from '../../contracts/conversation-key.ts';
import type { ListPage, ListPageRequest } from '../../contracts/conversation-queries.ts';
import { isDuplicateKeyError } from './configuration/natural-key-repository.ts';
import { customerKey } from '../../contracts/message-key.ts';
import { allOf, findNewestFirst } from './paging.ts';

/** Which entries are wanted; times in epoch milliseconds, `to` exclusive. */
export interface AuditFilter {
  action?: AuditAction;
  by?: string;
  /** Fields of the subject. */
  subject?: Readonly<Record<string, string>>;
  from?: number;
  to?: number;
}

/** A list that is only added to; the retention alone takes its oldest entries away. */
export interface AuditRepository {
  record(entries: readonly NewAuditEntry[]): Promise<void>;
  /** Records what is said again and again once under its key. */
  recordOnce(key: string, entry: NewAuditEntry): Promise<void>;
  /** Newest first. */
  list(filter: AuditFilter, page: ListPageRequest): Promise<ListPage<AuditEntry>>;
}

/** `before` and `after` are JSON: their keys may hold what MongoDB takes for its own. */
interface StoredEntry {
  _id: string;
  action: AuditAction;
  by: string;
  userId?: string;
  address?: string;
  subject: Readonly<Record<string, string>>;
  before?: string;
  after?: string;
  at: Date;
}

/** Creates the repository over collection `audit`. */
export function createAuditRepository(db: Db): AuditRepository {
  const collection = db.collection<StoredEntry>('audit');
  return {
    async record(entries) {
      // Ids of one process rise: entries of the same millisecond keep their order.
      const stored = entries.map((entry) => toStored(new ObjectId().toHexString(), entry));
      if (stored.length > 0) await collection.insertMany(stored);
    },
    async recordOnce(key, entry) {
      try {
        await collection.insertOne(toStored(hashOf(key), entry));
      } catch (error) {
        if (!isDuplicateKeyError(error)) throw error;
      }
    },
    list: (filter, page) => list(collection, filter, page),
  };
}

/** Indexes of the collection; creating them again changes nothing. */
export async function ensureAuditIndexes(db: Db): Promise<void> {
  await db.collection('audit').createIndexes([
    { key: { at: -1, _id: -1 }, name: 'newest' },
    { key: { 'subject.conversationId': 1, at: -1 }, name: 'conversation', sparse: true },
    { key: { 'subject.customerHash': 1, at: -1 }, name: 'customer', sparse: true },
  ]);
}

/** A customer as the audit names them: found again by whoever knows the PSID, told to nobody else. */
export function auditedCustomer({ pageId, psid }: ConversationKey): { pageId: string; customerHash: string } {
  return { pageId, customerHash: hashOf(customerKey(pageId, psid)) };
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

function toStored(_id: string, { before, after, at, subject = {}, ...entry }: NewAuditEntry): StoredEntry {
  return {
    _id,
    ...entry,
    subject,
    ...(before && { before: JSON.stringify(before) }),
    ...(after && { after: JSON.stringify(after) }),
    at: new Date(at),
  };
}

function toEntry({ _id: id, before, after, at, ...entry }: StoredEntry): AuditEntry {
  return {
    ...entry,
    id,
    ...(before !== undefined && { before: JSON.parse(before) as Record<string, unknown> }),
    ...(after !== undefined && { after: JSON.parse(after) as Record<string, unknown> }),
    at: at.getTime(),
  };
}

function list(
  collection: Collection<StoredEntry>,
  { action, by, subject = {}, from, to }: AuditFilter,
  page: ListPageRequest,
): Promise<ListPage<AuditEntry>> {
  const conditions: Filter<StoredEntry>[] = Object.entries(subject).map(([name, value]) => ({
    [`subject.${name}`]: value,
  }));
  if (action) conditions.push({ action });
  if (by !== undefined) conditions.push({ by });
  if (from !== undefined) conditions.push({ at: { $gte: new Date(from) } });
  if (to !== undefined) conditions.push({ at: { $lt: new Date(to) } });
  return findNewestFirst(collection, page, { filter: allOf(conditions), by: 'at', isDate: true, convert: toEntry });
}
