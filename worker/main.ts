/** The worker process: runs workflows (decisions) and activities (effects). Any number of them may run. */
import closeWithGrace from 'close-with-grace';
import { NativeConnection } from '@temporalio/worker';
import type { Db } from 'mongodb';
import { Registry, collectDefaultMetrics } from 'prom-client';
import { createActivities } from '../activities/index.ts';
import { createWorkerMetrics } from '../activities/metrics.ts';
import type { ActivityDependencies } from '../activities/dependencies.ts';
import { readConfig, type Config } from '../adapters/config.ts';
import { createAttachmentFiles } from '../adapters/files/attachment-files.ts';
import { createFileStore } from '../adapters/files/create-file-store.ts';
import { createFilesRepository } from '../adapters/mongo/files-repository.ts';
import { createMediaRepository } from '../adapters/mongo/media-repository.ts';
import { createGuardedFetch } from '../adapters/guarded-fetch.ts';
import { createMailer } from '../adapters/mail/mailer.ts';
import { createLogger, type Logger } from '../adapters/logger.ts';
import { createGraphClient } from '../adapters/messenger/graph-client.ts';
import { createPageInspector } from '../adapters/messenger/page-inspector.ts';
import { createConfigurationCache } from '../adapters/mongo/configuration-cache.ts';
import { createConfigurationStore } from '../adapters/mongo/configuration/configuration-store.ts';
import { connectMongo } from '../adapters/mongo/connect-mongo.ts';
import { createAlertsRepository } from '../adapters/mongo/alerts-repository.ts';
import { createLiveEvents } from '../adapters/mongo/live-events.ts';
import { createReadModel, ensureReadModelIndexes } from '../adapters/mongo/read-model.ts';
import { createOperatorAlerts } from '../adapters/operator-alerts.ts';
import { createSecretBox } from '../adapters/secrets.ts';
import { createActors, type Actors } from '../adapters/temporal/actors.ts';
import { connectTemporal, createDataConverter, readConnectConfig } from '../adapters/temporal/connect-temporal.ts';
import { createWorker } from './create-worker.ts';
import { installRuntime } from './install-runtime.ts';
import { findFreePort, serveMetrics } from './metrics-server.ts';
import { startDispatchers } from './start-dispatchers.ts';

/** Under the activity's 30 s, so that the client gives up first and says what it knows. */
const GRAPH_TIMEOUT_MS = 20_000;
/** Longer than the worker's own grace. */
const SHUTDOWN_MS = 19_000;

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const logger = createLogger({ level: config.logLevel, processName: 'worker' });
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const sdkMetricsPort = config.workerMetricsPort === 0 ? undefined : await findFreePort();
  installRuntime(logger, sdkMetricsPort === undefined ? undefined : `127.0.0.1:${sdkMetricsPort}`);

  const [{ client: mongo, db }, temporal, connection] = await Promise.all([
    connectMongo(config.mongodbUri, () => logger.warn('MongoDB is connected to anew: the driver had stopped')),
    connectTemporal(config),
    NativeConnection.connect(readConnectConfig(config).connectionOptions),
  ]);
  await ensureReadModelIndexes(db);
  const actors = createActors(temporal);
  const deps = createDependencies(config, { db, actors, logger, registry });
  const worker = await createWorker({
    connection,
    namespace: config.temporalNamespace,
    dataConverter: createDataConverter(config),
    bundlePath: config.workflowBundle,
    activities: createActivities(deps),
  });
  const metricsServer = await serveMetrics(
    { host: config.host, port: config.workerMetricsPort },
    { registry, sdkMetricsPort },
  );
  const running = worker.run();
  await startDispatchers({ actors, configuration: deps.configuration });

  const closing = closeWithGrace({ delay: SHUTDOWN_MS, logger: false }, async ({ err, signal }) => {
    if (err) logger.fatal({ err }, 'the worker stops after an error nobody caught');
    else logger.info({ signal }, 'the worker stops');
    metricsServer?.close();
    worker.shutdown();
    await running;
    await Promise.allSettled([connection.close(), temporal.connection.close(), mongo.close()]);
  });
  // The supervisor of `npm start` is gone: nobody would stop this process any more.
  if (config.isEmbedded) process.once('disconnect', () => closing.close());
  process.send?.({ type: 'ready' });
  logger.info({ taskQueue: worker.options.taskQueue }, 'the worker is ready');
  await running;
}

interface Connections {
  db: Db;
  actors: Actors;
  logger: Logger;
  registry: Registry;
}

function createDependencies(config: Config, { db, actors, logger, registry }: Connections): ActivityDependencies {
  const store = createConfigurationStore(db, createSecretBox(config.encryptionKey, config.previousEncryptionKey));
  const { graphUrl, graphVersion } = config;
  const live = createLiveEvents(db, Date.now);
  return {
    configuration: createConfigurationCache({ store, logger }),
    scenarios: store.scenarios,
    scenarioVersions: new Map(),
    readModel: createReadModel(db, Date.now, live),
    graph: createGraphClient({ graphUrl, graphVersion, timeoutMs: GRAPH_TIMEOUT_MS }),
    inspector: createPageInspector({ graphUrl, graphVersion, timeoutMs: GRAPH_TIMEOUT_MS }),
    // The api sends what is noticed here on to the operators' webhook.
    alerts: createOperatorAlerts({
      repository: createAlertsRepository(db),
      logger,
      registry,
      guardedFetch: createGuardedFetch({ privateHosts: config.privateHosts }),
      url: config.alertWebhook,
      live,
      now: Date.now,
    }),
    files: createAttachmentFiles(
      { media: createMediaRepository(db), files: createFilesRepository(db) },
      createFileStore(config),
    ),
    actors,
    announcedClosures: new Map(),
    logger,
    metrics: createWorkerMetrics(registry),
    guardedFetch: createGuardedFetch({ privateHosts: config.privateHosts }),
    ...(config.mail && { mailer: createMailer(config.mail) }),
    timeZone: config.timeZone,
    random: Math.random,
    now: Date.now,
  };
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
