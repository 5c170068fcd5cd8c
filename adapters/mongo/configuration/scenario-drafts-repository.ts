import type { Collection } from 'mongodb';
import type { ScenarioDraft } from './configuration-items.ts';
import { isDuplicateKeyError } from './natural-key-repository.ts';

/** A draft at rest, one for each scenario name. */
export type StoredDraft = Omit<ScenarioDraft, 'name'> & { _id: string };

export interface ScenarioDraftsRepository {
  find(name: string): Promise<ScenarioDraft | undefined>;
  list(): Promise<Omit<ScenarioDraft, 'source'>[]>;
  /** Writes a draft over that of the revision before; false, and nothing is written, where somebody else saved first. */
  save(draft: ScenarioDraft): Promise<boolean>;
  /** Deletes the draft, or only where it is at this revision still. */
  delete(name: string, revision?: number): Promise<void>;
}

/** Scenarios being written, kept apart from what can be in force. */
export function createScenarioDraftsRepository(collection: Collection<StoredDraft>): ScenarioDraftsRepository {
  return {
    async find(name) {
      const stored = await collection.findOne({ _id: name });
      return stored ? toDraft(stored) : undefined;
    },
    async list() {
      const stored = await collection
        .find({}, { projection: { source: 0 } })
        .sort({ _id: 1 })
        .toArray();
      return stored.map(toDraft);
    },
    async save({ name, ...fields }) {
      if (fields.revision === 1) return insert(collection, { ...fields, _id: name });
      const { matchedCount } = await collection.replaceOne({ _id: name, revision: fields.revision - 1 }, fields);
      return matchedCount === 1;
    },
    async delete(name, revision) {
      await collection.deleteOne({ _id: name, ...(revision !== undefined && { revision }) });
    },
  };
}

function toDraft({ _id: name, ...fields }: StoredDraft): ScenarioDraft {
  return { ...fields, name };
}

async function insert(collection: Collection<StoredDraft>, draft: StoredDraft): Promise<boolean> {
  try {
    await collection.insertOne(draft);
    return true;
  } catch (error) {
    if (isDuplicateKeyError(error)) return false;
    throw error;
  }
}
