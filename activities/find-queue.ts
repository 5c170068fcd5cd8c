import type { ConfigurationSnapshot } from '../adapters/mongo/configuration/configuration-snapshot.ts';
import type { ServiceTerms } from '../contracts/conversation-context.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { termsOf } from './service-terms.ts';

/** Whom a scenario asks for by name: a service, the service of an entry, or one agent. */
export type QueueQuery = { service: string } | { entry: string } | { username: string };

/** Where such a question goes. `skills`: of these one is enough, where the block asks for none. */
export interface QueueTarget {
  group: string;
  skills: string[];
  /** Absent where one agent is asked for. */
  service?: string;
  terms?: ServiceTerms;
}

/** Finds the routing group that serves a request; null where the configuration knows no such name. */
export function createFindQueue({
  configuration,
}: Pick<ActivityDependencies, 'configuration'>): (query: QueueQuery) => Promise<QueueTarget | null> {
  return async function findQueue(query) {
    return look(await configuration.get(), query) ?? look(await configuration.refreshNow(), query) ?? null;
  };
}

function look(snapshot: ConfigurationSnapshot, query: QueueQuery): QueueTarget | undefined {
  if ('username' in query) {
    const group = snapshot.groupOfUser(query.username);
    return group === undefined ? undefined : { group, skills: [] };
  }
  const ofEntry = 'entry' in query ? snapshot.entries().find(({ name }) => name === query.entry)?.service : undefined;
  const service = snapshot.service('service' in query ? query.service : (ofEntry ?? ''));
  const terms = service && termsOf(service);
  return service && { group: service.group, skills: service.skills, service: service.name, ...(terms && { terms }) };
}
