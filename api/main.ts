/** The api process: reads the environment, connects MongoDB and Temporal, serves HTTP, watches presence. */
import type { Client } from '@temporalio/client';
import closeWithGrace from 'close-with-grace';
import type { Db } from 'mongodb';
import { Registry } from 'prom-client';
import { readConfig, type Config } from '../adapters/config.ts';
import { deriveKey } from '../adapters/derive-key.ts';
import { createGuardedFetch } from '../adapters/guarded-fetch.ts';
import type { FileStore } from '../adapters/files/file-store.ts';
import { createFileStore } from '../adapters/files/create-file-store.ts';
import { createLogger } from '../adapters/logger.ts';
import { createGraphClient } from '../adapters/messenger/graph-client.ts';
import { createPageInspector } from '../adapters/messenger/page-inspector.ts';
import { createCommandResultsRepository } from '../adapters/mongo/command-results-repository.ts';
import { createConfigurationCache } from '../adapters/mongo/configuration-cache.ts';
import {
  createConfigurationStore,
  ensureConfigurationIndexes,
} from '../adapters/mongo/configuration/configuration-store.ts';
import { connectMongo } from '../adapters/mongo/connect-mongo.ts';
import { createDeadLetters, ensureDeadLetterIndexes } from '../adapters/mongo/dead-letters.ts';
import { createAuditRepository, ensureAuditIndexes } from '../adapters/mongo/audit-repository.ts';
import { createCustomerData } from '../adapters/mongo/customer-data.ts';
import { createErasuresRepository, ensureErasureIndexes } from '../adapters/mongo/erasures-repository.ts';
import { createFilesRepository, ensureFileIndexes } from '../adapters/mongo/files-repository.ts';
import { createMediaRepository } from '../adapters/mongo/media-repository.ts';
import { createLedgerBalance } from '../adapters/mongo/ledger-balance.ts';
import { createLeasesRepository } from '../adapters/mongo/leases-repository.ts';
import { createAlertsRepository, ensureAlertIndexes } from '../adapters/mongo/alerts-repository.ts';
import { createPresenceRepository } from '../adapters/mongo/presence-repository.ts';
import { createReadModel, ensureReadModelIndexes, type ReadModel } from '../adapters/mongo/read-model.ts';
import { createSessionsRepository } from '../adapters/mongo/sessions-repository.ts';
import { createTroubledRunsRepository } from '../adapters/mongo/troubled-runs-repository.ts';
import { createWebhookSpool, ensureSpoolIndexes } from '../adapters/mongo/webhook-spool.ts';
import { createOperatorAlerts } from '../adapters/operator-alerts.ts';
import { createSecretBox, type SecretBox } from '../adapters/secrets.ts';
import { connectTemporal } from '../adapters/temporal/connect-temporal.ts';
import { createPageWatch, WATCH_TICK_MS } from './accounts/watch-pages.ts';
import { ACTOR_WATCH_TICK_MS, createActorWatch } from './actors/watch-actors.ts';
import { createActorRuns } from '../adapters/temporal/actor-runs.ts';
import { createActors } from '../adapters/temporal/actors.ts';
import { reportLostAgents, runEvery } from './agents/watch-presence.ts';
import { buildApp, type BuiltApp } from './app.ts';
import type { AppDependencies } from './dependencies.ts';
import { carryOutErasures, ERASURE_TICK_MS } from './privacy/erase-customers.ts';
import { COPIES_AT_ONCE, COPY_TICK_MS, createCopier, sweepFiles } from './files/copy-attachments.ts';
import { createScenarioChecks } from './scenarios/scenario-checks.ts';
import { createPasswords } from './session/passwords.ts';
import { SPOOL_TICK_MS } from './webhook/drain-spool.ts';
import { SPOOL_HOLD_MS } from './webhook/spool-view.ts';

const now = (): number => Date.now();
const MINUTE_MS = 60_000;
const SESSION_LIFETIME_MS = 12 * 60 * MINUTE_MS;
const SESSION_IDLE_MS = 60 * MINUTE_MS;
const PRESENCE_LEASE_MS = 10 * MINUTE_MS;
const PRESENCE_CHECK_MS = 5000;
const COMMAND_RESULTS_KEPT_MS = 24 * 60 * MINUTE_MS;
/** Of one look at Meta: a test of an account makes up to six, one after the other. */
const INSPECT_TIMEOUT_MS = 5000;
/** Leaves time to spool what did not get through: Messenger waits 5 s for its answer. */
const DIRECT_DEADLINE_MS = 2000;
const KEPT_BODIES_KEPT_MS = 30 * 24 * 60 * MINUTE_MS;
const LATE_CHANGES_TICK_MS = 1000;
/** Of one customer. */
const ATTACHMENTS_A_DAY = 500;
const ALERT_TICK_MS = 5000;
const ALERTS_KEPT_MS = 90 * 24 * 60 * MINUTE_MS;
/** What users were told, and which e-mails were sent: longer than any retry. */
const MESSAGES_KEPT_MS = 90 * 24 * 60 * MINUTE_MS;
const SHUTDOWN_MS = 10_000;

