import { roleNameSchema } from '../../contracts/role-schema.ts';

/** A group of the provider's, and the role that being in it gives: one that ships, or one of the configuration. */
export interface GroupRole {
  group: string;
  role: string;
}

/** How an OpenID Connect provider is reached, and what its word counts for. */
export interface OidcSettings {
  /** As the provider calls itself; its metadata lie at `/.well-known/openid-configuration` behind it. */
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Where the provider sends people back to. */
  redirectUri: string;
  /** What the button of the log-in calls it. */
  name: string;
  /** Parted by spaces. */
  scope: string;
  /** Which claim holds the user name. */
  usernameClaim: string;
  /** Which claim holds the groups. */
  groupsClaim: string;
  /** Of several groups the last one here counts. Empty: roles are ours alone, and nobody is made a user. */
  roles: readonly GroupRole[];
}

const GROUP_ROLE = /^(.+)=([^=]+)$/;

/** Reads `group=role;group=role`; groups may hold `=` and `,`, as LDAP's do. Undefined where it is none of that. */
export function readGroupRoles(text: string): GroupRole[] | undefined {
  const entries = text
    .split(';')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry) => GROUP_ROLE.exec(entry));
  const read = entries.flatMap((match): GroupRole[] => {
    const role = roleNameSchema.safeParse(match?.[2]);
    return match && role.success ? [{ group: match[1] ?? '', role: role.data }] : [];
  });
  return read.length === entries.length ? read : undefined;
}

const CALLBACK_PATH = '/api/v1/oidc/callback';

/** What the environment says of the provider; undefined where it names none. */
export function toOidcSettings({
  issuer,
  clientId,
  clientSecret,
  publicUrl,
  ...rest
}: Omit<OidcSettings, 'issuer' | 'clientId' | 'redirectUri'> & {
  issuer: string | undefined;
  clientId: string | undefined;
  publicUrl: string | undefined;
}): OidcSettings | undefined {
  if (issuer === undefined || clientId === undefined || publicUrl === undefined) return undefined;
  return { issuer, clientId, clientSecret, redirectUri: `${publicUrl}${CALLBACK_PATH}`, ...rest };
}
