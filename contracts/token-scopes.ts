import { httpRoutes } from './http-routes.ts';
import { mayDo, SHIPPED_ROLES, type Privilege } from './privileges.ts';
import type { HttpRoute } from './http-routes/http-route.ts';

/** What no token can do: it is a person's, or would let a token widen itself. */
const PERSONAL = new Set(['session', 'tokens']);

/**
 * The scope that a token needs for a route: `read:` or `write:` and the group that the table puts the route in. Undefined where
 * no token may call it: a route of people, or one that asks nobody who they are.
 */
export function scopeOf({ method, tags, access }: HttpRoute): string | undefined {
  const [group] = tags;
  if (group === undefined || PERSONAL.has(group) || access === 'public') return undefined;
  if (access !== 'anybody' && !mayDo({ privileges: SHIPPED_ROLES.admin }, ...access)) return undefined;
  const name = group.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return `${method === 'GET' ? 'read' : 'write'}:${name}`;
}

/** What is kept to the teams of a user who looks after some. A token is nobody's: it is kept to none. */
const OF_TEAMS: readonly Privilege[] = [
  'see-live-overview',
  'force-states',
  'manage-queue',
  'read-records',
  'read-reports',
  'export-reports',
  'grade-chats',
];

/** What is heard at the socket of events, which lets everybody in. */
const HEARD: readonly Privilege[] = ['see-all-chats', 'see-live-overview', 'handle-alerts'];

const askedBy = ({ path, access }: HttpRoute): readonly Privilege[] => {
  if (path === httpRoutes.listenToEvents.path) return HEARD;
  return typeof access === 'string' ? [] : access;
};

/**
 * What a token with these scopes may do, and so what its maker must be allowed to do: what the routes ask for, as far as
 * admins have it; every chat where some of it is kept to teams; and all of it where it may manage users, whom it may give any
 * role.
 */
export function privilegesOfScopes(granted: readonly string[]): ReadonlySet<Privilege> {
  const routes = Object.values<HttpRoute>(httpRoutes).filter((route) => granted.includes(scopeOf(route) ?? ''));
  const asked = new Set(routes.flatMap((route) => [...askedBy(route)]));
  if (asked.has('manage-users')) return SHIPPED_ROLES.admin;
  if (OF_TEAMS.some((privilege) => asked.has(privilege))) asked.add('see-all-chats');
  return new Set([...asked].filter((privilege) => SHIPPED_ROLES.admin.has(privilege)));
}

const routeName = ({ method, path }: HttpRoute): string => `${method} ${path}`;

/** Scope by route, as `GET /api/v1/conversations`. */
const scopes: ReadonlyMap<string, string | undefined> = new Map(
  Object.values<HttpRoute>(httpRoutes).map((route) => [routeName(route), scopeOf(route)]),
);

/** Whether a token with these scopes may call a route. */
export function isInScope(granted: readonly string[], method: string, path: string): boolean {
  const scope = scopes.get(`${method} ${path}`);
  return scope !== undefined && granted.includes(scope);
}

/** Every scope there is, with its routes. */
export function listScopes(): { scope: string; routes: string[] }[] {
  const found = new Map<string, string[]>();
  for (const [route, scope] of scopes) if (scope !== undefined) found.set(scope, [...(found.get(scope) ?? []), route]);
  return [...found]
    .map(([scope, routes]) => ({ scope, routes }))
    .toSorted((one, other) => one.scope.localeCompare(other.scope));
}
