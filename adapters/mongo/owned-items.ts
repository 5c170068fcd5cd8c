import type { Collection } from 'mongodb';

/** What belongs to one user, under a name that is theirs. */
interface OwnedItem {
  userId: string;
  name: string;
}

type Stored = OwnedItem & { _id: string };

/** Writing and deleting what users own, in one collection. */
export interface OwnedItems<Item extends OwnedItem> {
  /** Writes one whole. False: the user has `most` others already. */
  put(item: Item, most: number): Promise<boolean>;
  /** False: the user has none of this name. */
  delete(userId: string, name: string): Promise<boolean>;
  deleteOfUser(userId: string): Promise<void>;
}

/** User ids hold no colon. */
const keyOf = ({ userId, name }: OwnedItem): string => `${userId}:${name}`;

/** Creates them over a collection whose keys are made of user and name. */
export function createOwnedItems<Item extends OwnedItem>(
  collection: Collection<Item & { _id: string }>,
): OwnedItems<Item> {
  const documents = collection as unknown as Collection<Stored>;
  return {
    async put(item, most) {
      const _id = keyOf(item);
      // Two at once may bring one more: the bound only keeps lists from growing without end.
      if ((await documents.countDocuments({ userId: item.userId, _id: { $ne: _id } })) >= most) return false;
      await documents.replaceOne({ _id }, item, { upsert: true });
      return true;
    },
    async delete(userId, name) {
      return (await documents.deleteOne({ _id: keyOf({ userId, name }) })).deletedCount > 0;
    },
    async deleteOfUser(userId) {
      await documents.deleteMany({ userId });
    },
  };
}
