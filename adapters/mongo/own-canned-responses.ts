import type { Db } from 'mongodb';

/** A canned response that an agent wrote for themselves. */
interface OwnCannedResponse {
  name: string;
  text: string;
  folder?: string;
}

type StoredOwn = OwnCannedResponse & { _id: string; userId: string; updatedAt: number };

const OWN_CANNED_COLLECTION = 'own-canned-responses';

/** Agents' own canned responses: each sees and changes theirs alone, by name. */
export interface OwnCannedResponses {
  /** By name. */
  list(userId: string): Promise<OwnCannedResponse[]>;
  /** Writes one whole. False: the user has `most` others already. */
  put(userId: string, response: OwnCannedResponse, { at, most }: { at: number; most: number }): Promise<boolean>;
  /** False: there was none of this name. */
  delete(userId: string, name: string): Promise<boolean>;
  deleteOfUser(userId: string): Promise<void>;
}

/** User ids hold no colon. */
const keyOf = (userId: string, name: string): string => `${userId}:${name}`;

/** Creates the repository over collection `own-canned-responses`. */
export function createOwnCannedResponses(db: Db): OwnCannedResponses {
  const collection = db.collection<StoredOwn>(OWN_CANNED_COLLECTION);
  return {
    async list(userId) {
      const found = await collection.find({ userId }).sort({ name: 1 }).toArray();
      return found.map(({ name, text, folder }) => ({ name, text, ...(folder !== undefined && { folder }) }));
    },
    async put(userId, response, { at, most }) {
      const _id = keyOf(userId, response.name);
      // Two at once may bring one more: the bound only keeps lists from growing without end.
      if ((await collection.countDocuments({ userId, _id: { $ne: _id } })) >= most) return false;
      await collection.replaceOne({ _id }, { ...response, userId, updatedAt: at }, { upsert: true });
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
export async function ensureOwnCannedIndexes(db: Db): Promise<void> {
  await db.collection(OWN_CANNED_COLLECTION).createIndex({ userId: 1, name: 1 }, { name: 'user' });
}
