import type { RoutingNotification } from '../contracts/actor-messages.ts';
import type { AgentEvent } from '../contracts/history-event.ts';
import type { LiveNote } from '../contracts/live-event.ts';
import type { AfterWorkRecord, AgentStateRecord, RoutingDecision } from '../contracts/routing-decision.ts';
import type { ActivityDependencies } from './dependencies.ts';

/** A piece of what a dispatcher decided, in the order of its decisions. */
export interface DispatcherRound {
  group: string;
  notifications: RoutingNotification[];
  decisions: RoutingDecision[];
  agentStates: AgentStateRecord[];
  agentEvents: AgentEvent[];
  alerts: { isOver: boolean; waiting: number; oldestWaitingMs: number }[];
  /** Absent from dispatchers of before there was any. */
  afterWork?: AfterWorkRecord[];
}

/**
 * Tells everybody what a dispatcher decided: conversations by signal, people by the read model, operators by alerts. A
 * repeat is harmless. Gives the conversations that do not run any more.
 */
export function createDeliverNotifications(deps: ActivityDependencies): (round: DispatcherRound) => Promise<string[]> {
  const { conversations, history, live, routing } = deps.readModel;
  return async function deliverNotifications({
    group,
    notifications,
    decisions,
    agentStates,
    agentEvents,
    alerts,
    afterWork = [],
  }) {
    const [workflows] = await Promise.all([
      conversations.findRunningWorkflows(notifications.map(({ conversationId }) => conversationId)),
      routing.recordDecisions(decisions),
      recordInOrder(deps, agentStates),
      recordAfterWork(deps, afterWork),
      history.recordAgentEvents(agentEvents),
    ]);
    await live.tell([
      ...agentStates.map(({ since, chosenAt: _chosenAt, ...agent }): LiveNote => ({
        type: 'agent.state',
        ...agent,
        at: since,
      })),
      ...agentEvents.map((event): LiveNote => ({ type: 'agent.history', event })),
    ]);
    for (const { outcome } of decisions) deps.metrics.routingDecisions.inc({ outcome });
    for (const alert of alerts) await tellOperators(deps, group, alert);
    const byConversation = new Map<string, RoutingNotification[]>();
    for (const notification of notifications) {
      const ofOne = byConversation.get(notification.conversationId) ?? [];
      byConversation.set(notification.conversationId, [...ofOne, notification]);
    }
    const gone = await Promise.all(
      [...byConversation].map(async ([conversationId, ofOne]) => {
        const workflowId = workflows.get(conversationId);
        return workflowId !== undefined && (await notifyInOrder(deps, workflowId, ofOne)) ? [] : [conversationId];
      }),
    );
    return gone.flat();
  };
}

async function notifyInOrder(
  { actors }: ActivityDependencies,
  workflowId: string,
  notifications: RoutingNotification[],
): Promise<boolean> {
  for (const notification of notifications)
    if (!(await actors.notifyConversation(workflowId, notification))) return false;
  return true;
}

async function recordInOrder({ readModel }: ActivityDependencies, agentStates: AgentStateRecord[]): Promise<void> {
  for (const agent of agentStates) await readModel.routing.recordAgentState(agent);
}

async function recordAfterWork({ readModel }: ActivityDependencies, records: AfterWorkRecord[]): Promise<void> {
  for (const record of records) await readModel.wrapUps.recordAfterWork(record);
}

function tellOperators(
  { alerts }: ActivityDependencies,
  group: string,
  { isOver, waiting, oldestWaitingMs }: DispatcherRound['alerts'][number],
): Promise<void> {
  const matter = { group, kind: 'nobody-ready' };
  if (isOver) return alerts.resolve(matter);
  return alerts.tell({
    ...matter,
    message: `Nobody of group "${group}" who could serve them is ready: ${waiting} waiting, the longest for ${Math.round(oldestWaitingMs / 1000)} s`,
    remedy: 'Ask an agent of the group to choose Ready: one who ignored an offer is Not Ready until they do.',
  });
}
