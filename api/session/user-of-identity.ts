import type { ProvenIdentity } from '../../adapters/oidc/oidc-provider.ts';
import type { OidcSettings } from '../../adapters/oidc/oidc-settings.ts';
import { usernameSchema } from '../../contracts/identifiers-schema.ts';

/** What a provider's claims say of a person here. */
export interface ClaimedUser {
  username: string;
  name: string;
  /** Undefined where roles are ours alone. */
  role: string | undefined;
}

/** Why claims name nobody who may come in. */
export type ClaimProblem = 'no-username' | 'no-role';

/**
 * Reads user name, name and role from claims. Of several groups the last of the settings counts. `no-username`: the claim is missing
 * or no user name here; `no-role`: groups give roles, and none of theirs does.
 */
export function readClaims(
  { claims }: Pick<ProvenIdentity, 'claims'>,
  settings: Pick<OidcSettings, 'usernameClaim' | 'groupsClaim' | 'roles'>,
): ClaimedUser | ClaimProblem {
  const username = usernameSchema.safeParse(claims[settings.usernameClaim]);
  if (!username.success) return 'no-username';
  const { name } = claims;
  const claimed = {
    username: username.data,
    name: typeof name === 'string' && name.trim() !== '' ? name.trim() : username.data,
  };
  if (settings.roles.length === 0) return { ...claimed, role: undefined };
  const groups = new Set([claims[settings.groupsClaim]].flat());
  const given = settings.roles.findLast(({ group }) => groups.has(group));
  return given ? { ...claimed, role: given.role } : 'no-role';
}
