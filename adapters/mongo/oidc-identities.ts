import type { Db } from 'mongodb';
import { isDuplicateKeyError } from './configuration/natural-key-repository.ts';

interface StoredIdentity {
  /** Issuer and subject. */
  _id: string;
  userId: string;
  at: Date;
}

/** Which user somebody at a log-in provider is: bound once, by what of them never changes. */
export interface OidcIdentities {
  find(identity: { issuer: string; subject: string }): Promise<string | undefined>;
  /** Binds an identity to a user. False: the user is somebody else's, or the identity another user's. */
  bind(identity: { issuer: string; subject: string }, userId: string, at: number): Promise<boolean>;
  /** Unbinds an identity from a user that is no more. */
  unbind(identity: { issuer: string; subject: string }, userId: string): Promise<void>;
}

const COLLECTION = 'oidc-identities';

const keyOf = ({ issuer, subject }: { issuer: string; subject: string }): string => JSON.stringify([issuer, subject]);

/** Creates the repository over collection `oidc-identities`. */
export function createOidcIdentities(db: Db): OidcIdentities {
  const collection = db.collection<StoredIdentity>(COLLECTION);
  return {
    async find(identity) {
      return (await collection.findOne({ _id: keyOf(identity) }))?.userId;
    },
    async bind(identity, userId, at) {
      try {
        await collection.insertOne({ _id: keyOf(identity), userId, at: new Date(at) });
        return true;
      } catch (error) {
        if (!isDuplicateKeyError(error)) throw error;
        return (await collection.findOne({ _id: keyOf(identity) }))?.userId === userId;
      }
    },
    async unbind(identity, userId) {
      await collection.deleteOne({ _id: keyOf(identity), userId });
    },
  };
}

/** One person for each user: two who come at the same moment are told apart by the server. */
export async function ensureOidcIndexes(db: Db): Promise<void> {
  await db.collection(COLLECTION).createIndex({ userId: 1 }, { name: 'user', unique: true });
}
