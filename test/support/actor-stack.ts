import { randomBytes } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { Worker } from '@temporalio/worker';
import type { Db } from 'mongodb';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, inject } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import { createWorkerMetrics } from '../../activities/metrics.ts';
import type { Mailer } from '../../adapters/mail/mailer.ts';
import { createGuardedFetch } from '../../adapters/guarded-fetch.ts';
import { createLogger } from '../../adapters/logger.ts';
import { createConfigurationCache } from '../../adapters/mongo/configuration-cache.ts';
import {
  createConfigurationStore,
  type ConfigurationStore,
} from '../../adapters/mongo/configuration/configuration-store.ts';
import { createReadModel, ensureReadModelIndexes, type ReadModel } from '../../adapters/mongo/read-model.ts';
import { createSecretBox } from '../../adapters/secrets.ts';
import { createActors } from '../../adapters/temporal/actors.ts';
import { createDataConverter } from '../../adapters/temporal/connect-temporal.ts';
import type { PayloadCodecMode } from '../../adapters/temporal/payload-codec-mode.ts';
import { createWorker } from '../../worker/create-worker.ts';
import { createFakeGraph, type FakeGraph } from './fake-graph.ts';
import { createTestDatabase } from './test-database.ts';
import { connectTestTemporal } from './test-temporal.ts';

/** Real Temporal, real database, real worker; only the Graph API is in memory. */
export interface ActorStack {
  client: Client;
  db: Db;
  store: ConfigurationStore;
  readModel: ReadModel;
  graph: FakeGraph;
  /** Ends everything that this stack started. */
  close(): Promise<void>;
}

interface ActorStackOptions {
  /** Whether payloads are encrypted. Default: off. */
  payloadCodec?: PayloadCodecMode;
  /** None where absent. */
  mailer?: Mailer;
}

/** One stack for all tests of a file: started before the first, ended after the last. Nothing of it may be read earlier. */
export function useActorStack(options: ActorStackOptions = {}): ActorStack {
  let running: ActorStack | undefined;
  beforeAll(async () => {
    running = await startActorStack(options);
  });
  afterAll(() => running?.close());
  return new Proxy({} as ActorStack, {
    get(_target, part) {
      if (!running) throw new Error('The actor stack is read before the first test');
      return Reflect.get(running, part);
    },
  });
}

/** Starts a worker in this process against the shared servers, in a namespace and on a database of its own. */
async function startActorStack({ payloadCodec = 'off', mailer }: ActorStackOptions): Promise<ActorStack> {
  const temporalSettings = {
    temporalAddress: inject('temporalAddress'),
    temporalNamespace: 'default',
    temporalEnv: {},
    payloadCodec,
    encryptionKey: randomBytes(32),
  };
  const logger = createLogger({ level: 'warn', processName: 'test' });
  const db = await createTestDatabase();
  await ensureReadModelIndexes(db);
  const dataConverter = createDataConverter(temporalSettings);
  const temporal = await connectTestTemporal(dataConverter);
  const store = createConfigurationStore(db, createSecretBox(temporalSettings.encryptionKey));
  const readModel = createReadModel(db, Date.now);
  const graph = createFakeGraph();
  const worker: Worker = await createWorker({
    connection: temporal.native,
    namespace: temporal.namespace,
    dataConverter,
    bundlePath: inject('workflowBundle'),
    activities: createActivities({
      configuration: createConfigurationCache({ store, logger }),
      scenarios: store.scenarios,
      scenarioVersions: new Map(),
      readModel,
      graph,
      inspector: graph.inspector,
      alerts: {
        tell: (alert) => {
          graph.alerts.push(alert);
          return Promise.resolve();
        },
        resolve: ({ kind }) => {
          graph.resolvedAlerts.push(kind);
          return Promise.resolve();
        },
      },
      actors: createActors(temporal.client),
      announcedClosures: new Map(),
      logger,
      metrics: createWorkerMetrics(new Registry()),
      guardedFetch: createGuardedFetch({ privateHosts: ['127.0.0.1'] }),
      ...(mailer && { mailer }),
      timeZone: 'UTC',
      random: Math.random,
      now: Date.now,
    }),
  });
  const running = worker.run();
  return {
    client: temporal.client,
    db,
    store,
    readModel,
    graph,
    async close() {
      worker.shutdown();
      await running;
      await temporal.close();
    },
  };
}
