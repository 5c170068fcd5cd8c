import { ENGINE_VERSION } from '../contracts/engine-version.ts';
import type { AgentStateRecord } from '../contracts/routing-decision.ts';
import type { GroupConfiguration } from '../contracts/routing.ts';
import type { ActivityDependencies } from './dependencies.ts';

/** What a dispatcher starts with. `engineVersion`: of the worker that loads. */
export interface LoadedGroup {
  engineVersion: number;
  configuration: GroupConfiguration;
  /** `isLost`: their client's lease has run out, whoever was told of it. */
  agentStates: (AgentStateRecord & { isLost?: true })[];
  /** Conversations that ask the group for an agent, or hold one of its slots: then with the agent. */
  conversations: { conversationId: string; agents: string[] }[];
}

/** Loads a dispatcher's agents, the states they were in, and who waits for them or talks to them. */
export function createLoadGroup(deps: ActivityDependencies): (request: { group: string }) => Promise<LoadedGroup> {
  return async function loadGroup({ group }) {
    const snapshot = await deps.configuration.getFresh();
    const found = snapshot.routingGroups().find((candidate) => candidate.group === group);
    const configuration = found?.configuration ?? { revision: snapshot.revision, agents: [] };
    const usernames = configuration.agents.map(({ username }) => username);
    const [agentStates, present, conversations] = await Promise.all([
      deps.readModel.routing.listAgentStates(usernames),
      deps.readModel.routing.listPresent(usernames, deps.now()),
      deps.readModel.conversations.listRouted(group),
    ]);
    return {
      engineVersion: ENGINE_VERSION,
      configuration,
      agentStates: agentStates.map((agent) => (present.includes(agent.username) ? agent : { ...agent, isLost: true })),
      conversations,
    };
  };
}
