import type { Collection } from 'mongodb';
import type { ConfigurationDocument } from '../../../contracts/configuration-schema.ts';
import type { ConfigurationSource } from '../../../contracts/configuration-source.ts';

/** Who wrote an item of configuration last, and by what. */
export interface ItemSource {
  kind: ConfigurationDocument['kind'];
  /** As the item is stored under: the Page id of an account, the user name of a user. */
  key: string;
  source: ConfigurationSource;
  /** Epoch milliseconds. Both absent where files name an item that they did not change. */
  at?: number;
  by?: string;
}

export type StoredItemSource = ItemSource & { _id: string };

export interface ItemSourcesRepository {
  list(): Promise<ItemSource[]>;
  /** Writes what is given; what is absent stays. */
  note(items: readonly ItemSource[]): Promise<void>;
  delete(item: Pick<ItemSource, 'kind' | 'key'>): Promise<void>;
}

const idOf = ({ kind, key }: Pick<ItemSource, 'kind' | 'key'>): string => `${kind} ${key}`;

/** Where each item of configuration comes from. Lost, it is no harm: the audit knows who changed what. */
export function createItemSourcesRepository(collection: Collection<StoredItemSource>): ItemSourcesRepository {
  return {
    async list() {
      const found = await collection.find().toArray();
      return found.map(({ _id, ...item }) => item);
    },
    async note(items) {
      if (items.length === 0) return;
      await collection.bulkWrite(
        items.map((item) => ({
          updateOne: { filter: { _id: idOf(item) }, update: { $set: item }, upsert: true },
        })),
        { ordered: false },
      );
    },
    async delete(item) {
      await collection.deleteOne({ _id: idOf(item) });
    },
  };
}
