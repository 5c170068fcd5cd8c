import { createLeftCustomers } from '../../../api/scenarios/left-customers.ts';
import { randomBytes, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import type { Db } from 'mongodb';
import { Registry } from 'prom-client';
import { createGuardedFetch } from '../../../adapters/guarded-fetch.ts';
import { createFolderStore } from '../../../adapters/files/folder-store.ts';
import { createLogger } from '../../../adapters/logger.ts';
import { createPageInspector } from '../../../adapters/messenger/page-inspector.ts';
import { createCanaryConversations } from '../../../adapters/mongo/canary-conversations.ts';
import { createCommandResultsRepository } from '../../../adapters/mongo/command-results-repository.ts';
import { createConfigurationCache } from '../../../adapters/mongo/configuration-cache.ts';
import {
  createConfigurationStore,
  ensureConfigurationIndexes,
} from '../../../adapters/mongo/configuration/configuration-store.ts';
import { createDeadLetters } from '../../../adapters/mongo/dead-letters.ts';
import { createPrivacy } from '../../../adapters/mongo/privacy.ts';
import { createFilesRepository } from '../../../adapters/mongo/files-repository.ts';
import { createMediaRepository } from '../../../adapters/mongo/media-repository.ts';
import { createLedgerBalance } from '../../../adapters/mongo/ledger-balance.ts';
import { createPagesRepository } from '../../../adapters/mongo/pages-repository.ts';
import { createLeasesRepository } from '../../../adapters/mongo/leases-repository.ts';
import { createApiTokensRepository } from '../../../adapters/mongo/api-tokens-repository.ts';
import { createAlertsRepository } from '../../../adapters/mongo/alerts-repository.ts';
import { createDeskRepositories } from '../../../adapters/mongo/desk.ts';
import { createOidcIdentities, ensureOidcIndexes } from '../../../adapters/mongo/oidc-identities.ts';
import { createSecondFactors } from '../../../adapters/mongo/second-factors.ts';
import { createPresenceRepository } from '../../../adapters/mongo/presence-repository.ts';
import { createLiveEvents } from '../../../adapters/mongo/live-events.ts';
import { createReadModel } from '../../../adapters/mongo/read-model.ts';
import { createExportPieces } from '../../../adapters/mongo/records/export-pieces.ts';
import { createRecordExports } from '../../../adapters/mongo/records/record-exports.ts';
import { createSessionsRepository } from '../../../adapters/mongo/sessions-repository.ts';
import { createTroubledRunsRepository } from '../../../adapters/mongo/troubled-runs-repository.ts';
import { createWebhookSpool } from '../../../adapters/mongo/webhook-spool.ts';
import { createOperatorAlerts } from '../../../adapters/operator-alerts.ts';
import { createSecretBox } from '../../../adapters/secrets.ts';
import { buildApp, type BuiltApp } from '../../../api/app.ts';
import type { AppDependencies } from '../../../api/dependencies.ts';
import type { RecordedEvent } from '../../../adapters/mongo/event-recorder.ts';
import type { ConfigurationDocument } from '../../../contracts/configuration-schema.ts';
import type { WebhookEvent } from '../../../contracts/webhook-event.ts';
import { createFakeGraph } from '../../support/fake-graph.ts';
import { createTestDatabase } from '../../support/test-database.ts';
import { sharedThreads } from './shared-threads.ts';
import { createFakeActors, type FakeActors } from './fake-actors.ts';
import { createFakeConversations, type FakeConversations } from './fake-conversations.ts';

export const ADMIN_TOKEN = 'an-admin-token-for-tests-only-0123456789';

/** One api on a database of its own, with actors and read model faked. */
export interface TestApi extends BuiltApp {
  deps: AppDependencies;
  db: Db;
  actors: FakeActors;
  conversations: FakeConversations;
  recorded: WebhookEvent[];
  /** What the recorder answers. */
  onRecord: (event: WebhookEvent) => RecordedEvent;
  logLines: string[];
  /** Milliseconds that the clock is ahead. */
  clock: { aheadMs: number };
  apply(documents: unknown[], options?: { dryRun?: boolean }): ReturnType<TestApi['call']>;
  logIn(username: string): Promise<string>;
  call(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    options?: { token?: string; body?: unknown; headers?: Record<string, string> },
  ): Promise<{ status: number; body: any; headers: Record<string, unknown>; text: string }>; // oxlint-disable-line typescript/no-explicit-any -- bodies are what tests look at
  stop(): Promise<void>;
}

export const SESSION_IDLE_MS = 3_000_000;
export const PASSWORD = 'correct horse battery';

export const tinyScenario = `attendant: 1
scenario: tiny
blocks:
  hello:
    send-message: { text: "Hello." }
  end:
    exit: {}
`;

/** A small sound configuration: one Page, its entry, a service and one user of each role. */
export function smallConfiguration(): ConfigurationDocument[] {
  return [
    {
      kind: 'account',
      name: 'shop',
      pageId: 'page-1',
      pageToken: 'EAAB-1',
      appSecret: 'app-secret-1',
      verifyToken: 'v-1',
    },
    { kind: 'scenario', source: tinyScenario },
    { kind: 'service', name: 'support', skills: ['support', 'billing'] },
    { kind: 'entry', name: 'front-door', account: 'shop', scenario: 'tiny', service: 'support' },
    {
      kind: 'user',
      username: 'ann',
      name: 'Ann',
      role: 'agent',
      skills: { support: 80 },
      slots: 2,
      password: PASSWORD,
    },
    { kind: 'user', username: 'sue', role: 'supervisor', skills: {}, password: PASSWORD },
    { kind: 'user', username: 'adam', role: 'admin', skills: {}, password: PASSWORD },
  ];
}

/** Starts an api without a port. `change` replaces what a test wants otherwise. */
export async function startApi(
  change: (deps: AppDependencies) => Partial<AppDependencies> = () => ({}),
): Promise<TestApi> {
  const db = await createTestDatabase();
  await ensureConfigurationIndexes(db);
  await ensureOidcIndexes(db);
  const logLines: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logLines.push(chunk.toString());
      done();
    },
  });
  const secrets = createSecretBox(randomBytes(32));
  const logger = createLogger({ level: 'debug', processName: 'api' }, sink);
  const store = createConfigurationStore(db, secrets);
  const clock = { aheadMs: 0 };
  const now = (): number => Date.now() + clock.aheadMs;
  const actors = createFakeActors();
  const live = createLiveEvents(db, now);
  const readModel = createReadModel(db, now, live);
  const conversations = createFakeConversations();
  const recorded: WebhookEvent[] = [];
  const registry = new Registry();
  const filesDir = path.join(tmpdir(), `attendant-files-${randomUUID()}`);
  const fileStore = createFolderStore(filesDir);
  const alertList = createAlertsRepository(db);
  const configuration = createConfigurationCache({ store, logger, now });
  const desk = createDeskRepositories(db);
  const real: AppDependencies = {
    settings: {
      bodyLimitBytes: 100_000,
      adminToken: ADMIN_TOKEN,
      trustedProxies: [],
      metricsToken: undefined,
      publicUrl: undefined,
      hasLocalLogIn: true,
      secondFactorRoles: [],
      consoleDir: path.join(filesDir, 'no-console'),
      simulatorUrl: undefined,
      attachmentQuota: { bytes: 1_000_000, files: 100 },
      auditKeptMs: 86_400_000,
      historyKeptMs: 86_400_000,
      sessionLifetimeMs: 3_600_000,
      deviceKey: randomBytes(32),
      presenceLeaseMs: 600_000,
      directDeadlineMs: 2000,
      spoolHoldMs: 0,
    },
    logger,
    registry,
    actors,
    workers: { list: async () => [] },
    store,
    configuration,
    sessions: createSessionsRepository(db.collection('sessions'), SESSION_IDLE_MS),
    apiTokens: createApiTokensRepository(db),
    secondFactors: createSecondFactors(db, secrets),
    oidc: undefined,
    oidcIdentities: createOidcIdentities(db),
    secrets,
    ...sharedThreads,
    presence: createPresenceRepository(db.collection('presence')),
    ...desk,
    leftCustomers: createLeftCustomers({ configuration, ...desk }),
    commandResults: createCommandResultsRepository(db.collection('command-results')),
    conversations,
    people: readModel.people,
    records: readModel.records,
    recordExports: createRecordExports(db),
    exportPieces: createExportPieces({ db, fileStore }),
    customers: readModel.customers,
    eventRecorder: {
      async recordEvent(event) {
        recorded.push(event);
        return api.onRecord(event);
      },
    },
    live,
    webhookDeliveries: readModel.webhookDeliveries,
    watched: {
      findConversations: (ids) => readModel.conversations.findMany(ids),
      findLatest: (customers) => readModel.conversations.findLatestOf(customers),
      findMessages: (references) => readModel.messages.findReferred(references),
      findEvents: (references) => readModel.history.findEvents(references),
    },
    history: readModel.history,
    applyPendingChanges: async () => undefined,
    spool: createWebhookSpool(db, secrets),
    deadLetters: createDeadLetters(db, secrets),
    files: createFilesRepository(db),
    media: createMediaRepository(db),
    fileStore,
    ...createPrivacy({ db, secrets, fileStore, now }),
    guardedFetch: createGuardedFetch({ privateHosts: ['127.0.0.1'] }),
    alertList,
    alerts: createOperatorAlerts({
      repository: alertList,
      logger,
      registry,
      guardedFetch: createGuardedFetch({ privateHosts: ['127.0.0.1'] }),
      url: undefined,
      live,
      now,
    }),
    actorWatch: createLeasesRepository(db, 'actor-watch'),
    troubledRuns: createTroubledRunsRepository(db),
    actorRuns: { listBroken: async () => [], listFailing: async () => [], isOver: async () => true },
    pageWatch: createLeasesRepository(db, 'page-watch'),
    canaryConversations: createCanaryConversations(db),
    canaryWatch: createLeasesRepository(db, 'canary-watch'),
    serviceWatch: createLeasesRepository(db, 'service-watch'),
    pages: createPagesRepository(db),
    sendLanes: readModel.sendLanes,
    routing: readModel.routing,
    wrapUps: readModel.wrapUps,
    evaluations: readModel.evaluations,
    evaluationAssignments: readModel.evaluationAssignments,
    evaluationDraws: readModel.evaluationDraws,
    drawWatch: createLeasesRepository(db, 'draw-watch'),
    scenarioMoves: readModel.scenarioMoves,
    bulkSurgeries: readModel.bulkSurgeries,
    timerBoard: readModel.timerBoard,
    ledger: readModel.ledger,
    graph: createFakeGraph(),
    ledgerBalance: createLedgerBalance(db),
    // Nobody listens there: tests of accounts give their own.
    inspector: createPageInspector({ graphUrl: 'http://127.0.0.1:9', graphVersion: 'v26.0', timeoutMs: 1000 }),
    pingMongo: async () => {
      await db.command({ ping: 1 });
    },
    now,
  };
  const deps = { ...real, ...change(real) };
  const built = await buildApp(deps);
  const api: TestApi = {
    ...built,
    deps,
    db,
    actors,
    conversations,
    recorded,
    onRecord: () => ({}),
    logLines,
    clock,
    apply: (documents, options = {}) =>
      api.call('POST', '/api/v1/configuration/apply', { token: ADMIN_TOKEN, body: { documents, ...options } }),
    async logIn(username) {
      const { status, text, body } = await api.call('POST', '/api/v1/session', {
        body: { username, password: PASSWORD },
      });
      // Without a token the calls that follow would tell of something else.
      if (status !== 200 && status !== 201) throw new Error(`${username} cannot log in: ${status} ${text}`);
      return (body as { token: string }).token;
    },
    async call(method, url, { token, body, headers = {} } = {}) {
      const answer = await built.app.inject({
        method,
        url,
        headers: { ...headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
        ...(body === undefined ? {} : { payload: body as object }),
      });
      const isJson = String(answer.headers['content-type']).startsWith('application/json');
      const parsed: unknown = isJson ? answer.json() : answer.body;
      return { status: answer.statusCode, body: parsed, headers: answer.headers, text: answer.body };
    },
    async stop() {
      await built.app.close();
      await db.dropDatabase();
      await rm(filesDir, { recursive: true, force: true });
    },
  };
  return api;
}
