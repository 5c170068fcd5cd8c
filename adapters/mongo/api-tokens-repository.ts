import { randomUUID } from 'node:crypto';
import type { Db } from 'mongodb';

/** A token of a program. Times are epoch milliseconds. */
export interface ApiToken {
  id: string;
  name: string;
  scopes: string[];
  createdBy: string;
  createdAt: number;
  expiresAt: number;
  /** To within a minute. */
  lastUsedAt?: number;
}

/** Tokens by their hashes: who reads the database cannot use them. */
export interface ApiTokensRepository {
  create(hash: string, token: Omit<ApiToken, 'id' | 'lastUsedAt'>): Promise<ApiToken>;
  /** The token, unless it has expired or was revoked. */
  use(hash: string, now: number): Promise<ApiToken | undefined>;
  /** Newest first; those that have expired stand there until they are revoked. */
  list(): Promise<ApiToken[]>;
  /** Gives what it was; undefined where there is none. */
  revoke(id: string): Promise<ApiToken | undefined>;
}

type StoredToken = ApiToken & { _id: string };

/** A write for each call would be one too many. */
const USED_EVERY_MS = 60_000;
const MAX_LISTED = 1000;

/** Creates the repository over collection `api-tokens`. */
export function createApiTokensRepository(db: Db): ApiTokensRepository {
  const collection = db.collection<StoredToken>('api-tokens');
  return {
    async create(hash, token) {
      const created = { ...token, id: randomUUID() };
      await collection.insertOne({ _id: hash, ...created });
      return created;
    },
    async use(hash, now) {
      const token = await collection.findOne({ _id: hash });
      if (!token || token.expiresAt <= now) return undefined;
      if ((token.lastUsedAt ?? 0) <= now - USED_EVERY_MS)
        await collection.updateOne({ _id: hash }, { $max: { lastUsedAt: now } });
      return token;
    },
    async list() {
      const found = await collection.find().sort({ createdAt: -1 }).limit(MAX_LISTED).toArray();
      return found.map(({ _id, ...token }) => token);
    },
    async revoke(id) {
      return (await collection.findOneAndDelete({ id })) ?? undefined;
    },
  };
}
