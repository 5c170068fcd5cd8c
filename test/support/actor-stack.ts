import { randomBytes, randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, type Worker } from '@temporalio/worker';
import type { Db, MongoClient } from 'mongodb';
import { Registry } from 'prom-client';
import { inject } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import { createWorkerMetrics } from '../../activities/metrics.ts';
import { createGuardedFetch } from '../../adapters/guarded-fetch.ts';
import { createLogger } from '../../adapters/logger.ts';
import { createConfigurationCache } from '../../adapters/mongo/configuration-cache.ts';
import {
  createConfigurationStore,
  type ConfigurationStore,
} from '../../adapters/mongo/configuration/configuration-store.ts';
import { connectMongo } from '../../adapters/mongo/connect-mongo.ts';
import { createReadModel, ensureReadModelIndexes, type ReadModel } from '../../adapters/mongo/read-model.ts';
import { createSecretBox } from '../../adapters/secrets.ts';
import { createActors } from '../../adapters/temporal/actors.ts';
import { createDataConverter } from '../../adapters/temporal/connect-temporal.ts';
import { createWorker } from '../../worker/create-worker.ts';
import { createFakeGraph, type FakeGraph } from './fake-graph.ts';

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

/** Starts a worker in this process against the shared servers, on a database of its own. */
export async function startActorStack(): Promise<ActorStack> {
  const temporalSettings = {
    temporalAddress: inject('temporalAddress'),
    temporalNamespace: 'default',
    temporalEnv: {},
    hasPayloadCodec: false,
    encryptionKey: randomBytes(32),
  };
  const logger = createLogger({ level: 'warn', processName: 'test' });
  const mongo: MongoClient = (await connectMongo(inject('mongoUri'))).client;
  const db = mongo.db(`test-${randomUUID()}`);
  await ensureReadModelIndexes(db);
  const connection = await Connection.connect({ address: temporalSettings.temporalAddress });
  const native = await NativeConnection.connect({ address: temporalSettings.temporalAddress });
  const client = new Client({ connection, dataConverter: createDataConverter(temporalSettings) });
  const store = createConfigurationStore(db, createSecretBox(temporalSettings.encryptionKey));
  const readModel = createReadModel(db, Date.now);
  const graph = createFakeGraph();
  const worker: Worker = await createWorker({
    connection: native,
    namespace: 'default',
    dataConverter: createDataConverter(temporalSettings),
    bundlePath: undefined,
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
        resolve: () => Promise.resolve(),
      },
      actors: createActors(client),
      announcedClosures: new Map(),
      logger,
      metrics: createWorkerMetrics(new Registry()),
      guardedFetch: createGuardedFetch({ privateHosts: ['127.0.0.1'] }),
      timeZone: 'UTC',
      random: Math.random,
      now: Date.now,
    }),
  });
  const running = worker.run();
  return {
    client,
    db,
    store,
    readModel,
    graph,
    async close() {
      await terminateAll(client);
      worker.shutdown();
      await running;
      await Promise.all([native.close(), connection.close()]);
      await mongo.close();
    },
  };
}

/** The task queue is one for all: a workflow left running would land on the next stack's worker. */
async function terminateAll(client: Client): Promise<void> {
  for await (const { workflowId } of client.workflow.list({ query: 'ExecutionStatus = "Running"' })) {
    await client.workflow
      .getHandle(workflowId)
      .terminate('the test is over')
      .catch(() => undefined);
  }
}
