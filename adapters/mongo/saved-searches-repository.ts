import type { Db } from 'mongodb';
import type { SavedSearchBody } from '../../contracts/saved-search-schema.ts';
import { createOwnedItems, type OwnedItems } from './owned-items.ts';

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
export interface SavedSearchesRepository extends OwnedItems<SavedSearch> {
  /** One's own and the shared ones, by name. */
  list(userId: string): Promise<SavedSearch[]>;
}

/** Creates the repository over collection `saved-searches`. */
export function createSavedSearchesRepository(db: Db): SavedSearchesRepository {
  const collection = db.collection<StoredSearch>(COLLECTION);
  return {
    ...createOwnedItems<SavedSearch>(collection),
    async list(userId) {
      const found = await collection
        .find({ $or: [{ userId }, { isShared: true }] })
        .sort({ name: 1, _id: 1 })
        .toArray();
      return found.map(({ _id, ...search }) => search);
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
