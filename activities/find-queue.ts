import type { ConfigurationSnapshot } from '../adapters/mongo/configuration/configuration-snapshot.ts';
import type { ActivityDependencies } from './dependencies.ts';

/** Whom a scenario asks for by name: a service, the service of an entry, or one agent. */
export type QueueWish = { service: string } | { entry: string } | { username: string };

/** Where such a question goes. `skills`: of these one is enough, where the block asks for none. */
export interface QueuePlace {
  group: string;
  skills: string[];
}

/** Finds the routing group that serves a wish; null where the configuration knows no such name. */
export function createFindQueue({
  configuration,
}: Pick<ActivityDependencies, 'configuration'>): (wish: QueueWish) => Promise<QueuePlace | null> {
  return async function findQueue(wish) {
    return look(await configuration.get(), wish) ?? look(await configuration.refreshNow(), wish) ?? null;
  };
}

function look(snapshot: ConfigurationSnapshot, wish: QueueWish): QueuePlace | undefined {
  if ('username' in wish) {
    const group = snapshot.groupOfUser(wish.username);
    return group === undefined ? undefined : { group, skills: [] };
  }
  const ofEntry = 'entry' in wish ? snapshot.entries().find(({ name }) => name === wish.entry)?.service : undefined;
  const service = snapshot.service('service' in wish ? wish.service : (ofEntry ?? ''));
  return service && { group: service.group, skills: service.skills };
}
