import type { Db } from 'mongodb';
import type { SavedSearchBody } from '../../contracts/saved-search-schema.ts';

/** A search for records, kept by whoever owns it under a name. */
export interface SavedSearch extends SavedSearchBody {
  name: string;
  userId: string;
  username: string;
  updatedAt: number;
}

type StoredSearch = SavedSearch & { _id: string };

const COLLECTION = 'saved-searches';

/** Kept searches: each owner's by name, and those that are shared. */
export interface SavedSearchesRepository {
  /** One's own and the shared ones, by name. */
  list(userId: string): Promise<SavedSearch[]>;
  /** Writes one whole. False: the owner has `most` others already. */
  put(search: SavedSearch, most: number): Promise<boolean>;
  /** False: the owner has none of this name. */
  delete(userId: string, name: string): Promise<boolean>;
  deleteOfUser(userId: string): Promise<void>;
}

/** User ids hold no colon. */
const keyOf = (userId: string, name: string): string => `${userId}:${name}`;

/** Creates the repository over collection `saved-searches`. */
export function createSavedSearchesRepository(db: Db): SavedSearchesRepository {
  const collection = db.collection<StoredSearch>(COLLECTION);
  return {
    async list(userId) {
      const found = await collection
        .find({ $or: [{ userId }, { isShared: true }] })
        .sort({ name: 1, _id: 1 })
        .toArray();
      return found.map(({ _id, ...search }) => search);
    },
    async put(search, most) {
      const _id = keyOf(search.userId, search.name);
      // Two at once may bring one more: the bound only keeps lists from growing without end.
      if ((await collection.countDocuments({ userId: search.userId, _id: { $ne: _id } })) >= most) return false;
      await collection.replaceOne({ _id }, search, { upsert: true });
      return true;
    },
    async delete(userId, name) {
      const { deletedCount } = await collection.deleteOne({ _id: keyOf(userId, name) });
      return deletedCount > 0;
    },
    async deleteOfUser(userId) {
      await collection.deleteMany({ userId });
    },
  };
}

/** Indexes of the collection; creating them again changes nothing. */
export async function ensureSavedSearchIndexes(db: Db): Promise<void> {
  await db.collection(COLLECTION).createIndexes([
    { key: { userId: 1 }, name: 'owner' },
    { key: { isShared: 1 }, name: 'shared' },
  ]);
}
