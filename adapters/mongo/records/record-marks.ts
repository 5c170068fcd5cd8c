import { randomUUID } from 'node:crypto';
import type { Db } from 'mongodb';
import { createBulkWriter } from '../bulk-writer.ts';

const RECORD_MARKS = 'record-marks';
/** So long a mark waits before it is taken: what was being written when it was made is there by then. */
const SETTLE_MS = 2000;
/** Longer than indexing what is claimed at once may take. */
const CLAIM_MS = 120_000;
/** The count of no mark. */
const NOT_ALL = -1;

/** A conversation that has to be indexed anew. `seen`: which of its marks this is. */
interface RecordMark {
  conversationId: string;
  seen: number;
}

/** Which conversations have changed since they were indexed. Durable: a crash loses none. */
export interface RecordMarks {
  /**
   * Marks a conversation beside a write that changes it. The mark waits a moment, so that it is taken after the write; a write
   * that takes longer is followed by another mark, and whoever tries a failed one again marks again.
   */
  beside<Result>(conversationId: string, write: () => Promise<Result>): Promise<Result>;
  /** Claims what is due, for two minutes. */
  claim(now: number, limit: number): Promise<RecordMark[]>;
  /** Takes away what was indexed, unless it was marked again meanwhile. */
  finish(marks: readonly RecordMark[]): Promise<void>;
}

interface StoredMark {
  _id: string;
  dueAt: number;
  /** Rises with each mark. */
  count: number;
  claimedUntil: number;
  claimedBy?: string;
}

/** Creates the marks over one database. */
export function createRecordMarks(db: Db, now: () => number): RecordMarks {
  const collection = db.collection<StoredMark>(RECORD_MARKS);
  const writer = createBulkWriter(collection);
  const me = randomUUID();
  async function mark(_id: string): Promise<void> {
    const update = { $set: { dueAt: now() + SETTLE_MS }, $inc: { count: 1 }, $setOnInsert: { claimedUntil: 0 } };
    await writer.write({ updateOne: { filter: { _id }, update, upsert: true } });
  }
  return {
    async beside(conversationId, write) {
      const startedAt = performance.now();
      const [result] = await Promise.all([write(), mark(conversationId)]);
      if (performance.now() - startedAt > SETTLE_MS / 2) await mark(conversationId);
      return result;
    },
    async claim(at, limit) {
      const isFree = { claimedUntil: { $lte: at } };
      const due = await collection
        .find({ dueAt: { $lte: at }, ...isFree }, { projection: { _id: 1 } })
        .limit(limit)
        .toArray();
      if (due.length === 0) return [];
      const these = { _id: { $in: due.map(({ _id }) => _id) } };
      const claim = { claimedBy: me, claimedUntil: at + CLAIM_MS };
      await collection.updateMany({ ...these, dueAt: { $lte: at }, ...isFree }, { $set: claim });
      const claimed = await collection.find({ ...these, ...claim }).toArray();
      // One that was marked again since then stays: what it was marked for may not be written yet.
      return claimed.map(({ _id, count, dueAt }) => ({ conversationId: _id, seen: dueAt > at ? NOT_ALL : count }));
    },
    async finish(marks) {
      const writes = marks.map(({ conversationId: _id, seen: count }) =>
        writer.write({ deleteOne: { filter: { _id, count, claimedBy: me } } }),
      );
      await Promise.all(writes);
      const ids = marks.map(({ conversationId }) => conversationId);
      await collection.updateMany({ _id: { $in: ids }, claimedBy: me }, { $set: { claimedUntil: 0 } });
    },
  };
}

/** Indexes of the collection; creating them again changes nothing. */
export async function ensureRecordMarkIndexes(db: Db): Promise<void> {
  await db.collection(RECORD_MARKS).createIndex({ dueAt: 1 }, { name: 'due' });
}
