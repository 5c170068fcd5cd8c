import type { Db } from 'mongodb';
import type { RetentionKind } from '../../../contracts/retention.ts';

/** How far one kind is. Times in epoch milliseconds. */
interface RetentionProgress {
  kind: RetentionKind;
  lastRunAt: number;
  /** Rows that went in the last run, and in all. A process that was killed may have counted some of them less. */
  deleted: number;
  deletedInAll: number;
}

/** What retention has done. */
export interface RetentionProgressRepository {
  begin(kind: RetentionKind, at: number): Promise<void>;
  add(kind: RetentionKind, deleted: number): Promise<void>;
  list(): Promise<RetentionProgress[]>;
}

type StoredProgress = Omit<RetentionProgress, 'kind'> & { _id: RetentionKind };

/** Creates the repository over collection `retention-progress`. */
export function createRetentionProgressRepository(db: Db): RetentionProgressRepository {
  const collection = db.collection<StoredProgress>('retention-progress');
  return {
    async begin(kind, at) {
      const update = { $set: { lastRunAt: at, deleted: 0 }, $setOnInsert: { deletedInAll: 0 } };
      await collection.updateOne({ _id: kind }, update, { upsert: true });
    },
    async add(kind, deleted) {
      await collection.updateOne({ _id: kind }, { $inc: { deleted, deletedInAll: deleted } });
    },
    async list() {
      return (await collection.find().toArray()).map(({ _id: kind, ...rest }) => ({ kind, ...rest }));
    },
  };
}
