import { ENGINE_VERSION } from '../contracts/engine-version.ts';
import type { AgentStateRecord } from '../contracts/routing-decision.ts';
import type { GroupConfiguration } from '../contracts/routing.ts';
import type { ActivityDependencies } from './dependencies.ts';

/** What a dispatcher starts with. `engineVersion`: of the worker that loads. */
export interface LoadedGroup {
  engineVersion: number;
  configuration: GroupConfiguration;
  agentStates: AgentStateRecord[];
}

/** Loads a dispatcher's agents, and the states they were in. */
export function createLoadGroup(deps: ActivityDependencies): (request: { group: string }) => Promise<LoadedGroup> {
  return async function loadGroup({ group }) {
    const snapshot = await deps.configuration.getFresh();
    const found = snapshot.groups().find((candidate) => candidate.group === group);
    const configuration = found?.configuration ?? { revision: snapshot.revision, agents: [] };
    const usernames = configuration.agents.map(({ username }) => username);
    const agentStates = await deps.readModel.routing.listAgentStates(usernames);
    return { engineVersion: ENGINE_VERSION, configuration, agentStates };
  };
}
