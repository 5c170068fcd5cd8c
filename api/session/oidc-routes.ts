import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { User } from '../../adapters/mongo/configuration/configuration-items.ts';
import { OidcUnavailableError, type OidcProvider, type ProvenIdentity } from '../../adapters/oidc/oidc-provider.ts';
import { AppError } from '../../contracts/app-error.ts';
import { PRIVILEGES, type Privilege } from '../../contracts/privileges.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { applyConfiguration } from '../configuration/apply-configuration.ts';
import { changeItem } from '../configuration/change-item.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { openSession } from './open-session.ts';
import { cookieFormOf } from './session-token.ts';
import { readClaims, type ClaimedUser, type ClaimProblem } from './user-of-identity.ts';

const PENDING_COOKIE = 'attendant_oidc';
/** Where the sealed text lies, so that it opens as nothing else. */
const PENDING_CONTEXT = 'oidc/pending';
/** How long somebody may take at the provider. */
const PENDING_MS = 10 * 60_000;

const pendingSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  to: z.string(),
  expiresAt: z.number(),
});
type Pending = z.infer<typeof pendingSchema>;

/** Why somebody whom the provider sent is not let in; the log-in says it in words. */
type Refusal = ClaimProblem | 'no-user' | 'other-person' | 'refused' | 'expired' | 'unavailable';

/** Log in at an OpenID Connect provider, and how one may log in at all. */
export function registerOidcRoutes(app: App, deps: AppDependencies): void {
  const { settings, secrets, now } = deps;
  const cookie = cookieFormOf(PENDING_COOKIE, settings.publicUrl);

  registerRoute(app, httpRoutes.listLogInMethods, () => ({
    hasPasswords: settings.hasLocalLogIn,
    ...(deps.oidc && { provider: { name: deps.oidc.settings.name } }),
  }));

  registerRoute(app, httpRoutes.beginOidc, async ({ query }, reply) => {
    const provider = getProvider(deps);
    const { url, pending } = await provider.begin().catch((cause: unknown) => {
      deps.logger.error({ err: cause }, 'nobody can log in at the provider');
      throw new AppError('OIDC_UNAVAILABLE', { cause });
    });
    const expiresAt = now() + PENDING_MS;
    const kept: Pending = { ...pending, to: placeOf(query.to), expiresAt };
    const sealed = secrets.seal(JSON.stringify(kept), PENDING_CONTEXT);
    void reply.setCookie(cookie.name, sealed, { ...cookie.settings, expires: new Date(expiresAt) });
    return reply.redirect(url, 302);
  });

  registerRoute(app, httpRoutes.finishOidc, async (request, reply) => {
    const provider = getProvider(deps);
    const pending = readPending(deps, request.cookies[cookie.name]);
    void reply.clearCookie(cookie.name, cookie.settings);
    const refuse = (why: Refusal): FastifyReply => reply.redirect(`/login?sso=${why}`, 302);
    if (!pending) return refuse('expired');
    const identity = await prove(deps, provider, { pending, request });
    if (typeof identity === 'string') return refuse(identity);
    const user = await findUser(deps, provider, { identity, address: request.ip });
    if (typeof user === 'string') {
      const { [provider.settings.usernameClaim]: claim } = identity.claims;
      const by = typeof claim === 'string' ? claim.slice(0, 100) : identity.subject;
      await deps.audit.record([{ action: 'session.refused', by, address: request.ip, at: now() }]);
      deps.logger.warn({ username: by, reason: user }, 'the provider let somebody in whom nobody is here');
      return refuse(user);
    }
    const proof = { provider: provider.settings.name };
    await openSession(deps, { user, proof, securedBy: 'provider' }, { request, reply });
    return reply.redirect(pending.to, 302);
  });
}

function getProvider({ oidc }: AppDependencies): OidcProvider {
  if (!oidc) throw new AppError('NOT_FOUND');
  return oidc;
}

/** A place of the console and nothing else: `//host` and `/\host` are other sites to a browser. */
function placeOf(to: string | undefined): string {
  return to !== undefined && /^\/(?![/\\])[^\s\\]*$/.test(to) ? to : '/';
}

