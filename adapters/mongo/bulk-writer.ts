import {
  MongoBulkWriteError,
  type AnyBulkWriteOperation,
  type Collection,
  type Document,
  type WriteError,
} from 'mongodb';
import { withDeadline } from '../with-deadline.ts';

const DUPLICATE_KEY = 11_000;
/** Writes of one bulk: keeps a burst's answer times short. */
const BULK_LIMIT = 200;
/** A call that never settles, as the driver's may while a server dies, must not hold up all that comes behind it. */
const WRITE_DEADLINE_MS = 10_000;

interface Waiting<T extends Document> {
  operation: AnyBulkWriteOperation<T>;
  resolve: (isWritten: boolean) => void;
  reject: (error: unknown) => void;
  /** Its upsert met another first one; a second look decides which is the newer. */
  isRepeated?: true;
}

/** Writes that are gathered into one round trip. */
export interface BulkWriter<T extends Document> {
  /**
   * Resolves when the write is acknowledged. False for a duplicate key: an upsert whose filter missed what is there,
   * which says nothing new. Two first upserts of a key at once miss each other: the one that fails is looked at again.
   */
  write(operation: AnyBulkWriteOperation<T>): Promise<boolean>;
}

/**
 * Gathers the writes of a process to one collection: what comes while a bulk is under way leaves in the next. Order
 * between two writes is not kept; write only what is idempotent and guards itself.
 */
export function createBulkWriter<T extends Document>(collection: Collection<T>): BulkWriter<T> {
  let waiting: Waiting<T>[] = [];
  let isWriting = false;

  async function drain(): Promise<void> {
    isWriting = true;
    // One turn of the event loop: everything that was started together leaves together.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const batch = waiting.slice(0, BULK_LIMIT);
      waiting = waiting.slice(BULK_LIMIT);
      waiting.push(...(await writeBatch(collection, batch)));
    }
    isWriting = false;
  }

  return {
    write(operation) {
      return new Promise((resolve, reject) => {
        waiting.push({ operation, resolve, reject });
        if (!isWriting) void drain();
      });
    },
  };
}

/** Gives what has to be written again. */
async function writeBatch<T extends Document>(collection: Collection<T>, batch: Waiting<T>[]): Promise<Waiting<T>[]> {
  const operations = batch.map(({ operation }) => operation);
  try {
    await withDeadline(collection.bulkWrite(operations, { ordered: false }), WRITE_DEADLINE_MS, 'MongoDB');
  } catch (error) {
    return takeFailure(batch, error);
  }
  for (const { resolve } of batch) resolve(true);
  return [];
}

/**
 * Only a write that the server answered for has that outcome. The driver reports a broken connection as a bulk error
 * without any write error: nothing is known of the writes then, and all of them have failed.
 */
function takeFailure<T extends Document>(batch: Waiting<T>[], error: unknown): Waiting<T>[] {
  const failures = error instanceof MongoBulkWriteError ? writeErrorsOf(error) : [];
  if (failures.length === 0) {
    for (const { reject } of batch) reject(error);
    return [];
  }
  const codeByIndex = new Map(failures.map(({ index, code }) => [index, code]));
  return batch.flatMap((write, index) => {
    const code = codeByIndex.get(index);
    if (code === DUPLICATE_KEY && isUpsert(write) && !write.isRepeated) return [{ ...write, isRepeated: true }];
    if (code === undefined || code === DUPLICATE_KEY) write.resolve(code === undefined);
    else write.reject(error);
    return [];
  });
}

function isUpsert<T extends Document>({ operation }: Waiting<T>): boolean {
  return !('insertOne' in operation);
}

function writeErrorsOf({ writeErrors }: MongoBulkWriteError): readonly WriteError[] {
  return [writeErrors].flat();
}
