import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ProvidedContext } from 'vitest';
import type { TestProject } from 'vitest/node';
import { startMongoServer } from '../../dev/embedded/start-mongo-server.ts';
import { startTemporalServer } from '../../dev/embedded/start-temporal-server.ts';
import { cacheDir } from './embedded-cache.ts';

declare module 'vitest' {
  interface ProvidedContext {
    temporalAddress: string;
    mongoUri: string;
  }
}

/**
 * Vitest's global setup of the `servers` project: one Temporal and one MongoDB for all its files, on empty data.
 * Tests read them by `inject('temporalAddress')` and `inject('mongoUri')` and keep apart by task queue, workflow id and
 * database name. TEMPORAL_ADDRESS and MONGODB_URI name servers that run already.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'attendant-test-'));
  const options = {
    cacheDir,
    dataDir,
    env: process.env,
    log: (line: string) => process.stderr.write(`servers: ${line}\n`),
  };
  const started: { stop: () => Promise<void> }[] = [];
  const teardown = async (): Promise<void> => {
    await Promise.all(started.map((server) => server.stop()));
    await rm(dataDir, { recursive: true, force: true });
  };
  const start = async <Server extends { stop: () => Promise<void> }>(starting: Promise<Server>): Promise<Server> => {
    const server = await starting;
    started.push(server);
    return server;
  };
  const [temporal, mongo] = await Promise.allSettled([
    start(startTemporalServer(options)),
    start(startMongoServer(options)),
  ]);
  if (temporal.status === 'rejected' || mongo.status === 'rejected') {
    await teardown();
    throw temporal.status === 'rejected' ? temporal.reason : rejectionOf(mongo);
  }
  const provide = <Key extends keyof ProvidedContext>(key: Key, value: ProvidedContext[Key]): void =>
    project.provide(key, value);
  provide('temporalAddress', temporal.value.address);
  provide('mongoUri', mongo.value.uri);
  return teardown;
}

function rejectionOf(result: PromiseSettledResult<unknown>): unknown {
  return result.status === 'rejected' ? result.reason : undefined;
}
