import { randomUUID } from 'node:crypto';
import type { Db } from 'mongodb';
import type { ConversationKey } from '../../../contracts/conversation-key.ts';
import type { LegalHold } from '../../../contracts/legal-hold.ts';

/** What neither retention nor erasure removes. A released hold is gone: the audit keeps that there was one. */
export interface LegalHoldsRepository {
  /** Durable once it resolves. */
  place(hold: Omit<LegalHold, 'id'>): Promise<LegalHold>;
  /** Undefined where there is none of this id. */
  release(id: string): Promise<LegalHold | undefined>;
  /** Newest first. */
  list(): Promise<LegalHold[]>;
  /** Those on any of these customers, or on a conversation of theirs. Newest first. */
  listOfCustomers(keys: readonly ConversationKey[]): Promise<LegalHold[]>;
}

type StoredHold = Omit<LegalHold, 'id'> & { _id: string };

const LEGAL_HOLDS = 'legal-holds';

const toHold = ({ _id: id, ...hold }: StoredHold): LegalHold => ({ id, ...hold });

/** Creates the repository over collection `legal-holds`. */
export function createLegalHoldsRepository(db: Db): LegalHoldsRepository {
  const collection = db.collection<StoredHold>(LEGAL_HOLDS);
  return {
    async place(hold) {
      const _id = randomUUID();
      await collection.insertOne({ _id, ...hold });
      return { id: _id, ...hold };
    },
    async release(id) {
      const released = await collection.findOneAndDelete({ _id: id });
      return released ? toHold(released) : undefined;
    },
    async list() {
      return (await collection.find().sort({ placedAt: -1 }).toArray()).map(toHold);
    },
    async listOfCustomers(keys) {
      if (keys.length === 0) return [];
      const ofAny = { $or: keys.map(({ pageId, psid }) => ({ pageId, psid })) };
      return (await collection.find(ofAny).sort({ placedAt: -1 }).toArray()).map(toHold);
    },
  };
}

/** Indexes of the collection; creating them again changes nothing. */
export async function ensureLegalHoldIndexes(db: Db): Promise<void> {
  await db.collection(LEGAL_HOLDS).createIndexes([{ key: { pageId: 1, psid: 1 }, name: 'customer' }]);
}
