import { createActivities } from '../../../activities/index.ts';
import type { ActivityDependencies } from '../../../activities/dependencies.ts';
import type { ConfigurationCache } from '../../../adapters/mongo/configuration-cache.ts';
import type { ConfigurationSnapshot } from '../../../adapters/mongo/configuration/configuration-snapshot.ts';
import { createActors } from '../../../adapters/temporal/actors.ts';
import { createReadModel } from '../../../adapters/mongo/read-model.ts';
import { createSimulatedDatabase, type Store } from '../mongo/simulated-database.ts';
import type { TemporalService } from '../temporal/temporal-service.ts';
import type { WorkerProcess } from '../temporal/worker-process.ts';
import { OLDER_ENGINE_VERSION } from './older-actors.ts';
import type { WorldScenario } from './scenarios.ts';
import { createSimulatedClient } from './simulated-client.ts';
import type { SimulatedGraph } from './simulated-graph.ts';

/** What the processes of a world share. */
export interface SharedWorld {
  store: Store;
  service: () => TemporalService;
  graph: SimulatedGraph;
  configuration: () => ConfigurationSnapshot;
  scenario: WorldScenario;
  /** Epoch milliseconds. */
  now: () => number;
  /** The operators are told that something is wrong. */
  onAlert: () => void;
  /** One actor says something to another. */
  onSignal: (workflowId: string, args: readonly unknown[]) => void;
}

const nothing = (): void => undefined;
const quietLogger = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing, fatal: nothing };
const counter = { inc: nothing, startTimer: () => nothing };
const metrics = new Proxy({}, { get: () => counter });

/**
 * The activities as a worker process has them: the product's own code over the world's database, Temporal and Graph. What
 * a process keeps in memory it keeps as long as it lives.
 */
export function createActivitiesOf(shared: SharedWorld, process: WorkerProcess): ReturnType<typeof createActivities> {
  const { graph, scenario, now } = shared;
  const activities = createActivities({
    configuration: createConfigurationOf(shared, process),
    scenarios: {
      findByVersion: () =>
        process.effect('scenarios.findOne', () => ({ version: scenario.version, document: scenario.document })),
    } as unknown as ActivityDependencies['scenarios'],
    scenarioVersions: new Map(),
    readModel: createReadModelOf(shared, process),
    graph: graph.clientFor(process),
    inspector: graph.inspectorFor(process),
    alerts: {
      tell: () => process.effect('alerts.tell', shared.onAlert),
      resolve: () => process.effect('alerts.resolve', nothing),
    },
    actors: createActors(createSimulatedClient(shared.service(), process, shared.onSignal)),
    announcedClosures: new Map(),
    logger: quietLogger as unknown as ActivityDependencies['logger'],
    metrics: metrics as ActivityDependencies['metrics'],
    guardedFetch: () => Promise.reject(new Error('No scenario of the simulated world fetches anything')),
    timeZone: 'UTC',
    random: () => 0.5,
    now,
  });
  return process.isOlder ? asOlder(activities) : activities;
}

/** What an older worker looks up says that it is older. */
function asOlder(activities: ReturnType<typeof createActivities>): ReturnType<typeof createActivities> {
  return {
    ...activities,
    async openConversationContext(place) {
      const found = await activities.openConversationContext(place);
      return { ...found, opening: { ...found.opening, engineVersion: OLDER_ENGINE_VERSION } };
    },
    async loadGroup(request) {
      return { ...(await activities.loadGroup(request)), engineVersion: OLDER_ENGINE_VERSION };
    },
  };
}

/** The repositories of one process; caches live as long as it does. */
export function createReadModelOf(
  { store, now }: SharedWorld,
  process: WorkerProcess,
): ReturnType<typeof createReadModel> {
  const database = createSimulatedDatabase(store, (label, apply) => process.effect(label, apply));
  return createReadModel(database, now);
}

/** What is in force; only a fresh look is a look into the database. */
function createConfigurationOf({ configuration }: SharedWorld, process: WorkerProcess): ConfigurationCache {
  const fresh = (): Promise<ConfigurationSnapshot> => process.effect('configuration.find', configuration);
  return {
    get: () => Promise.resolve(configuration()),
    getFresh: fresh,
    refreshNow: fresh,
    getFreshTogether: fresh,
    invalidate: nothing,
  };
}
