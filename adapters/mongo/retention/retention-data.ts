import type { Db, Document } from 'mongodb';
import type { RetentionKind } from '../../../contracts/retention.ts';
import type { FileStore } from '../../files/file-store.ts';
import type { SecretBox } from '../../secrets.ts';
import type { ContactsRepository } from '../people/contacts-repository.ts';
import { dataSources, expiredFiles, type DataSource, type Row } from './data-sources.ts';
import { createKeeper } from './keeper.ts';
import { ensurePastConversationIndexes } from './past-conversations.ts';
import type { LegalHoldsRepository } from './legal-holds-repository.ts';

/** What has grown old: counted, and removed. What is held, or of a conversation that runs, is never among it. */
export interface RetentionData {
  /** How many rows would go, of a kind, that are older than `before` (epoch ms); at most `limit` are counted. */
  count(kind: RetentionKind, before: number, limit: number): Promise<{ count: number; isMore: boolean }>;
  /** Removes them batch by batch; tells after each how many rows of it went. What is interrupted is ended by another run. */
  remove(kind: RetentionKind, before: number): AsyncGenerator<number>;
  /** Removes copies of attachments whose own days are over; gives how many. */
  removeExpiredFiles(now: number): Promise<number>;
  /** The oldest that is kept, in epoch milliseconds. */
  findOldest(kind: RetentionKind): Promise<number | undefined>;
}

interface Parts {
  db: Db;
  secrets: SecretBox;
  fileStore: FileStore;
  legalHolds: Pick<LegalHoldsRepository, 'list'>;
  contacts: Pick<ContactsRepository, 'listIdentitiesOf'>;
  now: () => number;
}

const AT_ONCE = 100;

/** Creates the access over one database and file store. */
export function createRetentionData(parts: Parts): RetentionData {
  const { db } = parts;
  return {
    async count(kind, before, limit) {
      let count = 0;
      for (const source of dataSources[kind]) {
        for await (const going of walk(parts, source, before)) {
          count += going.length;
          if (count > limit) return { count: limit, isMore: true };
        }
      }
      return { count, isMore: false };
    },
    async *remove(kind, before) {
      for (const source of dataSources[kind]) yield* removeFrom(parts, source, before);
    },
    async removeExpiredFiles(now) {
      let count = 0;
      // The moment itself is over.
      for await (const gone of removeFrom(parts, expiredFiles, now + 1)) count += gone;
      return count;
    },
    async findOldest(kind) {
      const [{ collection, by, filter = {} }] = dataSources[kind] as [DataSource];
      const [oldest] = await db
        .collection(collection)
        .find({ ...filter, [by]: { $exists: true } }, { projection: { [by]: 1 } })
        .sort({ [by]: 1 })
        .limit(1)
        .toArray();
      return oldest === undefined ? undefined : Number(oldest[by]);
    },
  };
}

async function* removeFrom(parts: Parts, source: DataSource, before: number): AsyncGenerator<number> {
  for await (const going of walk(parts, source, before)) {
    if (going.length === 0) continue;
    if (source.remove) await source.remove(parts, going, before);
    else await parts.db.collection<Row>(source.collection).deleteMany({ _id: { $in: going.map(({ _id }) => _id) } });
    yield going.length;
  }
}

/** The rows of a source that are to go, oldest first. What is held is looked up anew for each batch: a hold may be placed now. */
async function* walk(parts: Parts, source: DataSource, before: number): AsyncGenerator<Row[]> {
  const { db } = parts;
  const { collection, by, isDate, filter = {}, projection } = source;
  const keeper = createKeeper(parts);
  const old: Document = { ...filter, [by]: { $lt: isDate ? new Date(before) : before } };
  const cursor = db
    .collection<Row>(collection)
    .find(old, { projection })
    .sort({ [by]: 1 })
    .batchSize(AT_ONCE);
  for await (const rows of inBatches(cursor as AsyncIterable<Row>)) {
    const held = await keeper.look();
    const stays = await held.judge(await source.subjectsOf(rows, { ...parts, held, before }));
    yield rows.filter((_row, index) => stays[index] !== true);
  }
}

async function* inBatches(cursor: AsyncIterable<Row>): AsyncGenerator<Row[]> {
  let batch: Row[] = [];
  for await (const row of cursor) {
    batch.push(row);
    if (batch.length < AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Indexes by which rows grow old, where no other does; creating them again changes nothing. */
export async function ensureRetentionIndexes(db: Db): Promise<void> {
  await ensurePastConversationIndexes(db);
  await db.collection('routing-decisions').createIndexes([{ key: { at: 1 }, name: 'oldest' }]);
  await db.collection('movedConversations').createIndexes([{ key: { at: 1 }, name: 'oldest' }]);
  await db.collection('files').createIndexes([{ key: { storedAt: 1 }, name: 'stored', sparse: true }]);
}
