import { MongoClient, type Db } from 'mongodb';

export interface MongoConnection {
  client: MongoClient;
  db: Db;
}

/** Database name where the connection string names none. */
const DEFAULT_DATABASE = 'attendant';

/**
 * Connects to MongoDB. Calls give up after 4 s without a server, so that a lost database is an answer and not a wait.
 * @throws MongoServerSelectionError where no server answers within 10 s at the start
 */
export async function connectMongo(uri: string): Promise<MongoConnection> {
  const client = new MongoClient(uri, {
    appName: 'attendant',
    ignoreUndefined: true,
    serverSelectionTimeoutMS: 4000,
    connectTimeoutMS: 4000,
    // A server that stopped in the middle of an answer is noticed, too.
    socketTimeoutMS: 10_000,
    maxPoolSize: 50,
  });
  await client.connect();
  return { client, db: client.db(databaseNameOf(uri)) };
}

/** The database that a connection string names, of one host, several or a socket; `attendant` where it names none. */
export function databaseNameOf(uri: string): string {
  const [, name] = /^mongodb(?:\+srv)?:\/\/[^/]*\/([^?]+)/.exec(uri) ?? [];
  return name === undefined ? DEFAULT_DATABASE : decodeURIComponent(name);
}
