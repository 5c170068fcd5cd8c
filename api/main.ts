/** The api process: reads the environment, connects MongoDB and Temporal, serves HTTP, watches presence. */
import path from 'node:path';
import type { Client } from '@temporalio/client';
import closeWithGrace from 'close-with-grace';
import type { Db } from 'mongodb';
import { Registry } from 'prom-client';
import { readConfig, type Config } from '../adapters/config.ts';
import { deriveKey } from '../adapters/derive-key.ts';
import { createGuardedFetch } from '../adapters/guarded-fetch.ts';
import { createFileStore } from '../adapters/files/create-file-store.ts';
import { createLogger, type Logger } from '../adapters/logger.ts';
import { createGraphClient } from '../adapters/messenger/graph-client.ts';
import { createPageInspector } from '../adapters/messenger/page-inspector.ts';
import { createCanaryConversations, ensureCanaryIndexes } from '../adapters/mongo/canary-conversations.ts';
import { createCommandResultsRepository } from '../adapters/mongo/command-results-repository.ts';
import { createConfigurationCache } from '../adapters/mongo/configuration-cache.ts';
import {
  createConfigurationStore,
  ensureConfigurationIndexes,
} from '../adapters/mongo/configuration/configuration-store.ts';
import { connectMongo } from '../adapters/mongo/connect-mongo.ts';
import { createDeadLetters, ensureDeadLetterIndexes } from '../adapters/mongo/dead-letters.ts';
import { createPrivacy, ensurePrivacyIndexes } from '../adapters/mongo/privacy.ts';
import { createOidcIdentities, ensureOidcIndexes } from '../adapters/mongo/oidc-identities.ts';
import { createOidcProvider } from '../adapters/oidc/oidc-provider.ts';
import { ensureFileIndexes } from '../adapters/mongo/files-repository.ts';
import { createLedgerBalance } from '../adapters/mongo/ledger-balance.ts';
import { createLeasesRepository } from '../adapters/mongo/leases-repository.ts';
import { createApiTokensRepository } from '../adapters/mongo/api-tokens-repository.ts';
import { createAlertsRepository, ensureAlertIndexes } from '../adapters/mongo/alerts-repository.ts';
import { createSecondFactors } from '../adapters/mongo/second-factors.ts';
import { createDeskRepositories, ensureDeskIndexes } from '../adapters/mongo/desk.ts';
import { createPresenceRepository } from '../adapters/mongo/presence-repository.ts';
import { createLiveEvents } from '../adapters/mongo/live-events.ts';
import { createReadModel, ensureReadModelIndexes, type ReadModel } from '../adapters/mongo/read-model.ts';
import { createSessionsRepository } from '../adapters/mongo/sessions-repository.ts';
import { createTroubledRunsRepository } from '../adapters/mongo/troubled-runs-repository.ts';
import { createWebhookSpool, ensureSpoolIndexes } from '../adapters/mongo/webhook-spool.ts';
import { createOperatorAlerts } from '../adapters/operator-alerts.ts';
import { createSecretBox, type SecretBox } from '../adapters/secrets.ts';
import { connectTemporal } from '../adapters/temporal/connect-temporal.ts';
import { createActorRuns } from '../adapters/temporal/actor-runs.ts';
import { createWorkers } from '../adapters/temporal/workers.ts';
import { createActors } from '../adapters/temporal/actors.ts';
import { buildApp } from './app.ts';
import { startBackgroundTasks } from './background-tasks.ts';
import type { AppDependencies } from './dependencies.ts';
import { createFileLists } from './files/create-file-lists.ts';
import { createLeftCustomers } from './scenarios/left-customers.ts';
import { createScenarioChecks } from './scenarios/scenario-checks.ts';
import { createPasswords } from './session/passwords.ts';
import { SPOOL_HOLD_MS } from './webhook/spool-view.ts';

