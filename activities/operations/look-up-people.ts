import type { User } from '../../adapters/mongo/configuration/configuration-items.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { done, noData, type OperationHandler } from './operation-handler.ts';

/** Agents and services whose name holds a text, whatever its case. */
export const searchDirectory: OperationHandler<'search-directory'> = async ({ configuration }, { operation }) => {
  const { text, kind, limit } = operation;
  const snapshot = await configuration.get();
  const wanted = text.trim().toLowerCase();
  const isMeant = (...names: string[]): boolean => names.some((name) => name.toLowerCase().includes(wanted));
  const users = snapshot
    .users()
    .filter(({ username, name }) => isMeant(username, name))
    .map(({ username, name }) => ({ kind: 'user', name: username, title: name }));
  const services = snapshot
    .services()
    .filter(({ name }) => isMeant(name))
    .map(({ name }) => ({ kind: 'service', name, title: name }));
  const records = [...users, ...services].filter((record) => kind === undefined || record.kind === kind);
  return records.length === 0
    ? noData('Nobody and nothing has such a name.')
    : done({ records: records.slice(0, limit) });
};

/** What the configuration says of a user, without anything secret. */
export const getUserConfiguration: OperationHandler<'get-user-configuration'> = async (deps, { operation }) => {
  const user = await findUser(deps, operation.username);
  if (!user) return noData(nobody(operation.username));
  const { username, name, role, skills, slots } = user;
  return done({ user: { username, name, role, skills: { ...skills }, slots } });
};

/** The user of a name that an author wrote. */
export async function findUser(
  { configuration }: Pick<ActivityDependencies, 'configuration'>,
  username: string,
): Promise<User | undefined> {
  return (await configuration.get()).user(username);
}

/** Says that there is no such user. */
export function nobody(username: string): string {
  return `There is no user "${username}".`;
}
