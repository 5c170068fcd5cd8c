import type { Db } from 'mongodb';
import { insertIfAbsent } from '../configuration/natural-key-repository.ts';

interface SentMail {
  _id: string;
  at: number;
}

/** Which e-mails a mail server has taken, by the key of what sent them: a repeat sends none of them again. */
export interface SentMailsRepository {
  has(key: string): Promise<boolean>;
  record(key: string, at: number): Promise<void>;
  deleteOlderThan(at: number): Promise<number>;
}

/** Creates the repository over collection `sent-mails`: keys alone, nothing of what was written. */
export function createSentMailsRepository(db: Db): SentMailsRepository {
  const collection = db.collection<SentMail>('sent-mails');
  return {
    async has(key) {
      return (await collection.findOne({ _id: key })) !== null;
    },
    record: (key, at) => insertIfAbsent(collection, { _id: key, at }),
    async deleteOlderThan(at) {
      const { deletedCount } = await collection.deleteMany({ at: { $lt: at } });
      return deletedCount;
    },
  };
}

/** Indexes of the collection; creating them again changes nothing. */
export async function ensureSentMailIndexes(db: Db): Promise<void> {
  await db.collection('sent-mails').createIndex({ at: 1 });
}
