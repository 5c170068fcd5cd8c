import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ProvidedContext } from 'vitest';
import type { TestProject } from 'vitest/node';
import type { EmbeddedOptions } from '../../dev/embedded/embedded-options.ts';
import { startMongoServer } from '../../dev/embedded/start-mongo-server.ts';
import { startTemporalServer } from '../../dev/embedded/start-temporal-server.ts';
import { cacheWorkflowBundle } from '../../dev/stack/cache-workflow-bundle.ts';
import { compiledProduct } from './compiled-product.ts';
import { cacheDir } from './embedded-cache.ts';

declare module 'vitest' {
  interface ProvidedContext {
    temporalAddress: string;
    mongoUri: string;
    /** Path of the bundle of the workflows as they are. */
    workflowBundle: string;
  }
}

/**
 * Vitest's global setup of the `servers` project: one Temporal, one MongoDB and one workflow bundle for all its files, on
 * empty data. Files run side by side; they keep apart by `connectTestTemporal` (a namespace each) and
 * `createTestDatabase`. TEMPORAL_ADDRESS and MONGODB_URI name servers that run already.
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
  const starting = [
    start(startTemporalServer(options)),
    start(startMongoServer(options)),
    bundleWorkflows(options),
  ] as const;
  // All of them end before anything is stopped: what still starts would be left behind.
  await Promise.allSettled(starting);
  const [temporal, mongo, workflowBundle] = await Promise.all(starting).catch(async (error: unknown) => {
    await teardown();
    throw error;
  });
  const provide = <Key extends keyof ProvidedContext>(key: Key, value: ProvidedContext[Key]): void =>
    project.provide(key, value);
  provide('temporalAddress', temporal.address);
  provide('mongoUri', mongo.uri);
  provide('workflowBundle', workflowBundle);
  return teardown;
}

async function bundleWorkflows(options: Pick<EmbeddedOptions, 'env' | 'log'>): Promise<string> {
  return cacheWorkflowBundle({ ...options, cacheDir, projectDir: await compiledProduct() });
}
