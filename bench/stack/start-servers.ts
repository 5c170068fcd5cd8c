import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startMongoServer } from '../../dev/embedded/start-mongo-server.ts';
import { startTemporalServer } from '../../dev/embedded/start-temporal-server.ts';

/** The servers that ours and the floors share, on empty data of their own. */
export interface BenchServers {
  dataDir: string;
  temporalAddress: string;
  mongoUri: string;
  pids: { temporal: number | undefined; mongo: number | undefined };
  stop: () => Promise<void>;
}

const projectDir = path.join(import.meta.dirname, '..', '..');

/**
 * Starts Temporal and MongoDB as `npm start` does. Servers named in the environment are not used: our workers poll the
 * product's own task queue, which must not be a real deployment's.
 */
export async function startServers(log: (line: string) => void): Promise<BenchServers> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'attendant-bench-'));
  const cacheDir = process.env['ATTENDANT_CACHE_DIR'] ?? path.join(projectDir, '.attendant', 'cache');
  const options = { cacheDir, dataDir, env: environmentWithoutServers(), log };
  const started: { stop: () => Promise<void> }[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((server) => server.stop()));
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const temporal = await startTemporalServer(options);
    started.push(temporal);
    const mongo = await startMongoServer(options);
    started.push(mongo);
    return {
      dataDir,
      temporalAddress: temporal.address,
      mongoUri: mongo.uri,
      pids: { temporal: temporal.pid, mongo: mongo.pid },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The user's environment without what would lead a program of ours to another server. */
export function environmentWithoutServers(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isForeign(name)));
}

const isForeign = (name: string): boolean => /^(ATTENDANT_|TEMPORAL_|MONGODB_URI$|LOG_LEVEL$)/.test(name);
