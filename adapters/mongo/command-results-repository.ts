import type { Collection } from 'mongodb';
import { insertIfAbsent } from './configuration/natural-key-repository.ts';

/** What a command on a conversation came to, kept for a caller who did not get the answer. `contentHash` tells a repeat from a mix-up. */
interface CommandResult {
  conversationId: string;
  contentHash: string;
  response: unknown;
}

/** The answer is JSON text: it is data for the caller, not for queries. */
export interface StoredCommandResult {
  _id: string;
  /** By which it goes when its customer is erased: an answer may hold what an agent wrote of them. */
  conversationId: string;
  contentHash: string;
  response: string;
  at: number;
}

export interface CommandResultsRepository {
  find(key: string): Promise<Omit<CommandResult, 'conversationId'> | undefined>;
  /** Keeps the first result of a key. */
  remember(key: string, result: CommandResult, at: number): Promise<void>;
  deleteOlderThan(at: number): Promise<number>;
}

/** Results of agents' commands in the collection `command-results`. */
export function createCommandResultsRepository(collection: Collection<StoredCommandResult>): CommandResultsRepository {
  return {
    async find(key) {
      const stored = await collection.findOne({ _id: key });
      return stored ? { contentHash: stored.contentHash, response: JSON.parse(stored.response) as unknown } : undefined;
    },
    remember: (key, { conversationId, contentHash, response }, at) =>
      insertIfAbsent(collection, { _id: key, conversationId, contentHash, response: JSON.stringify(response), at }),
    async deleteOlderThan(at) {
      const { deletedCount } = await collection.deleteMany({ at: { $lt: at } });
      return deletedCount;
    },
  };
}
