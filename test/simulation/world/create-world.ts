import { conversation } from '../../../workflows/conversation/conversation.ts';
import { dispatcher } from '../../../workflows/dispatcher/dispatcher.ts';
import { page } from '../../../workflows/page/page.ts';
import { conversationWorkflowId } from '../../../adapters/temporal/workflow-id.ts';
import type { Store } from '../mongo/simulated-database.ts';
import { MAX_MESSAGE_BYTES, MAX_PAYLOAD_BYTES } from '../temporal/payload.ts';
import { createRandom } from '../temporal/random.ts';
import { createScheduler, type Scheduler } from '../temporal/scheduler.ts';
import { createTemporalService, type TemporalService } from '../temporal/temporal-service.ts';
import { WorkerProcess } from '../temporal/worker-process.ts';
import type { WorkflowFunction } from '../temporal/workflow-instance.ts';
import { GROUP, snapshotOf } from './configuration.ts';
import { createDisturbances } from './disturbances.ts';
import { createEchoes } from './echoes.ts';
import type { WorldPlan } from './plan.ts';
import { createActivitiesOf, createReadModelOf, type SharedWorld } from './process-dependencies.ts';
import * as olderActors from './older-actors.ts';
import { findWorldScenario } from './scenarios.ts';
import { scaledStateBytes, scalePayloadLimits } from './scale-payload-limits.ts';
import { createSimulatedGraph } from './simulated-graph.ts';
import { tellSignal } from './tell-story.ts';
import { watchService } from './watch-service.ts';
import type { World } from './world.ts';

/** Monday morning; milliseconds of the epoch. */
const STARTED_AT = Date.UTC(2026, 0, 5, 9);
const HISTORY_EVENTS = 50_000;

const workflows = { conversation, dispatcher, page } as unknown as Record<string, WorkflowFunction>;

/** Effects after which an invariant, or an agent, may see something new. */
const VISIBLE = [
  'conversations.bulkWrite',
  'conversations.updateOne',
  'presence.',
  'graph.sendMessage',
  'webhook',
  'command',
];

function isVisible(label: string): boolean {
  return VISIBLE.some((start) => label.startsWith(start));
}

const olderWorkflows = {
  conversation: olderActors.conversation,
  dispatcher: olderActors.dispatcher,
  page: olderActors.page,
} as unknown as Record<string, WorkflowFunction>;

type Story = (line: { at: number; who: string; what: string }) => void;

/** Makes the world of a plan; nothing has happened in it. `story` gets a line for everything that does. */
export function createWorld(plan: WorldPlan, story?: Story): World {
  scalePayloadLimits(plan.byteScale);
  const scheduler = createScheduler(STARTED_AT);
  const elapsedMs = (): number => scheduler.now - STARTED_AT;
  const parts = createParts(plan, { scheduler, elapsedMs, world: () => world });
  const world: World = {
    ...parts,
    plan,
    scheduler,
    elapsedMs,
    group: GROUP,
    acknowledged: [],
    endedByOperator: new Map(),
    resetByOperator: new Set(),
    retried: new Map(),
    toldAt: undefined,
    resumedAt: undefined,
    changes: 0,
    violation: undefined,
    isTold: story !== undefined,
    tell: (who, what) => story?.({ at: elapsedMs(), who, what }),
    violate(invariant, what) {
      if (world.violation) return;
      world.violation = { invariant, what, at: elapsedMs() };
      world.tell('INVARIANT', `${invariant}: ${what}`);
    },
  };
  return world;
}

interface Frame {
  scheduler: Scheduler;
  elapsedMs: () => number;
  world: () => World;
}

type Parts = Pick<
  World,
  | 'random'
  | 'service'
  | 'store'
  | 'graph'
  | 'workers'
  | 'api'
  | 'apiReadModel'
  | 'pageId'
  | 'agents'
  | 'customers'
  | 'configuration'
>;

function createParts(plan: WorldPlan, frame: Frame): Parts {
  const { scheduler, elapsedMs, world } = frame;
  const random = createRandom(plan.seed);
  const store: Store = new Map();
  const scenario = findWorldScenario(plan.scenario);
  // Activities remember Pages in their module: no two worlds have one in common.
  const pageId = `page-${plan.seed}`;
  const agents = plan.agents.map((agentPlan, index) => createAgent(agentPlan, index));
  const graph = createSimulatedGraph({ faults: plan.faults, elapsedMs, onDelivered: createEchoes(world) });
  const shared: SharedWorld = {
    store,
    graph,
    scenario,
    service: () => service,
    configuration: () => world().configuration,
    now: () => Math.floor(scheduler.now),
    onAlert: () => void (world().toldAt = elapsedMs()),
    onSignal: (workflowId, args) => tellSignal(world(), workflowId, args),
  };
  const disturbances = createDisturbances(plan.faults, world);
  const processDependencies = {
    scheduler,
    workflows,
    latency: random.stream('effects'),
    disturb: disturbances.disturb,
    onDeath: (process: WorkerProcess) => world().tell(process.name, 'dies'),
    onChange: (label: string) => {
      if (isVisible(label)) world().changes += 1;
    },
  };
  const workers: WorkerProcess[] = [];
  const service: TemporalService = createTemporalService({
    scheduler,
    random,
    limits: {
      suggestContinueAsNewAt: plan.suggestContinueAsNewAt,
      bufferedEvents: plan.bufferedEvents,
      historyEvents: HISTORY_EVENTS,
      payloadBytes: scaledStateBytes(MAX_PAYLOAD_BYTES, plan.byteScale),
      messageBytes: MAX_MESSAGE_BYTES * plan.byteScale,
    },
    observer: watchService(world),
    processes: workers,
    losesCompletion: disturbances.losesCompletion,
  });
  for (let index = 0; index < plan.workers; index += 1) {
    const isOlder = plan.hasOlderWorker && index === plan.workers - 1;
    workers.push(
      new WorkerProcess({
        ...processDependencies,
        ...(isOlder && { isOlder, workflows: olderWorkflows }),
        name: isOlder ? `older worker ${index}` : `worker ${index}`,
        createActivities: (process) => createActivitiesOf(shared, process),
      }),
    );
  }
  const api = new WorkerProcess({ ...processDependencies, name: 'api', createActivities: () => ({}) });
  return {
    random,
    service,
    store,
    graph,
    workers,
    api,
    apiReadModel: createReadModelOf(shared, api),
    pageId,
    agents,
    customers: Array.from({ length: plan.customers }, (_, index) => createCustomer(pageId, index)),
    configuration: snapshotOf({ plan, pageId, scenario, revision: 1 }, agents),
  };
}

function createAgent(plan: WorldPlan['agents'][number], index: number): World['agents'][number] {
  return {
    username: `agent-${index}`,
    name: `Agent ${index}`,
    plan,
    slots: plan.slots,
    isMember: true,
    chosen: 'logged-out',
    chosenAt: 0,
    toldAt: 0,
    lostAt: undefined,
  };
}

function createCustomer(pageId: string, index: number): World['customers'][number] {
  const psid = `customer-${index}`;
  return { psid, workflowId: conversationWorkflowId(pageId, psid), taken: [], wrote: 0 };
}
