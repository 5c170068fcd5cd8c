import type { Db } from 'mongodb';

/** Rights to do something for a while, each held by one process. */
export interface LeasesRepository {
  /** Takes the right until `until` (epoch ms). False: it is taken and has not expired; its holder cannot renew it. */
  claim(id: string, claim: { by: string; now: number; until: number }): Promise<boolean>;
}

interface StoredLease {
  _id: string;
  by: string;
  until: number;
}

/** Creates the repository over one collection. */
export function createLeasesRepository(db: Db, name: string): LeasesRepository {
  const collection = db.collection<StoredLease>(name);
  return {
    async claim(id, { by, now, until }) {
      const taken = await collection.updateOne({ _id: id, until: { $lte: now } }, { $set: { by, until } });
      if (taken.matchedCount > 0) return true;
      const made = await collection.updateOne({ _id: id }, { $setOnInsert: { by, until } }, { upsert: true });
      return made.upsertedCount > 0;
    },
  };
}
