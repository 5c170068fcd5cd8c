import type { ActivityDependencies } from './dependencies.ts';

/** Of these agents, those whose lease runs on: their clients are there, whatever was told of them. */
export function createFindPresentAgents({
  readModel,
  now,
}: Pick<ActivityDependencies, 'readModel' | 'now'>): (request: { usernames: string[] }) => Promise<string[]> {
  return async function findPresentAgents({ usernames }) {
    return readModel.routing.listPresent(usernames, now());
  };
}
