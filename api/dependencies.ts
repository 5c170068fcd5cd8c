import type { Registry } from 'prom-client';
import type { FileStore } from '../adapters/files/file-store.ts';
import type { GuardedFetch } from '../adapters/guarded-fetch.ts';
import type { Logger } from '../adapters/logger.ts';
import type { GraphClient } from '../adapters/messenger/graph-client.ts';
import type { PageInspector } from '../adapters/messenger/page-inspector.ts';
import type { CanaryConversations } from '../adapters/mongo/canary-conversations.ts';
import type { CommandResultsRepository } from '../adapters/mongo/command-results-repository.ts';
import type { ConfigurationCache } from '../adapters/mongo/configuration-cache.ts';
import type { CustomersRepository } from '../adapters/mongo/customers-repository.ts';
import type { ExportPieces } from '../adapters/mongo/records/export-pieces.ts';
import type { RecordExports } from '../adapters/mongo/records/record-exports.ts';
import type { Records } from '../adapters/mongo/records/records.ts';
import type { People } from '../adapters/mongo/people/people.ts';
import type { ConfigurationStore } from '../adapters/mongo/configuration/configuration-store.ts';
import type { LeasesRepository } from '../adapters/mongo/leases-repository.ts';
import type { DeadLetters } from '../adapters/mongo/dead-letters.ts';
import type { DeliveryLedger } from '../adapters/mongo/delivery-ledger.ts';
import type { RoutingRepository } from '../adapters/mongo/routing-repository.ts';
import type { BulkSurgeries } from '../adapters/mongo/bulk-surgeries.ts';
import type { TimerBoard } from '../adapters/mongo/timer-board.ts';
import type { ScenarioMovesRepository } from '../adapters/mongo/scenario-moves-repository.ts';
import type { EvaluationAssignments } from '../adapters/mongo/evaluation-assignments.ts';
import type { EvaluationDraws } from '../adapters/mongo/evaluation-draws.ts';
import type { EvaluationsRepository } from '../adapters/mongo/evaluations-repository.ts';
import type { WrapUpsRepository } from '../adapters/mongo/wrap-ups-repository.ts';
import type { SendLanesRepository } from '../adapters/mongo/send-lanes-repository.ts';
import type { AuditRepository } from '../adapters/mongo/audit-repository.ts';
import type { CustomerData } from '../adapters/mongo/customer-data.ts';
import type { ErasuresRepository } from '../adapters/mongo/erasures-repository.ts';
import type { Retention } from '../adapters/mongo/retention/retention.ts';
import type { LegalHoldsRepository } from '../adapters/mongo/retention/legal-holds-repository.ts';
import type { ConversationsRepository } from '../adapters/mongo/conversations-repository.ts';
import type { LiveEvents } from '../adapters/mongo/live-events.ts';
import type { MessagesRepository } from '../adapters/mongo/messages-repository.ts';
import type { HistoryRepository } from '../adapters/mongo/history-repository.ts';
import type { FilesRepository } from '../adapters/mongo/files-repository.ts';
import type { MediaRepository } from '../adapters/mongo/media-repository.ts';
import type { LedgerBalance } from '../adapters/mongo/ledger-balance.ts';
import type { ApiTokensRepository } from '../adapters/mongo/api-tokens-repository.ts';
import type { AlertsRepository } from '../adapters/mongo/alerts-repository.ts';
import type { PagesRepository } from '../adapters/mongo/pages-repository.ts';
import type { DeskRepositories } from '../adapters/mongo/desk.ts';
import type { OidcIdentities } from '../adapters/mongo/oidc-identities.ts';
import type { PresenceRepository } from '../adapters/mongo/presence-repository.ts';
import type { SecondFactors } from '../adapters/mongo/second-factors.ts';
import type { SessionsRepository } from '../adapters/mongo/sessions-repository.ts';
import type { TroubledRunsRepository } from '../adapters/mongo/troubled-runs-repository.ts';
import type { WebhookDeliveries } from '../adapters/mongo/webhook-deliveries.ts';
import type { WebhookSpool } from '../adapters/mongo/webhook-spool.ts';
import type { OidcProvider } from '../adapters/oidc/oidc-provider.ts';
import type { SecretBox } from '../adapters/secrets.ts';
import type { Role } from '../contracts/privileges.ts';
import type { OperatorAlerts } from '../adapters/operator-alerts.ts';
import type { ActorRuns } from '../adapters/temporal/actor-runs.ts';
import type { Workers } from '../adapters/temporal/workers.ts';
import type { Actors } from '../adapters/temporal/actors.ts';
import type { LeftCustomers } from './scenarios/left-customers.ts';
import type { ScenarioChecks } from './scenarios/scenario-checks.ts';
import type { Passwords } from './session/passwords.ts';
import type { ConversationReader } from './conversations/conversation-reader.ts';
import type { EventRecorder } from '../adapters/mongo/event-recorder.ts';

