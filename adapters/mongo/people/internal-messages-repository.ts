import type { Db } from 'mongodb';
import type { ListPage, ListPageRequest } from '../../../contracts/conversation-queries.ts';
import type { InternalMessage } from '../../../contracts/internal-message.ts';
import { insertIfAbsent } from '../configuration/natural-key-repository.ts';
import { findNewestFirst } from '../paging.ts';

type StoredInternalMessage = Omit<InternalMessage, 'id'> & { _id: string };

export const INTERNAL_MESSAGE_COLLECTION = 'internal-messages';

/** What users are told beside the chats. */
export interface InternalMessagesRepository {
  /** Adds a message; one of the same id is there already, and nothing changes. */
  add(message: InternalMessage): Promise<void>;
  /** Newest first. */
  list(
    { userId, isUnread }: { userId: string; isUnread?: boolean | undefined },
    page: ListPageRequest,
  ): Promise<ListPage<InternalMessage>>;
  countUnread(userId: string): Promise<number>;
  /** False: this user has no such message. */
  markRead(userId: string, id: string, at: number): Promise<boolean>;
  deleteOlderThan(at: number): Promise<number>;
}

/** Creates the repository over collection `internal-messages`. */
export function createInternalMessagesRepository(db: Db): InternalMessagesRepository {
  const collection = db.collection<StoredInternalMessage>(INTERNAL_MESSAGE_COLLECTION);
  return {
    add: ({ id, ...message }) => insertIfAbsent(collection, { _id: id, ...message }),
    list: ({ userId, isUnread }, page) =>
      findNewestFirst(collection, page, {
        filter: { userId, ...(isUnread !== undefined && { readAt: { $exists: !isUnread } }) },
        by: 'at',
        convert: ({ _id, ...message }) => ({ id: _id, ...message }),
      }),
    countUnread: (userId) => collection.countDocuments({ userId, readAt: { $exists: false } }),
    async markRead(userId, id, at) {
      const { matchedCount } = await collection.updateOne({ _id: id, userId }, { $min: { readAt: at } });
      return matchedCount > 0;
    },
    async deleteOlderThan(at) {
      const { deletedCount } = await collection.deleteMany({ at: { $lt: at } });
      return deletedCount;
    },
  };
}

/** Indexes of the collection; creating them again changes nothing. */
export async function ensureInternalMessageIndexes(db: Db): Promise<void> {
  await db.collection(INTERNAL_MESSAGE_COLLECTION).createIndexes([
    { key: { userId: 1, at: -1 }, name: 'user' },
    { key: { pageId: 1, psid: 1 }, name: 'customer' },
    { key: { at: 1 }, name: 'oldest' },
  ]);
}
