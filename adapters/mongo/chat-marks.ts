import type { Db } from 'mongodb';

/** How far an agent has seen a conversation. */
interface StoredMark {
  _id: string;
  conversationId: string;
  userId: string;
  /** Place in the transcript of the last message that they saw. */
  seq: number;
  at: Date;
}

export const CHAT_MARK_COLLECTION = 'chat-marks';

/** What agents have seen of their chats: each their own. A mark only goes forward. */
export interface ChatMarks {
  markSeen(mark: { conversationId: string; userId: string; seq: number }, at: number): Promise<void>;
  /** By conversation; those of which the agent has seen nothing are absent. */
  findSeen(userId: string, conversationIds: readonly string[]): Promise<Map<string, number>>;
  deleteOlderThan(at: number): Promise<number>;
}

/** User ids hold no colon. */
const idOf = (userId: string, conversationId: string): string => `${userId}:${conversationId}`;

/** Creates the repository over collection `chat-marks`. */
export function createChatMarks(db: Db): ChatMarks {
  const collection = db.collection<StoredMark>(CHAT_MARK_COLLECTION);
  return {
    async markSeen({ conversationId, userId, seq }, at) {
      const update = { $max: { seq }, $set: { conversationId, userId, at: new Date(at) } };
      await collection.updateOne({ _id: idOf(userId, conversationId) }, update, { upsert: true });
    },
    async findSeen(userId, conversationIds) {
      const ids = conversationIds.map((each) => idOf(userId, each));
      const found = await collection.find({ _id: { $in: ids } }).toArray();
      return new Map(found.map(({ conversationId, seq }) => [conversationId, seq]));
    },
    async deleteOlderThan(at) {
      const { deletedCount } = await collection.deleteMany({ at: { $lt: new Date(at) } });
      return deletedCount;
    },
  };
}

/** Indexes of the collection; creating them again changes nothing. */
export async function ensureChatMarkIndexes(db: Db): Promise<void> {
  await db.collection(CHAT_MARK_COLLECTION).createIndexes([
    { key: { conversationId: 1 }, name: 'conversation' },
    { key: { at: 1 }, name: 'oldest' },
  ]);
}
