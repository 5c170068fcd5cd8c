import type { Db } from 'mongodb';
import { createOwnedItems, type OwnedItems } from './owned-items.ts';

/** A canned response that an agent wrote for themselves. */
interface OwnCannedResponse {
  name: string;
  text: string;
  folder?: string;
}

type Owned = OwnCannedResponse & { userId: string; updatedAt: number };
type StoredOwn = Owned & { _id: string };

const OWN_CANNED_COLLECTION = 'own-canned-responses';

/** Agents' own canned responses: each sees and changes theirs alone, by name. */
export interface OwnCannedResponses extends Omit<OwnedItems<Owned>, 'put'> {
  /** By name. */
  list(userId: string): Promise<OwnCannedResponse[]>;
  /** Writes one whole. False: the user has `most` others already. */
  put(userId: string, response: OwnCannedResponse, { at, most }: { at: number; most: number }): Promise<boolean>;
}

/** Creates the repository over collection `own-canned-responses`. */
export function createOwnCannedResponses(db: Db): OwnCannedResponses {
  const collection = db.collection<StoredOwn>(OWN_CANNED_COLLECTION);
  const owned = createOwnedItems(collection);
  return {
    ...owned,
    async list(userId) {
      const found = await collection.find({ userId }).sort({ name: 1 }).toArray();
      return found.map(({ name, text, folder }) => ({ name, text, ...(folder !== undefined && { folder }) }));
    },
    put: (userId, response, { at, most }) => owned.put({ ...response, userId, updatedAt: at }, most),
  };
}

/** Indexes of the collection; creating them again changes nothing. */
export async function ensureOwnCannedIndexes(db: Db): Promise<void> {
  await db.collection(OWN_CANNED_COLLECTION).createIndex({ userId: 1, name: 1 }, { name: 'user' });
}