async function connect(config: Config): Promise<{ deps: AppDependencies; disconnect: () => Promise<void> }> {
  const [{ client: mongo, db }, temporal] = await Promise.all([
    connectMongo(config.mongodbUri),
    connectTemporal(config),
  ]);
  await Promise.all([
    ensureConfigurationIndexes(db),
    ensureReadModelIndexes(db),
    ensureSpoolIndexes(db),
    ensureDeadLetterIndexes(db),
    ensureAlertIndexes(db),
    ensureFileIndexes(db),
    ensureErasureIndexes(db),
    ensureAuditIndexes(db),
  ]);
  const disconnect = async (): Promise<void> => {
    await Promise.allSettled([mongo.close(), temporal.connection.close()]);
  };
  return { deps: createDependencies(config, { db, temporal }), disconnect };
}

function settingsOf(config: Config): AppDependencies['settings'] {
  return {
    bodyLimitBytes: config.bodyLimitBytes,
    adminToken: config.adminToken,
    trustedProxies: config.trustedProxies,
    metricsToken: config.metricsToken,
    publicUrl: config.publicUrl,
    simulatorUrl: config.simulatorUrl,
    attachmentQuota: { bytes: config.attachmentQuotaMb * 1024 * 1024, files: ATTACHMENTS_A_DAY },
    auditKeptMs: config.auditDays * 24 * 60 * MINUTE_MS,
    sessionLifetimeMs: SESSION_LIFETIME_MS,
    deviceKey: deriveKey(config.encryptionKey, 'known-devices'),
    presenceLeaseMs: PRESENCE_LEASE_MS,
    directDeadlineMs: DIRECT_DEADLINE_MS,
    spoolHoldMs: SPOOL_HOLD_MS,
  };
}

/** Of the read model what the api looks at itself. */
function pickRepositories({
  pages,
  sendLanes,
  ledger,
  routing,
  wrapUps,
}: ReadModel): Pick<AppDependencies, 'pages' | 'sendLanes' | 'ledger' | 'routing' | 'wrapUps'> {
  return { pages, sendLanes, ledger, routing, wrapUps };
}

function createDependencies(config: Config, { db, temporal }: { db: Db; temporal: Client }): AppDependencies {
  const logger = createLogger({ level: config.logLevel, processName: 'api' });
  const registry = new Registry();
  const secrets = createSecretBox(config.encryptionKey, config.previousEncryptionKey);
  const store = createConfigurationStore(db, secrets);
  const readModel = createReadModel(db, now);
  const alertList = createAlertsRepository(db);
  const fileStore = createFileStore(config);
  const guardedFetch = createGuardedFetch({ privateHosts: config.privateHosts });
  const { graphUrl, graphVersion } = config;
  const graphApi = { graphUrl, graphVersion, timeoutMs: INSPECT_TIMEOUT_MS };
  return {
    settings: settingsOf(config),
    logger,
    registry,
    actors: createActors(temporal),
    store,
    configuration: createConfigurationCache({ store, logger, now }),
    sessions: createSessionsRepository(db.collection('sessions'), SESSION_IDLE_MS),
    passwords: createPasswords(),
    scenarioChecks: createScenarioChecks(),
    presence: createPresenceRepository(db.collection('presence')),
    commandResults: createCommandResultsRepository(db.collection('command-results')),
    ...readersOf(readModel),
    spool: createWebhookSpool(db, secrets),
    deadLetters: createDeadLetters(db, secrets),
    alertList,
    ...createPrivacy({ db, secrets, fileStore }),
    files: createFilesRepository(db),
    media: createMediaRepository(db),
    fileStore,
    guardedFetch,
    alerts: createOperatorAlerts({
      repository: alertList,
      logger,
      registry,
      guardedFetch,
      url: config.alertWebhook,
      now,
    }),
    pageWatch: createLeasesRepository(db, 'page-watch'),
    ...createActorWatching(db, temporal),
    ...pickRepositories(readModel),
    graph: createGraphClient(graphApi),
    ledgerBalance: createLedgerBalance(db),
    inspector: createPageInspector(graphApi),
    pingMongo: async () => {
      await db.command({ ping: 1 });
    },
    now,
  };
}

