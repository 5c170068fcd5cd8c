import { randomUUID } from 'node:crypto';
import type { Db } from 'mongodb';
import { inject } from 'vitest';
import { connectMongo, type MongoConnection } from '../../adapters/mongo/connect-mongo.ts';

let connecting: Promise<MongoConnection> | undefined;

/**
 * An empty database of its own in the shared MongoDB, over a connection as the product makes it. One connection serves
 * all test files of a process and ends with it.
 */
export async function createTestDatabase(): Promise<Db> {
  connecting ??= connectMongo(inject('mongoUri'));
  return (await connecting).client.db(`test-${randomUUID()}`);
}
