import { randomUUID } from 'node:crypto';
import type { Collection } from 'mongodb';

/** What proved a log-in beside a password: the second factor that was turned on then (epoch milliseconds), or a provider. */
export type SessionProof = number | 'provider';

/** A log-in. `_id` is the hash of its token: who reads the database cannot use it. Times are epoch milliseconds. */
export interface StoredSession {
  _id: string;
  /** Names it in lists; tells nothing of the token. */
  id: string;
  username: string;
  userId: string;
  createdAt: number;
  /** The last call, to within a minute. */
  lastSeenAt: number;
  expiresAt: number;
  /** From where it was opened, and by what. */
  address: string;
  userAgent: string;
  /** Absent: a password alone. It says nothing any more where that second factor is gone. */
  securedBy?: SessionProof;
}

interface NewSession {
  tokenHash: string;
  username: string;
  userId: string;
  at: number;
  expiresAt: number;
  address: string;
  userAgent: string;
  securedBy?: SessionProof;
}

export interface SessionsRepository {
  create(session: NewSession): Promise<void>;
  /** Notes of a session that is open what has proved it since. */
  secure(tokenHash: string, securedBy: SessionProof): Promise<void>;
  /** The session that has neither expired nor been idle for too long at `now`; its idle time begins anew. */
  use(tokenHash: string, now: number): Promise<StoredSession | undefined>;
  /** Sessions that can be used at `now`, of a user or of all, the last used first. */
  list(username: string | undefined, now: number): Promise<StoredSession[]>;
  delete(tokenHash: string): Promise<void>;
  /** Ends every log-in of a user, but for the one with the hash `except`: their password has changed. */
  deleteOfUser(username: string, except?: string): Promise<void>;
  deleteExpired(now: number): Promise<number>;
}

/** A write for each call of each client would be one too many. */
const SEEN_EVERY_MS = 60_000;
const MAX_USER_AGENT = 200;

/** Log-ins in the collection `sessions`; after `idleMs` without a call they are over. */
export function createSessionsRepository(collection: Collection<StoredSession>, idleMs: number): SessionsRepository {
  const usable = (now: number) => ({ expiresAt: { $gt: now }, lastSeenAt: { $gt: now - idleMs } });
  return {
    async create({ tokenHash, at, userAgent, ...session }) {
      const times = { createdAt: at, lastSeenAt: at };
      const client = { userAgent: userAgent.slice(0, MAX_USER_AGENT) };
      await collection.insertOne({ _id: tokenHash, id: randomUUID(), ...session, ...client, ...times });
    },
    async secure(tokenHash, securedBy) {
      await collection.updateOne({ _id: tokenHash }, { $set: { securedBy } });
    },
    async use(tokenHash, now) {
      const session = await collection.findOne({ _id: tokenHash });
      if (!session || session.expiresAt <= now || session.lastSeenAt <= now - idleMs) return undefined;
      if (session.lastSeenAt <= now - SEEN_EVERY_MS) {
        await collection.updateOne({ _id: tokenHash }, { $max: { lastSeenAt: now } });
      }
      return session;
    },
    list: (username, now) =>
      collection
        .find({ ...usable(now), ...(username !== undefined && { username }) })
        .sort({ lastSeenAt: -1 })
        .toArray(),
    async delete(tokenHash) {
      await collection.deleteOne({ _id: tokenHash });
    },
    async deleteOfUser(username, except) {
      await collection.deleteMany({ username, ...(except !== undefined && { _id: { $ne: except } }) });
    },
    async deleteExpired(now) {
      const { deletedCount } = await collection.deleteMany({
        $or: [{ expiresAt: { $lte: now } }, { lastSeenAt: { $lte: now - idleMs } }],
      });
      return deletedCount;
    },
  };
}
