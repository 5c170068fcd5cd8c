import { createHash } from 'node:crypto';
import { chmod, mkdir } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { MongoClient } from 'mongodb';
import type { EmbeddedOptions } from './embedded-options.ts';
import { findMongoProgram, MONGOD_FOLDER, type MongoProgram, STAND_IN_FILE } from './mongo-program.ts';
import { type RunningProcess, startServerProcess, waitUntilReady } from './server-process.ts';

/** A MongoDB to use. `process` is undefined where MONGODB_URI named one: it is not ours to stop. */
export interface MongoServer {
  uri: string;
  process: RunningProcess | undefined;
  pid: number | undefined;
  stop: () => Promise<void>;
}

const DATABASE = 'attendant';

/** Kernels take the path of a Unix socket up to about a hundred bytes. */
const MAX_SOCKET_PATH_BYTES = 100;

/** A small heap and the cheapest compiler: ready in 0.3 s instead of 0.6 s, and not slower afterwards (measured). */
const JAVA_OPTIONS = ['-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Dslf4j.internal.verbosity=ERROR'];

/**
 * Uses the server MONGODB_URI names, or starts one that keeps its data in `dataDir`, and gives it when it answers a
 * ping. What it acknowledges survives kill -9. It knows no passwords: it listens on a Unix socket that only this user
 * reaches, at the same path for the same `dataDir`.
 * @throws NoServerError
 */
export async function startMongoServer(options: EmbeddedOptions): Promise<MongoServer> {
  const given = options.env['MONGODB_URI'];
  if (given !== undefined && given !== '') {
    options.log('MongoDB: the server MONGODB_URI names');
    return { uri: given, process: undefined, pid: undefined, stop: () => Promise.resolve() };
  }
  const mongo = await findMongoProgram(options);
  const socket = socketPathOf(options.dataDir);
  const logFile = path.join(options.dataDir, 'logs', 'mongo.log');
  const dataFolder = mongo.kind === 'mongod' ? path.join(options.dataDir, MONGOD_FOLDER) : options.dataDir;
  for (const folder of [dataFolder, path.dirname(socket)]) await mkdir(folder, { recursive: true, mode: 0o700 });
  // Fails where somebody else has made the folder.
  await chmod(path.dirname(socket), 0o700);
  const args = toArguments(mongo, options.dataDir, socket);
  const running = await startServerProcess({ program: mongo.program, args, env: options.env, logFile });
  const uri = mongoUriOf(options.dataDir);
  await waitUntilReady(running, { name: 'MongoDB', logFile, isReady: () => answersPing(uri), signal: options.signal });
  return { uri, process: running, pid: running.pid, stop: running.stop };
}

/** Where the server of a data folder is, whether it runs or not. */
export function mongoUriOf(dataDir: string): string {
  return `mongodb://${encodeURIComponent(socketPathOf(dataDir))}/${DATABASE}`;
}

/** Beside the data, or in a folder of this user's where that path is too long. */
function socketPathOf(dataDir: string): string {
  const beside = path.join(path.resolve(dataDir), 'mongodb.sock');
  if (Buffer.byteLength(beside) <= MAX_SOCKET_PATH_BYTES) return beside;
  const name = createHash('sha256').update(beside).digest('hex').slice(0, 16);
  return path.join(tmpdir(), `attendant-${userInfo().uid}-${name}`, 'mongodb.sock');
}

function toArguments(mongo: MongoProgram, dataDir: string, socket: string): string[] {
  if (mongo.kind === 'stand-in') {
    return [...JAVA_OPTIONS, '-cp', mongo.classPath, 'MongoStandIn', path.join(dataDir, STAND_IN_FILE), socket];
  }
  const bound = ['--bind_ip', socket, '--filePermissions', '0700'];
  return ['--dbpath', path.join(dataDir, MONGOD_FOLDER), ...bound, '--quiet'];
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
