import type { Db } from 'mongodb';
import type { ConversationKey } from '../../contracts/conversation-key.ts';
import type { CustomerEvent } from '../../contracts/customer-event.ts';
import { customerKey } from '../../contracts/message-key.ts';

export const SPILLED_COLLECTION = 'spilled-events';
/** An actor that was terminated reads nothing back. */
const KEPT_SECONDS = 30 * 24 * 60 * 60;

/** A piece of what a customer said that an actor could not carry: in order by `index`. */
interface SpilledPiece extends ConversationKey {
  _id: string;
  index: number;
  events: CustomerEvent[];
  at: Date;
}

/** Customers' events that wait for their actors outside of Temporal. */
export interface SpilledEventsRepository {
  /** Keeps a piece; a repeat changes nothing. */
  keep(key: ConversationKey, index: number, events: CustomerEvent[]): Promise<void>;
  /** @throws Error where the piece is not there: nothing was lost that was acknowledged, so a person has to look */
  read(key: ConversationKey, index: number): Promise<CustomerEvent[]>;
  deleteBefore(key: ConversationKey, index: number): Promise<void>;
}

const idOf = ({ pageId, psid }: ConversationKey, index: number): string => `${customerKey(pageId, psid)}:${index}`;

/** Creates the repository over collection `spilled-events`. `now`: epoch milliseconds. */
export function createSpilledEventsRepository(db: Db, now: () => number): SpilledEventsRepository {
  const collection = db.collection<SpilledPiece>(SPILLED_COLLECTION);
  return {
    async keep({ pageId, psid }, index, events) {
      const piece = { pageId, psid, index, events, at: new Date(now()) };
      await collection.replaceOne({ _id: idOf({ pageId, psid }, index) }, piece, { upsert: true });
    },
    async read(key, index) {
      const piece = await collection.findOne({ _id: idOf(key, index) });
      if (!piece) throw new Error(`Piece ${index} of what this customer said is gone from "${SPILLED_COLLECTION}"`);
      return piece.events;
    },
    async deleteBefore({ pageId, psid }, index) {
      await collection.deleteMany({ pageId, psid, index: { $lt: index } });
    },
  };
}

/** Indexes of the collection; creating them again changes nothing. */
export async function ensureSpilledEventIndexes(db: Db): Promise<void> {
  await db.collection(SPILLED_COLLECTION).createIndexes([
    { key: { pageId: 1, psid: 1, index: 1 }, name: 'customer' },
    { key: { at: 1 }, name: 'forgotten', expireAfterSeconds: KEPT_SECONDS },
  ]);
}
