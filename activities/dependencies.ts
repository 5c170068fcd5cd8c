import type { Mailer } from '../adapters/mail/mailer.ts';
import type { GuardedFetch } from '../adapters/guarded-fetch.ts';
import type { Logger } from '../adapters/logger.ts';
import type { GraphClient } from '../adapters/messenger/graph-client.ts';
import type { OperatorAlerts } from '../adapters/operator-alerts.ts';
import type { PageInspector } from '../adapters/messenger/page-inspector.ts';
import type { ConfigurationCache } from '../adapters/mongo/configuration-cache.ts';
import type { ScenariosRepository, ScenarioVersion } from '../adapters/mongo/configuration/scenarios-repository.ts';
import type { Actors } from '../adapters/temporal/actors.ts';
import type { ReadModel } from '../adapters/mongo/read-model.ts';
import type { WorkerMetrics } from './metrics.ts';

/** Our own attachment storage, as far as sending needs it. */
interface AttachmentFiles {
  /** Undefined where the file is gone. */
  read(fileId: string): Promise<{ bytes: Uint8Array; contentType: string; fileName: string } | undefined>;
}

/** What activities stand on: real ones in the worker, fakes where a test wants them. */
export interface ActivityDependencies {
  configuration: ConfigurationCache;
  scenarios: ScenariosRepository;
  /** Scenario versions this process has read. */
  scenarioVersions: Map<string, ScenarioVersion>;
  readModel: ReadModel;
  graph: GraphClient;
  inspector: Pick<PageInspector, 'readIdentity' | 'readApp' | 'readToken'>;
  alerts: Pick<OperatorAlerts, 'tell' | 'resolve'>;
  /** Absent where there is no attachment storage. */
  files?: AttachmentFiles;
  actors: Pick<
    Actors,
    | 'notifyConversation'
    | 'releaseParts'
    | 'moveConversation'
    | 'isRunning'
    | 'tellDispatcher'
    | 'tellAgentState'
    | 'getQueueStatistics'
    | 'getAgentStatus'
    | 'notifyPage'
  >;
  /** When the send lanes were closed that this process has told the Pages' actors of, by Page id. */
  announcedClosures: Map<string, number>;
  logger: Logger;
  metrics: WorkerMetrics;
  /** Absent where the deployment has no mail server. */
  mailer?: Mailer;
  /** For addresses that scenarios name. */
  guardedFetch: GuardedFetch;
  /** IANA zone of hours that name none. */
  timeZone: string;
  /** At least 0 and below 1. */
  random: () => number;
  /** Epoch milliseconds. */
  now: () => number;
}
