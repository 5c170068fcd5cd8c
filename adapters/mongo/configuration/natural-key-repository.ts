import type { Collection, OptionalUnlessRequiredId } from 'mongodb';

/** Items under a key of their own, written whole. */
export interface NaturalKeyRepository<Item> {
  list(): Promise<Item[]>;
  /** Writes the item, new or not. Throws the driver's error 11000 where a unique index refuses it. */
  put(item: Item): Promise<void>;
  /** Deletes the item under this key, if there is one. */
  delete(key: string): Promise<void>;
}

interface Stored {
  _id: string;
}

/** How an item becomes a document and back. */
export interface Codec<Item, Document extends Stored> {
  toDocument(item: Item): Document;
  toItem(document: Document): Item;
}

/** A repository over one collection whose `_id` is the item's natural key. */
export function createNaturalKeyRepository<Item, Document extends Stored>(
  collection: Collection<Document>,
  codec: Codec<Item, Document>,
): NaturalKeyRepository<Item> {
  const documents = collection as unknown as Collection<Stored>;
  return {
    async list() {
      const found = await documents.find().sort({ _id: 1 }).toArray();
      return found.map((document) => codec.toItem(document as Document));
    },
    async put(item) {
      const { _id, ...fields } = codec.toDocument(item) as OptionalUnlessRequiredId<Stored>;
      await documents.replaceOne({ _id }, fields, { upsert: true, ignoreUndefined: true });
    },
    async delete(key) {
      await documents.deleteOne({ _id: key });
    },
  };
}

/** Stores an item as it is, under the key that `key` reads from it. */
export function plainCodec<Item extends object>(key: (item: Item) => string): Codec<Item, Item & Stored> {
  return {
    toDocument: (item) => ({ ...item, _id: key(item) }),
    toItem: ({ _id, ...fields }) => fields as unknown as Item,
  };
}

/** True where a unique index refused a write. */
export function isDuplicateKeyError(error: unknown): boolean {
  return error instanceof Error && (error as { code?: unknown }).code === 11_000;
}

/** Writes a document unless one with its key is there; two writers at once are no error. */
export async function insertIfAbsent<Document extends Stored>(
  collection: Collection<Document>,
  { _id, ...fields }: Document,
): Promise<void> {
  const documents = collection as unknown as Collection<Stored>;
  try {
    await documents.updateOne({ _id }, { $setOnInsert: fields }, { upsert: true });
  } catch (error) {
    if (!isDuplicateKeyError(error)) throw error;
  }
}
