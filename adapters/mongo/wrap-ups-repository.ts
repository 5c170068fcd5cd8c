import type { Db } from 'mongodb';
import type { AfterWorkEnd, AfterWorkRecord } from '../../contracts/routing-decision.ts';

/** Which stretch of which agent in a conversation. */
export interface WrapUpKey {
  conversationId: string;
  /** Of the slot that the agent held. */
  requestId: string;
  username: string;
}

/** What an agent says that a chat came to. */
interface WrapUpContent {
  disposition?: string;
  note?: string;
  /** Epoch milliseconds. */
  followUpAt?: number;
}

/** The paper work of one agent after one stretch of a chat. Times are epoch milliseconds. */
export interface WrapUp extends WrapUpKey, WrapUpContent {
  /** When the agent said so. */
  at?: number;
  afterWork?: { since: number; until: number; extensions?: number; ended?: { at: number; by: AfterWorkEnd } };
}

type StoredWrapUp = WrapUp & { _id: string };

export interface WrapUpsRepository {
  /** What a dispatcher says of the time; the last word of it stands. */
  recordAfterWork(record: AfterWorkRecord): Promise<void>;
  /** What the agent says; their last word stands. */
  recordContent(key: WrapUpKey, content: WrapUpContent, at: number): Promise<WrapUp>;
  /** Counts an extension; gives how many there were before. */
  countExtension(key: WrapUpKey): Promise<number>;
  find(key: WrapUpKey): Promise<WrapUp | undefined>;
  listOfConversation(conversationId: string): Promise<WrapUp[]>;
  /** What an agent said of these conversations. */
  listOfAgent(username: string, conversationIds: readonly string[]): Promise<WrapUp[]>;
  /** Paper work that goes on. */
  listOpen(username: string): Promise<WrapUp[]>;
}

const idOf = ({ conversationId, requestId, username }: WrapUpKey): string =>
  `${conversationId}:${requestId}:${username}`;

const toWrapUp = ({ _id, ...wrapUp }: StoredWrapUp): WrapUp => wrapUp;

export const WRAP_UP_COLLECTION = 'wrap-ups';
const LISTED = 200;

/** Creates the repository over collection `wrap-ups`. */
export function createWrapUpsRepository(db: Db): WrapUpsRepository {
  const collection = db.collection<StoredWrapUp>(WRAP_UP_COLLECTION);
  const list = async (filter: object): Promise<WrapUp[]> =>
    (await collection.find(filter).sort({ 'afterWork.since': 1, at: 1 }).limit(LISTED).toArray()).map(toWrapUp);

  async function change(key: WrapUpKey, fields: object): Promise<WrapUp> {
    const { conversationId, requestId, username } = key;
    const changed = await collection.findOneAndUpdate(
      { _id: idOf(key) },
      { ...fields, $setOnInsert: { conversationId, requestId, username } },
      { upsert: true, returnDocument: 'after' },
    );
    if (!changed) throw new Error('MongoDB gave no wrap-up after writing it');
    return toWrapUp(changed);
  }

  return {
    async recordAfterWork({ since, until, ended, ...key }) {
      await change(key, {
        $set: { 'afterWork.since': since, 'afterWork.until': until, ...(ended && { 'afterWork.ended': ended }) },
      });
    },
    recordContent: (key, content, at) => change(key, { $set: { ...content, at } }),
    async countExtension(key) {
      const { afterWork } = await change(key, { $inc: { 'afterWork.extensions': 1 } });
      return (afterWork?.extensions ?? 1) - 1;
    },
    async find(key) {
      const found = await collection.findOne({ _id: idOf(key) });
      return found ? toWrapUp(found) : undefined;
    },
    listOfConversation: (conversationId) => list({ conversationId }),
    listOfAgent: (username, conversationIds) => list({ username, conversationId: { $in: [...conversationIds] } }),
    listOpen: (username) =>
      list({ username, 'afterWork.since': { $exists: true }, 'afterWork.ended': { $exists: false } }),
  };
}

/** Indexes of the collection; creating them again changes nothing. */
export async function ensureWrapUpIndexes(db: Db): Promise<void> {
  await db.collection(WRAP_UP_COLLECTION).createIndexes([
    { key: { conversationId: 1 }, name: 'conversation' },
    { key: { username: 1, 'afterWork.since': -1 }, name: 'agent' },
  ]);
}
