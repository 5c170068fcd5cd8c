import type { Db } from 'mongodb';
import { applyUpdate, copyOf } from './apply-update.ts';
import { MongoBulkWriteError, MongoServerError } from './driver-errors.ts';
import { compareValues, matchesFilter, valueAt, type Fields } from './match-filter.ts';

/** What a simulated MongoDB holds: documents by id, by collection. */
export type Store = Map<string, Map<string, Fields>>;

/** Carries out one operation on the database, when the process's line and the world let it. */
export type RunEffect = <Result>(label: string, apply: () => Result) => Promise<Result>;

type Documents = Map<string, Fields>;
interface UpdateOptions {
  upsert?: boolean;
}

const DUPLICATE_KEY = 11_000;

/** The documents of a collection; an empty one where nobody has written. */
export function documentsOf(store: Store, name: string): Documents {
  const known = store.get(name);
  if (known) return known;
  const created: Documents = new Map();
  store.set(name, created);
  return created;
}

/**
 * The database as the driver shows it to one process: of the driver what our repositories call. Each call is one effect:
 * it happens at once and whole, as a write to one document does.
 */
export function createSimulatedDatabase(store: Store, effect: RunEffect): Db {
  return { collection: (name: string) => createCollection(name, documentsOf(store, name), effect) } as unknown as Db;
}

function createCollection(name: string, documents: Documents, effect: RunEffect): object {
  const run = <Result>(operation: string, apply: () => Result): Promise<Result> =>
    effect(`${name}.${operation}`, apply);
  return {
    findOne: (filter: Fields) => run('findOne', () => copyOf(first(documents, filter) ?? null)),
    find: (filter: Fields) => createCursor(documents, filter, run),
    countDocuments: (filter: Fields) => run('countDocuments', () => all(documents, filter).length),
    updateOne: (filter: Fields, update: Fields, options: UpdateOptions = {}) => {
      const wasThere = findIds(documents, [{ updateOne: { filter } }]);
      return run('updateOne', () => updateOne(documents, { filter, update, options, wasThere }));
    },
    replaceOne: (filter: Fields, replacement: Fields, options: UpdateOptions = {}) => {
      const wasThere = findIds(documents, [{ replaceOne: { filter } }]);
      return run('replaceOne', () => replaceOne(documents, { filter, replacement, options, wasThere }));
    },
    updateMany: (filter: Fields, update: Fields) =>
      run('updateMany', () => {
        const found = all(documents, filter);
        for (const document of found) applyUpdate(document, update);
        return { matchedCount: found.length };
      }),
    insertOne: (document: Fields) => run('insertOne', () => insert(documents, document)),
    deleteOne: (filter: Fields) => run('deleteOne', () => remove(documents, first(documents, filter))),
    deleteMany: (filter: Fields) =>
      run('deleteMany', () => all(documents, filter).forEach((document) => remove(documents, document))),
    bulkWrite: (operations: Fields[]) => {
      const wasThere = findIds(documents, operations);
      return run('bulkWrite', () => bulkWrite(documents, operations, wasThere));
    },
    findOneAndUpdate: (filter: Fields, update: Fields, options: UpdateOptions & { returnDocument?: 'after' } = {}) =>
      run('findOneAndUpdate', () => findOneAndUpdate(documents, { filter, update, options })),
  };
}

function first(documents: Documents, filter: Fields): Fields | undefined {
  const { _id } = filter;
  if (typeof _id === 'string') {
    const document = documents.get(_id);
    return document && matchesFilter(document, filter) ? document : undefined;
  }
  for (const document of documents.values()) if (matchesFilter(document, filter)) return document;
  return undefined;
}

function all(documents: Documents, filter: Fields): Fields[] {
  const ids = idsOf(filter);
  if (ids)
    return ids.flatMap((id): Fields[] => {
      const found = first(documents, { ...filter, _id: id });
      return found ? [found] : [];
    });
  const found: Fields[] = [];
  for (const document of documents.values()) if (matchesFilter(document, filter)) found.push(document);
  return found;
}

/** Ids that a filter asks for, each once. */
function idsOf({ _id }: Fields): string[] | undefined {
  const wanted = typeof _id === 'object' && _id !== null ? (_id as Fields)['$in'] : undefined;
  return wanted && Object.keys(_id as Fields).length === 1 ? [...new Set(wanted as string[])] : undefined;
}

function createCursor(documents: Documents, filter: Fields, run: RunEffect): object {
  let order: [string, number][] = [];
  let most = Infinity;
  const cursor = {
    sort(by: Record<string, number>) {
      order = Object.entries(by);
      return cursor;
    },
    limit(count: number) {
      most = count;
      return cursor;
    },
    project: () => cursor,
    toArray: () =>
      run('find', () => {
        const found = all(documents, filter);
        if (order.length > 0) found.sort((a, b) => compareBy(order, a, b));
        return found.slice(0, most).map((document) => copyOf(document));
      }),
  };
  return cursor;
}

