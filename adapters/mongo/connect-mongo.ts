import { MongoClient, type Db } from 'mongodb';
import { mendHungMonitor } from './mend-hung-monitor.ts';

export interface MongoConnection {
  client: MongoClient;
  db: Db;
}

/** Database name where the connection string names none. */
const DEFAULT_DATABASE = 'attendant';

const CONNECT_TIMEOUT_MS = 4000;
/** The driver's own. */
const HEARTBEAT_FREQUENCY_MS = 10_000;
/** Connecting and the first answer, with room for a busy process. */
const HEARTBEAT_PATIENCE_MS = 3 * CONNECT_TIMEOUT_MS;

/**
 * Connects to MongoDB. Calls give up after 4 s without a server, so that a lost database is an answer and not a wait.
 * `onHung` hears of a driver that has stopped to look for the server, before it is made to look again.
 * @throws MongoServerSelectionError where no server answers within 10 s at the start
 */
export async function connectMongo(uri: string, onHung: () => void = () => undefined): Promise<MongoConnection> {
  const client = new MongoClient(uri, {
    appName: 'attendant',
    ignoreUndefined: true,
    serverSelectionTimeoutMS: 4000,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    heartbeatFrequencyMS: HEARTBEAT_FREQUENCY_MS,
    // A server that stopped in the middle of an answer is noticed, too.
    socketTimeoutMS: 10_000,
    maxPoolSize: 50,
  });
  await client.connect();
  const patience = { ms: HEARTBEAT_PATIENCE_MS, awaitedMs: HEARTBEAT_PATIENCE_MS + HEARTBEAT_FREQUENCY_MS };
  mendHungMonitor(client, patience, onHung);
  return { client, db: client.db(databaseNameOf(uri)) };
}

/** The database that a connection string names, of one host, several or a socket; `attendant` where it names none. */
export function databaseNameOf(uri: string): string {
  const [, name] = /^mongodb(?:\+srv)?:\/\/[^/]*\/([^?]+)/.exec(uri) ?? [];
  return name === undefined ? DEFAULT_DATABASE : decodeURIComponent(name);
}
