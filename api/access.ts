import type { FastifyReply, FastifyRequest } from 'fastify';
import type { User } from '../adapters/mongo/configuration/configuration-items.ts';
import type { SessionProof } from '../adapters/mongo/sessions-repository.ts';
import type { ConfigurationSnapshot } from '../adapters/mongo/configuration/configuration-snapshot.ts';
import { withDeadline } from '../adapters/with-deadline.ts';
import type { AccessPolicy } from '../contracts/access-policy.ts';
import { mayDo, SHIPPED_ROLES, type Privilege } from '../contracts/privileges.ts';
import { AppError } from '../contracts/app-error.ts';
import { isSameSecret } from './constant-time.ts';
import type { AppDependencies } from './dependencies.ts';
import { hashApiToken, isApiToken } from './tokens/api-token.ts';
import { isInScope, privilegesOfScopes } from '../contracts/token-scopes.ts';
import { lacksFactor } from './session/secured-session.ts';
import { hashSessionToken, SESSION_COOKIE, cookieFormOf } from './session/session-token.ts';
import type { App } from './zod-provider.ts';

/** Who calls. The bearer of the deployment's admin token is no user: it has no `username`. */
export interface Principal {
  role: string;
  /** What the role lets do, by the configuration in force; nothing in a session that lacks its second factor. */
  privileges: ReadonlySet<Privilege>;
  /** The role requires a second factor, and the session was opened without one. */
  needsSecondFactor?: true;
  username?: string;
  /** Never used again, as the user name may be; there with it. */
  userId?: string;
  /** Epoch milliseconds; what was before is another user's. There with the user name. */
  createdAt?: number;
  name: string;
  /** Hash of the session's token, to end it. */
  sessionHash?: string;
  /** What proved the session beside a password. */
  securedBy?: SessionProof;
  /** Of a program's token: all that it may do, and its hash. */
  token?: { scopes: readonly string[]; hash: string };
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: AccessPolicy;
    isOpenUnsecured?: boolean;
  }
  interface FastifyRequest {
    principal: Principal | null;
  }
}

/** A caller who is a user: what the routes of the desk work with. */
export type DeskPrincipal = Principal & { username: string; userId: string };

/** The caller of a route that is not public. */
export function getPrincipal(request: FastifyRequest): Principal {
  if (!request.principal) throw new AppError('UNAUTHENTICATED');
  return request.principal;
}

/** The caller where they must be a user. @throws AppError FORBIDDEN for the admin token */
export function getDeskPrincipal(request: FastifyRequest): DeskPrincipal {
  const principal = getPrincipal(request);
  const { username, userId } = principal;
  if (username === undefined || userId === undefined) throw new AppError('FORBIDDEN');
  return { ...principal, username, userId };
}

const SESSION_DEADLINE_MS = 4000;
const unsafeMethods = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** The token of an `Authorization: Bearer` header. */
export function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

/** A browser says where a call comes from; a cookie sent from another origin's page must change nothing. */
export function isSameOrigin(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin } = request.headers;
  if (origin === undefined) return false;
  return URL.canParse(origin) && new URL(origin).host === request.headers.host;
}

async function findPrincipal(deps: AppDependencies, token: string): Promise<Principal | undefined> {
  const sessionHash = hashSessionToken(token);
  const using = deps.sessions.use(sessionHash, deps.now());
  const session = await withDeadline(using, SESSION_DEADLINE_MS, 'The session in MongoDB');
  if (!session) return undefined;
  const { username, userId, securedBy } = session;
  const held = await deps.configuration.get();
  // Whoever was made a moment ago, maybe by another process, has logged in and must not seem to be logged out.
  const configuration = held.user(username)?.id === userId ? held : await deps.configuration.getFresh();
  const user = configuration.user(username);
  // A session of an earlier user of this name is nobody's.
  if (user?.id !== userId) return undefined;
  const principal = { ...toPrincipal(user, configuration), sessionHash, ...(securedBy !== undefined && { securedBy }) };
  const looking = lacksFactor(deps, configuration, principal);
  if (!(await withDeadline(looking, SESSION_DEADLINE_MS, 'The second factor in MongoDB'))) return principal;
  return { ...principal, privileges: new Set(), needsSecondFactor: true };
}

