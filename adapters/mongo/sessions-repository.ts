import type { Collection } from 'mongodb';

/** A log-in. `_id` is the hash of its token: who reads the database cannot use it. */
export interface StoredSession {
  _id: string;
  username: string;
  createdAt: number;
  expiresAt: number;
}

export interface SessionsRepository {
  create(session: { tokenHash: string; username: string; at: number; expiresAt: number }): Promise<void>;
  /** User name of a session that has not expired at `now`. */
  findUsername(tokenHash: string, now: number): Promise<string | undefined>;
  delete(tokenHash: string): Promise<void>;
  /** Ends every log-in of a user: their password has changed. */
  deleteOfUser(username: string): Promise<void>;
  deleteExpired(now: number): Promise<number>;
}

/** Log-ins in the collection `sessions`. */
export function createSessionsRepository(collection: Collection<StoredSession>): SessionsRepository {
  return {
    async create({ tokenHash, username, at, expiresAt }) {
      await collection.insertOne({ _id: tokenHash, username, createdAt: at, expiresAt });
    },
    async findUsername(tokenHash, now) {
      const session = await collection.findOne({ _id: tokenHash });
      return session && session.expiresAt > now ? session.username : undefined;
    },
    async delete(tokenHash) {
      await collection.deleteOne({ _id: tokenHash });
    },
    async deleteOfUser(username) {
      await collection.deleteMany({ username });
    },
    async deleteExpired(now) {
      const { deletedCount } = await collection.deleteMany({ expiresAt: { $lte: now } });
      return deletedCount;
    },
  };
}
