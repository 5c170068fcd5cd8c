import type { User } from '../../adapters/mongo/configuration/configuration-items.ts';
import type { InputProblem } from '../../contracts/app-error.ts';
import { listRoleNames, mayDo, privilegesOfRole, type OwnRole } from '../../contracts/privileges.ts';
import { findOrigin, type ProposedConfiguration } from './proposed-configuration.ts';

type Managed = Pick<User, 'username' | 'role'>;

/** Who may manage users. */
export function managersOf(users: Iterable<Managed>, roles: Iterable<OwnRole>): string[] {
  const own = [...roles];
  return [...users]
    .filter(({ role }) => mayDo({ privileges: privilegesOfRole(role, own) }, 'manage-users'))
    .map(({ username }) => username);
}

/** What is wrong with the roles of users: unknown ones, skills that no chat is offered for, and nobody left who manages users. */
export function checkRoles(proposed: ProposedConfiguration): InputProblem[] {
  const { users, roles } = proposed.items;
  const own = [...roles.values()];
  const problems = proposed.origins.flatMap((origin, index) => {
    const user = origin?.kind === 'user' ? users.get(origin.key) : undefined;
    return user ? checkUser(user, own, `documents.${index}`) : [];
  });
  return [...problems, ...checkManagers(proposed)];
}

function checkUser({ role, skills }: User, own: readonly OwnRole[], place: string): InputProblem[] {
  const known = listRoleNames(own);
  if (!known.includes(role)) {
    const remedy = `Give one of ${known.join(', ')}, or apply the role "${role}" together with this, or before.`;
    return [{ path: `${place}.role`, message: `there is no role "${role}"`, remedy }];
  }
  const isOffered = mayDo({ privileges: privilegesOfRole(role, own) }, 'answer-chats');
  if (isOffered || Object.keys(skills).length === 0) return [];
  const message = `would never be used: the role "${role}" takes no chats`;
  const remedy = 'Remove the skills, or give a role that answers chats, like agent or supervisor.';
  return [{ path: `${place}.skills`, message, remedy }];
}

/** Where somebody manages users, somebody does so afterwards: nobody else could give that privilege again. */
function checkManagers(proposed: ProposedConfiguration): InputProblem[] {
  const { stored, items } = proposed;
  const before = managersOf(stored.users(), stored.roles());
  if (before.length === 0 || managersOf(items.users.values(), items.roles.values()).length > 0) return [];
  return before.map((username) => {
    const role = stored.user(username)?.role ?? '';
    const user = findOrigin(proposed, 'user', username);
    const path =
      user === undefined ? `documents.${findOrigin(proposed, 'role', role) ?? 0}.privileges` : `documents.${user}.role`;
    return { path, ...lastManager(username) };
  });
}

/** What is said where the last one who manages users would do so no more. */
export function lastManager(username: string): { message: string; remedy: string } {
  return {
    message: `nobody would be left who may manage users: user "${username}" is the last`,
    remedy: 'Give another user a role with the privilege manage-users first, like admin.',
  };
}