function readPending({ secrets, now }: AppDependencies, sealed: string | undefined): Pending | undefined {
  if (sealed === undefined) return undefined;
  try {
    const pending = pendingSchema.parse(JSON.parse(secrets.open(sealed, PENDING_CONTEXT)));
    return pending.expiresAt > now() ? pending : undefined;
  } catch {
    // Damaged, or sealed with a key that is gone: they begin again.
    return undefined;
  }
}

async function prove(
  { logger }: AppDependencies,
  provider: OidcProvider,
  { pending, request }: { pending: Pending; request: FastifyRequest },
): Promise<ProvenIdentity | Refusal> {
  const [, search = ''] = request.url.split('?', 2);
  try {
    return await provider.finish(new URLSearchParams(search), pending);
  } catch (error) {
    logger.warn({ err: error }, 'a log-in at the provider came to nothing');
    return error instanceof OidcUnavailableError ? 'unavailable' : 'refused';
  }
}

/** Whom a proven identity is here: bound by what never changes of it, made or changed as its groups say. */
async function findUser(
  deps: AppDependencies,
  provider: OidcProvider,
  { identity, address }: { identity: ProvenIdentity; address: string },
): Promise<User | Refusal> {
  const claimed = readClaims(identity, provider.settings);
  if (typeof claimed === 'string') return claimed;
  const configuration = await deps.configuration.getFresh();
  if (claimed.role !== undefined && configuration.privilegesOf(claimed.role).size === 0) {
    deps.logger.warn(
      { role: claimed.role },
      'ATTENDANT_OIDC_ROLES gives a role that is none: make it, or name another',
    );
    return 'no-role';
  }
  const known = await findBound(deps, identity);
  const existing = known ?? configuration.user(claimed.username);
  if (!existing && claimed.role === undefined) return 'no-user';
  const caller = { by: claimed.username, address };
  const user = existing ?? (await makeUser(deps, claimed, caller));
  if (!known && !(await deps.oidcIdentities.bind(identity, user.id, deps.now()))) return 'other-person';
  return giveRole(deps, { user, claimed, caller });
}

async function findBound(deps: AppDependencies, identity: ProvenIdentity): Promise<User | undefined> {
  const userId = await deps.oidcIdentities.find(identity);
  if (userId === undefined) return undefined;
  const user = (await deps.configuration.getFresh()).users().find(({ id }) => id === userId);
  if (!user) await deps.oidcIdentities.unbind(identity, userId);
  return user;
}

/** Who gives the groups their roles is who runs the deployment. */
const OF_DEPLOYMENT: ReadonlySet<Privilege> = new Set(Object.keys(PRIVILEGES) as Privilege[]);

interface Caller {
  by: string;
  address: string;
}

/** As applying a file would: in the audit, and in an export. Nobody knows the password. */
async function makeUser(deps: AppDependencies, { username, name, role }: ClaimedUser, caller: Caller): Promise<User> {
  const password = randomBytes(32).toString('base64url');
  const document = { kind: 'user' as const, username, name, role: role ?? 'agent', skills: {}, password };
  const order = { documents: [document], dryRun: false, author: username, caller, source: 'api' as const };
  await applyConfiguration(deps, { ...order, privileges: OF_DEPLOYMENT });
  return getUser(deps, username);
}

async function giveRole(
  deps: AppDependencies,
  { user, claimed: { role }, caller }: { user: User; claimed: ClaimedUser; caller: Caller },
): Promise<User> {
  if (role === undefined || role === user.role) return user;
  const { username } = user;
  const order = { noun: 'users' as const, name: username, change: { role }, author: username, caller };
  try {
    await changeItem(deps, { ...order, privileges: OF_DEPLOYMENT });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'CONFIGURATION_INVALID') throw error;
    // Their groups take from the last one who manages users what nobody could give again: they come in as they are.
    deps.logger.warn({ err: error, username, role }, 'the role that their groups give was not given');
  }
  return getUser(deps, username);
}

async function getUser({ configuration }: AppDependencies, username: string): Promise<User> {
  const user = (await configuration.getFresh()).user(username);
  if (!user) throw new AppError('NOT_FOUND');
  return user;
}
