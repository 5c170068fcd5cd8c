import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import { AppError, type InputProblem } from '../../contracts/app-error.ts';
import {
  mayDo,
  notTheirsToGive,
  privilegesOfRole,
  type Privilege,
  type PrivilegeHolder,
} from '../../contracts/privileges.ts';
import type { Origin, ProposedConfiguration } from './proposed-configuration.ts';

/** A document of a request that changes something. */
interface ChangedDocument {
  index: number;
  origin: Origin;
}

const isOfPeople = ({ kind }: Origin): boolean => kind === 'user' || kind === 'role';

/**
 * Refuses changes that are not the caller's to make: of users and roles without `manage-users`, of anything else without
 * `edit-configuration`, and of users and roles that may do, or would then, what the caller may not give.
 * @throws AppError FORBIDDEN naming each document
 */
export function requireAllowed(
  caller: PrivilegeHolder,
  proposed: ProposedConfiguration,
  changed: readonly ChangedDocument[],
): void {
  const details = changed.flatMap(({ index, origin }): InputProblem[] => {
    const path = `documents.${index}`;
    const needed = isOfPeople(origin) ? 'manage-users' : 'edit-configuration';
    if (!mayDo(caller, needed)) {
      const message = `changes ${origin.kind} "${origin.key}", which needs the privilege ${needed}`;
      return [{ path, message, remedy: 'Leave it out, or ask somebody who has it.' }];
    }
    if (!isOfPeople(origin)) return [];
    const given = [...inForce(proposed.stored, origin), ...asProposed(proposed, origin)];
    return tooMuch(caller, given, `${path}.${origin.kind === 'user' ? 'role' : 'privileges'}`);
  });
  if (details.length > 0) throw new AppError('FORBIDDEN', { message: SENTENCE, details });
}

/**
 * Refuses to touch a user or a role that may do what the caller may not give: whoever sets their password would be them.
 * @throws AppError FORBIDDEN
 */
export function requireTheirs(caller: PrivilegeHolder, stored: ConfigurationSnapshot, origin: Origin): void {
  const details = tooMuch(caller, inForce(stored, origin), `${origin.kind}.${origin.key}`);
  if (details.length > 0) throw new AppError('FORBIDDEN', { message: SENTENCE, details });
}

const SENTENCE = 'This is not yours to change; nothing was changed. See details for what needs which privilege.';

function tooMuch(caller: PrivilegeHolder, given: Iterable<Privilege>, path: string): InputProblem[] {
  const lacking = notTheirsToGive(caller, given);
  if (lacking.length === 0) return [];
  const message = `is about privileges that you do not have yourself: ${lacking.join(', ')}`;
  return [{ path, message, remedy: 'Ask somebody who has them.' }];
}

function inForce(stored: ConfigurationSnapshot, { kind, key }: Origin): Iterable<Privilege> {
  const role = kind === 'user' ? stored.user(key)?.role : key;
  return role === undefined ? [] : stored.privilegesOf(role);
}

function asProposed({ items: { users, roles } }: ProposedConfiguration, { kind, key }: Origin): Iterable<Privilege> {
  const role = kind === 'user' ? users.get(key)?.role : key;
  return role === undefined ? [] : privilegesOfRole(role, roles.values());
}