/** Settings of the api; times in milliseconds. */
interface AppSettings {
  bodyLimitBytes: number;
  /** Accepted as an admin's bearer; no bearer of that kind where absent. */
  adminToken: string | undefined;
  /** Whose word is taken for a caller's address and protocol. */
  trustedProxies: readonly string[];
  /** Asked for by `/metrics`; open where absent. */
  metricsToken: string | undefined;
  /** How the world reaches this api; what a request says of itself where absent. */
  publicUrl: string | undefined;
  /** Whether user name and password let anybody in. */
  hasLocalLogIn: boolean;
  /** Which of the roles that ship require a second factor. */
  secondFactorRoles: readonly Role[];
  /** Where the built console lies; a page says so where it does not. */
  consoleDir: string;
  /** Where `/simulator` leads; 404 where absent. */
  simulatorUrl: string | undefined;
  /** How much is copied of one customer's attachments in 24 hours. */
  attachmentQuota: { bytes: number; files: number };
  auditKeptMs: number;
  historyKeptMs: number;
  sessionLifetimeMs: number;
  /** Signs the tokens of known devices; 32 bytes. */
  deviceKey: Uint8Array;
  presenceLeaseMs: number;
  /** How long a webhook's events may take to their actors before they go to the spool. */
  directDeadlineMs: number;
  /** How long the answer to a spooled body waits: `SPOOL_HOLD_MS` wherever several processes may run. */
  spoolHoldMs: number;
}

/** Everything the api stands on: real ones in `main.ts`, fakes where a test wants them. */
export interface AppDependencies extends DeskRepositories {
  settings: AppSettings;
  logger: Logger;
  registry: Registry;
  actors: Actors;
  workers: Workers;
  store: ConfigurationStore;
  configuration: ConfigurationCache;
  sessions: SessionsRepository;
  apiTokens: ApiTokensRepository;
  passwords: Passwords;
  secondFactors: SecondFactors;
  /** Where people log in beside, or instead of, here. */
  oidc: OidcProvider | undefined;
  oidcIdentities: OidcIdentities;
  /** Seals what lies with browsers. */
  secrets: SecretBox;
  scenarioChecks: ScenarioChecks;
  presence: PresenceRepository;
  commandResults: CommandResultsRepository;
  conversations: ConversationReader;
  people: People;
  records: Records;
  recordExports: RecordExports;
  exportPieces: ExportPieces;
  customers: Pick<CustomersRepository, 'find' | 'isThreadElsewhere'>;
  eventRecorder: EventRecorder;
  live: LiveEvents;
  webhookDeliveries: WebhookDeliveries;
  /** What notes of live events refer to. */
  watched: {
    findConversations: ConversationsRepository['findMany'];
    findLatest: ConversationsRepository['findLatestOf'];
    findMessages: MessagesRepository['findReferred'];
    findEvents: HistoryRepository['findEvents'];
  };
  history: Pick<HistoryRepository, 'listConversationEvents' | 'listAgentEvents'>;
  /** Writes edits, deletions and reactions that came before their messages. */
  applyPendingChanges: () => Promise<void>;
  spool: WebhookSpool;
  deadLetters: DeadLetters;
  /** Which process looks at which Page, and when again. */
  pageWatch: LeasesRepository;
  /** Which process looks at the actors, and what was told of them. */
  actorWatch: LeasesRepository;
  troubledRuns: TroubledRunsRepository;
  actorRuns: ActorRuns;
  alerts: OperatorAlerts;
  customerData: CustomerData;
  erasures: ErasuresRepository;
  legalHolds: LegalHoldsRepository;
  retention: Retention;
  audit: AuditRepository;
  files: FilesRepository;
  media: MediaRepository;
  fileStore: FileStore;
  guardedFetch: GuardedFetch;
  alertList: Pick<AlertsRepository, 'acknowledge' | 'deleteResolvedBefore' | 'list' | 'listOpen' | 'resolveById'>;
  routing: Pick<RoutingRepository, 'listDecisions' | 'listDecisionsBetween'>;
  wrapUps: WrapUpsRepository;
  evaluations: EvaluationsRepository;
  evaluationAssignments: EvaluationAssignments;
  evaluationDraws: EvaluationDraws;
  /** Which process draws what is to be graded. */
  drawWatch: LeasesRepository;
  scenarioMoves: ScenarioMovesRepository;
  bulkSurgeries: BulkSurgeries;
  timerBoard: TimerBoard;
  canaryConversations: CanaryConversations;
  leftCustomers: LeftCustomers;
  /** Which process compares canaries with the rest. */
  canaryWatch: LeasesRepository;
  /** Keeps several api processes from looking at services at the same time. */
  serviceWatch: LeasesRepository;
  sendLanes: Pick<SendLanesRepository, 'getFresh' | 'listClosed'>;
  ledger: Pick<DeliveryLedger, 'find' | 'discard' | 'countParked' | 'listUnsettled' | 'abandon'>;
  graph: Pick<GraphClient, 'sendAction'>;
  pages: Pick<PagesRepository, 'find' | 'recordEvent'>;
  inspector: PageInspector;
  ledgerBalance: LedgerBalance;
  /** Fails where MongoDB does not answer. */
  pingMongo: () => Promise<void>;
  /** Epoch milliseconds. */
  now: () => number;
}
