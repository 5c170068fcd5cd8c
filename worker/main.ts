/** The worker process: runs workflows (decisions) and activities (effects). Any number of them may run. */
import closeWithGrace from 'close-with-grace';
import { NativeConnection } from '@temporalio/worker';
import { Registry, collectDefaultMetrics } from 'prom-client';
import { createActivities } from '../activities/index.ts';
import { createWorkerMetrics } from '../activities/metrics.ts';
import { readConfig } from '../adapters/config.ts';
import { createLogger } from '../adapters/logger.ts';
import { createGraphClient } from '../adapters/messenger/graph-client.ts';
import { createConfigurationCache } from '../adapters/mongo/configuration-cache.ts';
import { createConfigurationStore } from '../adapters/mongo/configuration/configuration-store.ts';
import { connectMongo } from '../adapters/mongo/connect-mongo.ts';
import { createReadModel, ensureReadModelIndexes } from '../adapters/mongo/read-model.ts';
import { createSecretBox } from '../adapters/secrets.ts';
import { connectTemporal, createDataConverter, readConnectConfig } from '../adapters/temporal/connect-temporal.ts';
import { createWorker } from './create-worker.ts';
import { findFreePort, serveMetrics } from './metrics-server.ts';
import { installRuntime } from './install-runtime.ts';
import { startDispatchers } from './start-dispatchers.ts';

/** Under the activity's 30 s, so that the client gives up first and says what it knows. */
const GRAPH_TIMEOUT_MS = 20_000;

const config = readConfig(process.env);
const logger = createLogger({ level: config.logLevel, processName: 'worker' });
const registry = new Registry();
collectDefaultMetrics({ register: registry });
const sdkMetricsPort = config.workerMetricsPort === 0 ? undefined : await findFreePort();
installRuntime(logger, sdkMetricsPort === undefined ? undefined : `127.0.0.1:${sdkMetricsPort}`);

const [{ client: mongo, db }, temporal, connection] = await Promise.all([
  connectMongo(config.mongodbUri),
  connectTemporal(config),
  NativeConnection.connect(readConnectConfig(config).connectionOptions),
]);
await ensureReadModelIndexes(db);
const store = createConfigurationStore(db, createSecretBox(config.encryptionKey));
const configuration = createConfigurationCache({ store, logger });
const worker = await createWorker({
  connection,
  namespace: config.temporalNamespace,
  dataConverter: createDataConverter(config),
  bundlePath: config.workflowBundle,
  activities: createActivities({
    configuration,
    scenarios: store.scenarios,
    scenarioVersions: new Map(),
    readModel: createReadModel(db, Date.now),
    graph: createGraphClient({
      graphUrl: config.graphUrl,
      graphVersion: config.graphVersion,
      timeoutMs: GRAPH_TIMEOUT_MS,
    }),
    temporal,
    logger,
    metrics: createWorkerMetrics(registry),
    now: Date.now,
  }),
});
const metricsServer = await serveMetrics(
  { host: config.host, port: config.workerMetricsPort },
  { registry, sdkMetricsPort },
);
const running = worker.run();
await startDispatchers({ temporal, configuration });

closeWithGrace({ delay: 19_000 }, async ({ err, signal }) => {
  logger.info({ err, signal }, 'the worker stops');
  metricsServer?.close();
  worker.shutdown();
  await running;
  await Promise.allSettled([connection.close(), temporal.connection.close(), mongo.close()]);
});
if (process.send) process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.send?.({ type: 'ready' });
logger.info({ taskQueue: worker.options.taskQueue }, 'the worker is ready');
await running;