function compareBy(order: [string, number][], a: Fields, b: Fields): number {
  for (const [path, direction] of order) {
    const compared = compareValues(valueAt(a, path), valueAt(b, path)) * direction;
    if (compared !== 0) return compared;
  }
  return 0;
}

/** Ids that were there when an operation set out. */
type Ids = ReadonlySet<unknown>;

function findIds(documents: Documents, operations: Fields[]): Ids {
  const ids = operations.map((operation) => {
    const { filter } = (Object.values(operation)[0] ?? {}) as { filter?: Fields };
    return filter?.['_id'];
  });
  return new Set(ids.filter((id) => documents.has(String(id))));
}

/**
 * Two upserts of one new document that meet: the one that comes second finds nothing to change and nothing to insert. The
 * server tries such an upsert again by itself only where its filter is equalities.
 */
function refuseLateUpsert(documents: Documents, filter: Fields, wasThere: Ids): void {
  const { _id, ...rest } = filter;
  const isPlain = Object.keys(equalitiesOf(rest)).length === Object.keys(rest).length;
  if (isPlain || wasThere.has(_id) || !documents.has(String(_id))) return;
  throw new MongoServerError(`E11000 duplicate key ${String(_id)}`, DUPLICATE_KEY);
}

interface Write {
  filter: Fields;
  options: UpdateOptions;
  wasThere: Ids;
}

function updateOne(
  documents: Documents,
  { filter, update, options, wasThere }: Write & { update: Fields },
): { matchedCount: number; upsertedCount: number } {
  if (options.upsert) refuseLateUpsert(documents, filter, wasThere);
  const found = first(documents, filter);
  if (found) applyUpdate(found, update);
  else if (options.upsert) upsert(documents, filter, update);
  return { matchedCount: found ? 1 : 0, upsertedCount: !found && options.upsert ? 1 : 0 };
}

function replaceOne(
  documents: Documents,
  { filter, replacement, options, wasThere }: Write & { replacement: Fields },
): { matchedCount: number; upsertedCount: number } {
  if (options.upsert) refuseLateUpsert(documents, filter, wasThere);
  const found = first(documents, filter);
  if (found) documents.set(String(found['_id']), { _id: found['_id'], ...copyOf(replacement) });
  else if (options.upsert) insert(documents, { ...equalitiesOf(filter), ...replacement });
  return { matchedCount: found ? 1 : 0, upsertedCount: !found && options.upsert ? 1 : 0 };
}

function upsert(documents: Documents, filter: Fields, update: Fields): Fields {
  const created = equalitiesOf(filter);
  applyUpdate(created, update, { isInsert: true });
  return insert(documents, created);
}

/** What an upsert's filter says of the document that is made: its plain equalities. */
function equalitiesOf(filter: Fields): Fields {
  return Object.fromEntries(
    Object.entries(filter).filter(([path, value]) => {
      return !path.startsWith('$') && (typeof value !== 'object' || value === null || value instanceof Date);
    }),
  );
}

function insert(documents: Documents, document: Fields): Fields {
  const id = String(document['_id']);
  if (documents.has(id)) throw new MongoServerError(`E11000 duplicate key ${id}`, DUPLICATE_KEY);
  const stored = copyOf(document);
  documents.set(id, stored);
  return stored;
}

function remove(documents: Documents, document: Fields | undefined): { deletedCount: number } {
  const isDeleted = document !== undefined && documents.delete(String(document['_id']));
  return { deletedCount: isDeleted ? 1 : 0 };
}

function bulkWrite(documents: Documents, operations: Fields[], wasThere: Ids): object {
  const writeErrors: { index: number; code: number }[] = [];
  operations.forEach((operation, index) => {
    try {
      writeOne(documents, operation, wasThere);
    } catch (error) {
      if (!(error instanceof MongoServerError)) throw error;
      writeErrors.push({ index, code: error.code });
    }
  });
  if (writeErrors.length > 0) throw new MongoBulkWriteError(writeErrors);
  return {};
}

function writeOne(documents: Documents, operation: Fields, wasThere: Ids): void {
  const [kind, details] = Object.entries(operation)[0] ?? [];
  const {
    filter,
    update,
    replacement,
    upsert: isUpsert = false,
  } = details as Record<string, Fields> & { upsert?: boolean };
  const options = { upsert: isUpsert };
  if (kind === 'updateOne' && filter && update) updateOne(documents, { filter, update, options, wasThere });
  else if (kind === 'replaceOne' && filter && replacement)
    replaceOne(documents, { filter, replacement, options, wasThere });
  else throw new Error(`The simulated database knows no bulk operation ${kind}`);
}

function findOneAndUpdate(
  documents: Documents,
  {
    filter,
    update,
    options,
  }: { filter: Fields; update: Fields; options: UpdateOptions & { returnDocument?: 'after' } },
): Fields | null {
  const found = first(documents, filter);
  if (!found) {
    const created = options.upsert ? upsert(documents, filter, update) : undefined;
    return created && options.returnDocument === 'after' ? copyOf(created) : null;
  }
  const before = copyOf(found);
  applyUpdate(found, update);
  return options.returnDocument === 'after' ? copyOf(found) : before;
}
