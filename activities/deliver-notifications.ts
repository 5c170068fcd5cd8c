import type { AgentStateRecord, RoutingDecision } from '../contracts/routing-decision.ts';
import type { RoutingNotification } from '../contracts/actor-messages.ts';
import type { ActivityDependencies } from './dependencies.ts';

export interface DispatcherRound {
  notifications: RoutingNotification[];
  decisions: RoutingDecision[];
  agentStates: AgentStateRecord[];
}

/**
 * Tells everybody what a dispatcher decided in one round: conversations by signal, people by the read model. A repeat is
 * harmless. Gives the conversations that do not run any more.
 */
export function createDeliverNotifications(deps: ActivityDependencies): (round: DispatcherRound) => Promise<string[]> {
  const { conversations, routing } = deps.readModel;
  return async function deliverNotifications({ notifications, decisions, agentStates }) {
    const [workflows] = await Promise.all([
      conversations.findRunningWorkflows(notifications.map(({ conversationId }) => conversationId)),
      routing.recordDecisions(decisions),
      ...agentStates.map((agent) => routing.recordAgentState(agent)),
    ]);
    for (const { outcome } of decisions) deps.metrics.routingDecisions.inc({ outcome });
    const gone = await Promise.all(
      notifications.map(async (item) => {
        const workflowId = workflows.get(item.conversationId);
        return workflowId !== undefined && (await deps.actors.notifyConversation(workflowId, item))
          ? []
          : [item.conversationId];
      }),
    );
    return [...new Set(gone.flat())];
  };
}