function readersOf(
  readModel: ReadModel,
): Pick<AppDependencies, 'conversations' | 'people' | 'eventRecorder' | 'applyPendingChanges'> {
  return {
    conversations: {
      ...readModel.conversations,
      listMessages: (...page) => readModel.messages.listMessages(...page),
      listStored: (...found) => readModel.messages.listStored(...found),
    },
    people: readModel.people,
    eventRecorder: readModel.events,
    applyPendingChanges: () => readModel.applyPendingChanges(),
  };
}

function createActorWatching(
  db: Db,
  temporal: Client,
): Pick<AppDependencies, 'actorWatch' | 'troubledRuns' | 'actorRuns'> {
  return {
    actorWatch: createLeasesRepository(db, 'actor-watch'),
    troubledRuns: createTroubledRunsRepository(db),
    actorRuns: createActorRuns(temporal),
  };
}

function createPrivacy(parts: {
  db: Db;
  secrets: SecretBox;
  fileStore: FileStore;
}): Pick<AppDependencies, 'customerData' | 'erasures' | 'audit'> {
  const { db, secrets } = parts;
  return {
    customerData: createCustomerData(parts),
    erasures: createErasuresRepository(db, secrets),
    audit: createAuditRepository(db),
  };
}

/** Work beside requests; any number of api processes may do it at once. */
function startBackgroundTasks(deps: AppDependencies, { metrics, spoolDrain }: BuiltApp): () => void {
  const { audit, people, sessions, commandResults, deadLetters, alerts, alertList, logger } = deps;
  const copier = createCopier(deps);
  const pageWatch = createPageWatch(deps);
  const actorWatch = createActorWatch(deps);
  const stops = [
    runEvery(PRESENCE_CHECK_MS, () => reportLostAgents(deps, metrics), logger),
    runEvery(SPOOL_TICK_MS, () => spoolDrain.tick(), logger),
    runEvery(10 * MINUTE_MS, () => deadLetters.deleteOlderThan(now() - KEPT_BODIES_KEPT_MS), logger),
    runEvery(ACTOR_WATCH_TICK_MS, () => actorWatch.tick(), logger),
    runEvery(WATCH_TICK_MS, () => pageWatch.tick(), logger),
    runEvery(ERASURE_TICK_MS, () => carryOutErasures(deps), logger),
    runEvery(LATE_CHANGES_TICK_MS, () => deps.applyPendingChanges(), logger),
    ...Array.from({ length: COPIES_AT_ONCE }, () => runEvery(COPY_TICK_MS, () => copier.work(), logger)),
    runEvery(10 * MINUTE_MS, () => sweepFiles(deps), logger),
    runEvery(ALERT_TICK_MS, () => alerts.sendUnsent(), logger),
    runEvery(10 * MINUTE_MS, () => alertList.deleteResolvedBefore(now() - ALERTS_KEPT_MS), logger),
    runEvery(10 * MINUTE_MS, () => audit.deleteOlderThan(now() - deps.settings.auditKeptMs), logger),
    runEvery(10 * MINUTE_MS, () => people.internalMessages.deleteOlderThan(now() - MESSAGES_KEPT_MS), logger),
    runEvery(10 * MINUTE_MS, () => people.sentMails.deleteOlderThan(now() - MESSAGES_KEPT_MS), logger),
    runEvery(10 * MINUTE_MS, () => sessions.deleteExpired(now()), logger),
    runEvery(10 * MINUTE_MS, () => commandResults.deleteOlderThan(now() - COMMAND_RESULTS_KEPT_MS), logger),
  ];
  return () => stops.forEach((stop) => stop());
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const { deps, disconnect } = await connect(config);
  const built = await buildApp(deps);
  const stopTasks = startBackgroundTasks(deps, built);
  await built.app.listen({ port: config.port, host: config.host });
  const address = built.app.server.address();
  const port = typeof address === 'object' && address ? address.port : config.port;

  const closing = closeWithGrace({ delay: SHUTDOWN_MS, logger: false }, async ({ err }) => {
    if (err) deps.logger.fatal({ err }, 'api stops after an error nobody caught');
    stopTasks();
    await built.app.close();
    await built.spoolDrain.stop();
    await Promise.all([deps.passwords.close(), deps.scenarioChecks.close()]);
    await disconnect();
  });
  // The supervisor of `npm start` is gone: nobody would stop this process any more.
  if (config.isEmbedded) process.once('disconnect', () => closing.close());
  process.send?.({ type: 'ready', port });
  deps.logger.info({ port, host: config.host }, 'api listens');
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
