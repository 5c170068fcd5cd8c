import type { Db } from 'mongodb';

/** What was suggested about one message of a customer's, and which of it was sent. */
export interface SuggestionsRow {
  conversationId: string;
  /** Id of the message. */
  about: string;
  at: Date;
  /** User name of the agent for whom it was asked. */
  askedBy: string;
  by: { kind: 'bot' | 'model'; name: string };
  items: { id: string; text: string }[];
  /** Messages that were begun with one. */
  used?: { id: string; messageId: string; agent: string }[];
}

type StoredSuggestions = SuggestionsRow & { _id: string };

export const SUGGESTION_COLLECTION = 'suggestions';

/** Suggestions to agents: for each message of a customer's the first that came. */
export interface SuggestionsRepository {
  /** Keeps them, and gives those that are kept: others may have been first. */
  keep(row: Omit<SuggestionsRow, 'used'>): Promise<SuggestionsRow>;
  find(conversationId: string, about: string): Promise<SuggestionsRow | undefined>;
  /** A message was begun with one; said again it changes nothing. False: there is no such suggestion. */
  noteUse(conversationId: string, use: { id: string; messageId: string; agent: string }): Promise<boolean>;
}

const idOf = (conversationId: string, about: string): string => `${conversationId}:${about}`;

/** Creates the repository over collection `suggestions`. */
export function createSuggestionsRepository(db: Db): SuggestionsRepository {
  const collection = db.collection<StoredSuggestions>(SUGGESTION_COLLECTION);
  const find = async (conversationId: string, about: string): Promise<SuggestionsRow | undefined> =>
    (await collection.findOne({ _id: idOf(conversationId, about) })) ?? undefined;
  return {
    find,
    async keep(row) {
      const _id = idOf(row.conversationId, row.about);
      await collection.updateOne({ _id }, { $setOnInsert: row }, { upsert: true });
      return (await find(row.conversationId, row.about)) ?? row;
    },
    async noteUse(conversationId, use) {
      const about = use.id.slice(0, use.id.lastIndexOf('#'));
      const filter = { _id: idOf(conversationId, about), 'items.id': use.id };
      const { matchedCount } = await collection.updateOne(filter, { $addToSet: { used: use } });
      return matchedCount > 0;
    },
  };
}

/** Indexes of the collection; creating them again changes nothing. */
export async function ensureSuggestionIndexes(db: Db): Promise<void> {
  await db.collection(SUGGESTION_COLLECTION).createIndexes([
    { key: { conversationId: 1 }, name: 'conversation' },
    { key: { at: 1 }, name: 'oldest' },
  ]);
}