const now = (): number => Date.now();
const MINUTE_MS = 60_000;
const SESSION_LIFETIME_MS = 12 * 60 * MINUTE_MS;
const SESSION_IDLE_MS = 60 * MINUTE_MS;
const PRESENCE_LEASE_MS = 10 * MINUTE_MS;
/** Of one look at Meta: a test of an account makes up to six, one after the other. */
const INSPECT_TIMEOUT_MS = 5000;
/** Leaves time to spool what did not get through: Messenger waits 5 s for its answer. */
const DIRECT_DEADLINE_MS = 2000;
/** Of one customer. */
const ATTACHMENTS_A_DAY = 500;
const SHUTDOWN_MS = 10_000;

async function connect(config: Config): Promise<{ deps: AppDependencies; disconnect: () => Promise<void> }> {
  const logger = createLogger({ level: config.logLevel, processName: 'api' });
  const [{ client: mongo, db }, temporal] = await Promise.all([
    connectMongo(config.mongodbUri, () => logger.warn('MongoDB is connected to anew: the driver had stopped')),
    connectTemporal(config),
  ]);
  await Promise.all([
    ensureConfigurationIndexes(db),
    ensureReadModelIndexes(db),
    ensureSpoolIndexes(db),
    ensureDeadLetterIndexes(db),
    ensureAlertIndexes(db),
    ensureFileIndexes(db),
    ensureOidcIndexes(db),
    ensurePrivacyIndexes(db),
    ensureDeskIndexes(db),
    ensureCanaryIndexes(db),
  ]);
  const disconnect = async (): Promise<void> => {
    await Promise.allSettled([mongo.close(), temporal.connection.close()]);
  };
  return { deps: createDependencies(config, { db, temporal, logger }), disconnect };
}

function settingsOf(config: Config): AppDependencies['settings'] {
  return {
    bodyLimitBytes: config.bodyLimitBytes,
    adminToken: config.adminToken,
    trustedProxies: config.trustedProxies,
    metricsToken: config.metricsToken,
    publicUrl: config.publicUrl,
    hasLocalLogIn: config.hasLocalLogIn,
    secondFactorRoles: config.secondFactorRoles,
    consoleDir: path.join(import.meta.dirname, '..', 'console'),
    simulatorUrl: config.simulatorUrl,
    attachmentQuota: { bytes: config.attachmentQuotaMb * 1024 * 1024, files: ATTACHMENTS_A_DAY },
    auditKeptMs: config.auditDays * 24 * 60 * MINUTE_MS,
    historyKeptMs: config.historyDays * 24 * 60 * MINUTE_MS,
    sessionLifetimeMs: SESSION_LIFETIME_MS,
    deviceKey: deriveKey(config.encryptionKey, 'known-devices'),
    presenceLeaseMs: PRESENCE_LEASE_MS,
    directDeadlineMs: DIRECT_DEADLINE_MS,
    spoolHoldMs: SPOOL_HOLD_MS,
  };
}

/** Of the read model what the api looks at itself. */
function pickRepositories({
  customers,
  pages,
  ...rest
}: ReadModel): Pick<
  AppDependencies,
  | 'customers'
  | 'pages'
  | 'sendLanes'
  | 'ledger'
  | 'routing'
  | 'wrapUps'
  | 'evaluations'
  | 'evaluationAssignments'
  | 'evaluationDraws'
  | 'scenarioMoves'
  | 'bulkSurgeries'
  | 'timerBoard'
> {
  const { sendLanes, ledger, routing, wrapUps, scenarioMoves, bulkSurgeries, timerBoard } = rest;
  const { evaluations, evaluationAssignments, evaluationDraws } = rest;
  const grading = { evaluations, evaluationAssignments, evaluationDraws };
  const operations = { scenarioMoves, bulkSurgeries, timerBoard };
  return { customers, pages, sendLanes, ledger, routing, wrapUps, ...operations, ...grading };
}

