import type { Collection } from 'mongodb';
import { isDuplicateKeyError } from './natural-key-repository.ts';

/** Who edits a scenario. `editor`: the window, since one person can have two open. */
interface EditLock {
  name: string;
  editor: string;
  username: string;
  since: number;
  until: number;
}

export type StoredEditLock = Omit<EditLock, 'name'> & { _id: string };

export interface EditLocksRepository {
  /**
   * Takes the lock where nobody has it, it has run out, or `takeOver` says so; renews one's own. Gives who has it then.
   */
  take(lock: EditLock, takeOver: boolean): Promise<EditLock>;
  /** Gives it back; somebody else's stays. */
  release(name: string, editor: string): Promise<void>;
}

/** Locks that run out by themselves: whoever closes a laptop keeps nobody out. */
export function createEditLocksRepository(collection: Collection<StoredEditLock>): EditLocksRepository {
  return {
    async take(lock, takeOver) {
      const { name, since, ...holder } = lock;
      const renewed = await collection.updateOne(
        { _id: name, editor: lock.editor },
        { $set: { until: lock.until, username: lock.username } },
      );
      if (renewed.matchedCount === 0) await takeFree(collection, { _id: name, since, ...holder }, takeOver);
      const stored = await collection.findOne({ _id: name });
      return stored ? toLock(stored) : lock;
    },
    async release(name, editor) {
      await collection.deleteOne({ _id: name, editor });
    },
  };
}

/** Of two that find it free at once the key lets one through. */
async function takeFree(
  collection: Collection<StoredEditLock>,
  lock: StoredEditLock,
  takeOver: boolean,
): Promise<void> {
  try {
    const free = takeOver ? {} : { until: { $lt: lock.since } };
    await collection.replaceOne({ _id: lock._id, ...free }, withoutId(lock), { upsert: true });
  } catch (error) {
    if (!isDuplicateKeyError(error)) throw error;
  }
}

function withoutId({ _id, ...fields }: StoredEditLock): Omit<StoredEditLock, '_id'> {
  return fields;
}

function toLock({ _id: name, ...fields }: StoredEditLock): EditLock {
  return { ...fields, name };
}
