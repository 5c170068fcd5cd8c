import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import type { SessionProof } from '../../adapters/mongo/sessions-repository.ts';
import type { AppDependencies } from '../dependencies.ts';

type Roles = Pick<ConfigurationSnapshot, 'roles'>;

/** Whether a role requires a second factor: of those that ship the deployment says so, of others they themselves. */
export function isFactorRequired({ settings }: Pick<AppDependencies, 'settings'>, roles: Roles, role: string): boolean {
  return (
    settings.secondFactorRoles.some((each) => each === role) ||
    roles.roles().some(({ name, requireSecondFactor }) => name === role && requireSecondFactor === true)
  );
}

/** A session as far as it is asked whether it is secured. */
interface ProvedSession {
  role: string;
  userId: string;
  securedBy?: SessionProof | undefined;
}

/**
 * Whether a session lacks the second factor that its user's role requires. Nothing has to be written where a factor is reset or
 * a role begins to require one: it is looked at with each call.
 */
export async function lacksFactor(
  deps: Pick<AppDependencies, 'settings' | 'secondFactors'>,
  roles: Roles,
  { role, userId, securedBy }: ProvedSession,
): Promise<boolean> {
  if (!isFactorRequired(deps, roles, role) || securedBy === 'provider') return false;
  return securedBy === undefined || !(await deps.secondFactors.isOnSince(userId, securedBy));
}