function createDependencies(
  config: Config,
  { db, temporal, logger }: { db: Db; temporal: Client; logger: Logger },
): AppDependencies {
  const registry = new Registry();
  const secrets = createSecretBox(config.encryptionKey, config.previousEncryptionKey);
  const store = createConfigurationStore(db, secrets);
  const live = createLiveEvents(db, now);
  const readModel = createReadModel(db, now, live);
  const alertList = createAlertsRepository(db);
  const fileStore = createFileStore(config);
  const guardedFetch = createGuardedFetch({ privateHosts: config.privateHosts });
  const configuration = createConfigurationCache({ store, logger, now });
  const desk = createDeskRepositories(db);
  const graphApi = graphApiOf(config);
  return {
    settings: settingsOf(config),
    logger,
    registry,
    actors: createActors(temporal),
    workers: createWorkers(temporal),
    store,
    configuration,
    sessions: createSessionsRepository(db.collection('sessions'), SESSION_IDLE_MS),
    apiTokens: createApiTokensRepository(db),
    passwords: createPasswords(),
    secondFactors: createSecondFactors(db, secrets),
    ...createProviderLogIn(config, { db, secrets }),
    scenarioChecks: createScenarioChecks(),
    presence: createPresenceRepository(db.collection('presence')),
    ...desk,
    commandResults: createCommandResultsRepository(db.collection('command-results')),
    ...readersOf(readModel),
    live,
    spool: createWebhookSpool(db, secrets),
    deadLetters: createDeadLetters(db, secrets),
    alertList,
    ...createPrivacy({ db, secrets, fileStore, now }),
    ...createFileLists({ db, fileStore }),
    guardedFetch,
    alerts: createOperatorAlerts({
      repository: alertList,
      logger,
      registry,
      guardedFetch,
      url: config.alertWebhook,
      live,
      now,
    }),
    ...createWatching(db, temporal),
    leftCustomers: createLeftCustomers({ configuration, ...desk }),
    ...pickRepositories(readModel),
    graph: createGraphClient(graphApi),
    ledgerBalance: createLedgerBalance(db),
    inspector: createPageInspector(graphApi),
    pingMongo: async () => void (await db.command({ ping: 1 })),
    now,
  };
}

function readersOf(
  readModel: ReadModel,
): Pick<
  AppDependencies,
  | 'conversations'
  | 'watched'
  | 'people'
  | 'records'
  | 'eventRecorder'
  | 'history'
  | 'webhookDeliveries'
  | 'applyPendingChanges'
> {
  const { conversations, messages, events, history, people, records, webhookDeliveries } = readModel;
  return {
    conversations: {
      ...conversations,
      listMessages: (...page) => messages.listMessages(...page),
      listStored: (...found) => messages.listStored(...found),
    },
    watched: {
      findConversations: (ids) => conversations.findMany(ids),
      findLatest: (customers) => conversations.findLatestOf(customers),
      findMessages: (references) => messages.findReferred(references),
      findEvents: (references) => history.findEvents(references),
    },
    people,
    records,
    eventRecorder: events,
    history,
    webhookDeliveries,
    applyPendingChanges: () => readModel.applyPendingChanges(),
  };
}

/** Where Graph is asked, and how long it may take. */
function graphApiOf({ graphUrl, graphVersion }: Config): Parameters<typeof createPageInspector>[0] {
  return { graphUrl, graphVersion, timeoutMs: INSPECT_TIMEOUT_MS };
}

/** What is looked at again and again, each by one process at a time. */
function createWatching(
  db: Db,
  temporal: Client,
): Pick<
  AppDependencies,
  | 'pageWatch'
  | 'actorWatch'
  | 'troubledRuns'
  | 'actorRuns'
  | 'canaryWatch'
  | 'canaryConversations'
  | 'serviceWatch'
  | 'drawWatch'
> {
  return {
    pageWatch: createLeasesRepository(db, 'page-watch'),
    actorWatch: createLeasesRepository(db, 'actor-watch'),
    troubledRuns: createTroubledRunsRepository(db),
    actorRuns: createActorRuns(temporal),
    canaryWatch: createLeasesRepository(db, 'canary-watch'),
    serviceWatch: createLeasesRepository(db, 'service-watch'),
    drawWatch: createLeasesRepository(db, 'draw-watch'),
    canaryConversations: createCanaryConversations(db),
  };
}

function createProviderLogIn(
  { oidc }: Config,
  { db, secrets }: { db: Db; secrets: SecretBox },
): Pick<AppDependencies, 'oidc' | 'oidcIdentities' | 'secrets'> {
  return { oidc: oidc && createOidcProvider(oidc), oidcIdentities: createOidcIdentities(db), secrets };
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
