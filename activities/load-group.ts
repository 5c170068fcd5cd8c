import type { AgentStateRecord } from '../contracts/routing-decision.ts';
import type { GroupConfiguration } from '../contracts/routing.ts';
import type { ActivityDependencies } from './dependencies.ts';

/** What a dispatcher starts with: its agents, and the states they were in. */
export function createLoadGroup(
  deps: ActivityDependencies,
): (request: { group: string }) => Promise<{ configuration: GroupConfiguration; agentStates: AgentStateRecord[] }> {
  return async function loadGroup({ group }) {
    const snapshot = await deps.configuration.getFresh();
    const found = snapshot.groups().find((candidate) => candidate.group === group);
    const configuration = found?.configuration ?? { revision: snapshot.revision, agents: [] };
    const usernames = configuration.agents.map(({ username }) => username);
    return { configuration, agentStates: await deps.readModel.routing.listAgentStates(usernames) };
  };
}
