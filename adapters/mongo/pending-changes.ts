import { createHash } from 'node:crypto';
import type { Db } from 'mongodb';
import type { WebhookEvent } from '../../contracts/webhook-event.ts';

/** An edit, a deletion or a reaction: something about a message that is in the transcript, or will be. */
export type MessageChange = Extract<WebhookEvent, { outcome: 'edit' | 'delete' | 'reaction' | 'unreact' }> & {
  psid: string;
};

/** Changes that came before the message they are about: a message reaches the transcript a moment after its webhook. */
export interface PendingChanges {
  keep(change: MessageChange, at: number): Promise<void>;
  /** Takes one that is due, until `until`. */
  claim(now: number, until: number): Promise<{ id: string; change: MessageChange; tries: number } | undefined>;
  retryAt(id: string, at: number): Promise<void>;
  remove(id: string): Promise<void>;
}

interface StoredChange {
  _id: string;
  pageId: string;
  psid: string;
  change: MessageChange;
  dueAt: number;
  tries: number;
}

const FIRST_TRY_MS = 1000;

/** Creates the repository over collection `late-changes`. */
export function createPendingChanges(db: Db): PendingChanges {
  const collection = db.collection<StoredChange>('pending-changes');
  return {
    async keep(change, at) {
      const _id = createHash('sha256').update(JSON.stringify(change)).digest('hex');
      const { pageId, psid } = change;
      const fields = { pageId, psid, change, dueAt: at + FIRST_TRY_MS, tries: 0 };
      await collection.updateOne({ _id }, { $setOnInsert: fields }, { upsert: true });
    },
    async claim(now, until) {
      const claimed = await collection.findOneAndUpdate(
        { dueAt: { $lte: now } },
        { $set: { dueAt: until }, $inc: { tries: 1 } },
        { sort: { dueAt: 1 }, returnDocument: 'after' },
      );
      return claimed ? { id: claimed._id, change: claimed.change, tries: claimed.tries } : undefined;
    },
    async retryAt(id, at) {
      await collection.updateOne({ _id: id }, { $set: { dueAt: at } });
    },
    async remove(id) {
      await collection.deleteOne({ _id: id });
    },
  };
}

/** Indexes of the collection; creating them again changes nothing. */
export async function ensurePendingChangeIndexes(db: Db): Promise<void> {
  await db.collection('pending-changes').createIndex({ dueAt: 1 }, { name: 'due' });
}
