import { MongoBulkWriteError, MongoNetworkError, type AnyBulkWriteOperation, type Collection } from 'mongodb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createBulkWriter } from '../../../adapters/mongo/bulk-writer.ts';

interface Row {
  _id: string;
}

/** A collection that answers bulk writes as told, and keeps their sizes. */
function answering(...answers: (Error | undefined)[]): { collection: Collection<Row>; sizes: number[] } {
  const sizes: number[] = [];
  const bulkWrite = async (operations: readonly unknown[]): Promise<void> => {
    sizes.push(operations.length);
    const answer = answers.shift();
    if (answer) throw answer;
  };
  return { collection: { bulkWrite } as unknown as Collection<Row>, sizes };
}

const insert = (_id: string): AnyBulkWriteOperation<Row> => ({ insertOne: { document: { _id } } });

/** What the driver throws for a bulk: with the server's verdicts, or with none where the connection broke. */
function bulkError(
  writeErrors: { index: number; code: number }[],
  cause = new Error('some failed'),
): MongoBulkWriteError {
  const error = new MongoBulkWriteError(cause, {} as never);
  error.writeErrors = writeErrors as never;
  return error;
}

afterEach(() => vi.useRealTimers());

describe('gathered writes', () => {
  it('look again where two first upserts of a key met, so that the newer one wins', async () => {
    const upsert: AnyBulkWriteOperation<Row> = {
      replaceOne: { filter: { _id: 'a' }, replacement: {}, upsert: true },
    };
    const met = bulkError([{ index: 0, code: 11_000 }]);
    const { collection, sizes } = answering(met);
    expect(await createBulkWriter(collection).write(upsert)).toBe(true);
    expect(sizes).toEqual([1, 1]);
    const older = answering(met, met);
    expect(await createBulkWriter(older.collection).write(upsert)).toBe(false);
    expect(older.sizes).toEqual([1, 1]);
  });

  it('that the driver never speaks of again hold up nothing behind them', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const answers: Promise<void>[] = [new Promise<void>(() => undefined), Promise.resolve()];
    const bulkWrite = (): Promise<void> => answers.shift() ?? Promise.resolve();
    const writer = createBulkWriter({ bulkWrite } as unknown as Collection<Row>);
    const lost = writer.write(insert('a'));
    await new Promise((resolve) => setImmediate(resolve));
    const next = writer.write(insert('b'));
    await Promise.all([expect(lost).rejects.toThrow('cannot be reached'), vi.advanceTimersByTimeAsync(10_000)]);
    expect(await next).toBe(true);
  });

  it('that are made together leave together', async () => {
    const { collection, sizes } = answering();
    const writer = createBulkWriter(collection);
    await Promise.all([writer.write(insert('a')), writer.write(insert('b')), writer.write(insert('c'))]);
    expect(sizes).toEqual([3]);
  });

  it('all fail when the connection broke: the driver names no write error then', async () => {
    const broken = bulkError([], new MongoNetworkError('connection closed'));
    const writer = createBulkWriter(answering(broken).collection);
    const results = await Promise.allSettled([writer.write(insert('a')), writer.write(insert('b'))]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('fail one by one: a duplicate key says that it was there already', async () => {
    const partly = bulkError([
      { index: 1, code: 11_000 },
      { index: 2, code: 121 },
    ]);
    const writer = createBulkWriter(answering(partly).collection);
    const results = await Promise.allSettled(['a', 'b', 'c'].map((id) => writer.write(insert(id))));
    expect(results.map((result) => (result.status === 'fulfilled' ? result.value : result.status))).toEqual([
      true,
      false,
      'rejected',
    ]);
  });

  it('go on after a failure', async () => {
    const { collection } = answering(new Error('down'), undefined);
    const writer = createBulkWriter(collection);
    await expect(writer.write(insert('a'))).rejects.toThrow('down');
    await expect(writer.write(insert('a'))).resolves.toBe(true);
  });
});