/** A user as a caller, by the configuration in force. Whether a session of theirs is secured is not theirs but the session's. */
export function toPrincipal(
  { id: userId, username, role, name, createdAt }: User,
  configuration: Pick<ConfigurationSnapshot, 'privilegesOf'>,
): DeskPrincipal {
  return { role, privileges: configuration.privilegesOf(role), username, userId, createdAt, name };
}

/** A program may do what its token is for, in nobody's name. @throws AppError UNAUTHENTICATED */
async function findProgram({ apiTokens, now }: AppDependencies, bearer: string): Promise<Principal> {
  const hash = hashApiToken(bearer);
  const token = await withDeadline(apiTokens.use(hash, now()), SESSION_DEADLINE_MS, 'The token in MongoDB');
  if (!token) throw new AppError('UNAUTHENTICATED');
  const { name, scopes } = token;
  return { role: 'admin', privileges: privilegesOfScopes(scopes), name: `token ${name}`, token: { scopes, hash } };
}

/** @throws AppError SECOND_FACTOR_MISSING; FORBIDDEN where role or token do not allow the route */
function requireAllowed(request: FastifyRequest, principal: Principal, policy: Exclude<AccessPolicy, 'public'>): void {
  if (principal.needsSecondFactor && !request.routeOptions.config.isOpenUnsecured)
    throw new AppError('SECOND_FACTOR_MISSING');
  if (policy !== 'anybody' && !mayDo(principal, ...policy)) throw new AppError('FORBIDDEN');
  const { url = '' } = request.routeOptions;
  if (principal.token && !isInScope(principal.token.scopes, request.method, url))
    throw new AppError('FORBIDDEN', {
      message: 'The token is not for this. Its scopes are told by GET /api/v1/tokens.',
    });
}

async function authenticate(deps: AppDependencies, request: FastifyRequest): Promise<Principal> {
  const bearer = bearerOf(request);
  if (bearer !== undefined && deps.settings.adminToken && isSameSecret(bearer, deps.settings.adminToken)) {
    return { role: 'admin', privileges: SHIPPED_ROLES.admin, name: 'admin token' };
  }
  if (bearer !== undefined && isApiToken(bearer)) return findProgram(deps, bearer);
  const cookie = request.cookies[cookieFormOf(SESSION_COOKIE, deps.settings.publicUrl).name];
  const token = bearer ?? cookie;
  if (token === undefined) throw new AppError('UNAUTHENTICATED');
  if (bearer === undefined && unsafeMethods.has(request.method) && !isSameOrigin(request)) {
    throw new AppError('FORBIDDEN', {
      message: 'A log-in by cookie works from its own site only. Use a bearer token.',
    });
  }
  const principal = await findPrincipal(deps, token);
  if (!principal) throw new AppError('UNAUTHENTICATED');
  return principal;
}

/**
 * Guards every route of an app: one that declares no `config.access` cannot be registered, and a call that its policy
 * does not allow ends before its body is read. `onAuthenticated` hears of every call of a user, but of those in a session that
 * lacks its second factor: they do nothing.
 */
export function guardRoutes(app: App, deps: AppDependencies, onAuthenticated: (principal: Principal) => void): void {
  app.decorateRequest('principal', null);
  app.addHook('onRoute', (route) => {
    if (route.config?.access === undefined) {
      throw new Error(`Route ${String(route.method)} ${route.url} declares no access policy: set config.access`);
    }
    if (route.config.access === 'public') route.schema = { ...route.schema, security: [] };
  });
  app.addHook('onRequest', async (request: FastifyRequest, _reply: FastifyReply) => {
    const policy = request.routeOptions.config.access;
    if (policy === undefined || policy === 'public') return;
    const principal = await authenticate(deps, request);
    requireAllowed(request, principal, policy);
    request.principal = principal;
    if (!principal.needsSecondFactor) onAuthenticated(principal);
  });
}
