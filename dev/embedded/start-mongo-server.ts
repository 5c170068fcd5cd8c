import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { MongoClient } from 'mongodb';
import type { EmbeddedOptions } from './embedded-options.ts';
import { findMongoProgram, MONGOD_FOLDER, type MongoProgram, STAND_IN_FILE } from './mongo-program.ts';
import { findFreePort, type RunningProcess, startServerProcess, waitUntilReady } from './server-process.ts';

/** A MongoDB to use. `process` is undefined where MONGODB_URI named one: it is not ours to stop. */
export interface MongoServer {
  uri: string;
  process: RunningProcess | undefined;
  pid: number | undefined;
  stop: () => Promise<void>;
}

const DATABASE = 'attendant';

/** A small heap and the cheapest compiler: ready in 0.3 s instead of 0.6 s, and not slower afterwards (measured). */
const JAVA_OPTIONS = ['-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Dslf4j.internal.verbosity=ERROR'];

/**
 * Uses the server MONGODB_URI names, or starts one that keeps its data in `dataDir`, and gives it when it answers a
 * ping. What it acknowledges survives kill -9.
 * @throws NoServerError
 */
export async function startMongoServer(options: EmbeddedOptions): Promise<MongoServer> {
  const given = options.env['MONGODB_URI'];
  if (given !== undefined && given !== '') {
    options.log('MongoDB: the server MONGODB_URI names');
    return { uri: given, process: undefined, pid: undefined, stop: () => Promise.resolve() };
  }
  const mongo = await findMongoProgram(options);
  const port = options.port ?? (await findFreePort());
  const logFile = path.join(options.dataDir, 'logs', 'mongo.log');
  await mkdir(mongo.kind === 'mongod' ? path.join(options.dataDir, MONGOD_FOLDER) : options.dataDir, {
    recursive: true,
  });
  const args = toArguments(mongo, options.dataDir, port);
  const running = await startServerProcess({ program: mongo.program, args, env: options.env, logFile });
  const uri = `mongodb://127.0.0.1:${port}/${DATABASE}`;
  await waitUntilReady(running, { name: 'MongoDB', logFile, isReady: () => answersPing(uri), signal: options.signal });
  return { uri, process: running, pid: running.pid, stop: running.stop };
}

function toArguments(mongo: MongoProgram, dataDir: string, port: number): string[] {
  if (mongo.kind === 'stand-in') {
    return [...JAVA_OPTIONS, '-cp', mongo.classPath, 'MongoStandIn', path.join(dataDir, STAND_IN_FILE), String(port)];
  }
  return ['--dbpath', path.join(dataDir, MONGOD_FOLDER), '--port', String(port), '--bind_ip', '127.0.0.1', '--quiet'];
}

async function answersPing(uri: string): Promise<boolean> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 500, connectTimeoutMS: 500 });
  try {
    await client.db('admin').command({ ping: 1 });
    return true;
  } catch {
    return false;
  } finally {
    await client.close();
  }
}
