import type { FastifyRequest } from 'fastify';
import type { StoredSession } from '../../adapters/mongo/sessions-repository.ts';
import { AppError } from '../../contracts/app-error.ts';
import { mayDo } from '../../contracts/privileges.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import type { SessionListItem } from '../../contracts/session-schema.ts';
import { getPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import { wholeList } from '../whole-list.ts';
import type { App } from '../zod-provider.ts';

/** Where somebody is logged in: seen and ended by themselves, and by admins. */
export function registerSessionListRoutes(app: App, { sessions, now }: AppDependencies): void {
  registerRoute(app, httpRoutes.listSessions, async (request) => {
    const found = await sessions.list(whose(request, request.query.username), now());
    return wholeList(found.map((session) => present(session, getPrincipal(request).sessionHash)));
  });

  registerRoute(app, httpRoutes.revokeSession, async (request) => {
    const found = await sessions.list(whose(request), now());
    const session = found.find(({ id }) => id === request.params.id);
    if (!session) throw new AppError('NOT_FOUND', { message: 'There is no such session.' });
    await sessions.delete(session._id);
    request.auditSubject = { name: session.username };
    return null;
  });
}

/** The user whose sessions the caller may see; undefined: everybody's. @throws AppError FORBIDDEN */
function whose(request: FastifyRequest, wanted?: string): string | undefined {
  const principal = getPrincipal(request);
  const { username } = principal;
  if (mayDo(principal, 'manage-users')) return wanted;
  if (wanted !== undefined && wanted !== username) throw new AppError('FORBIDDEN');
  return username;
}

function present(session: StoredSession, currentHash: string | undefined): SessionListItem {
  const { _id, id, username, createdAt, lastSeenAt, expiresAt, address, userAgent } = session;
  return {
    id,
    username,
    createdAt: new Date(createdAt).toISOString(),
    lastSeenAt: new Date(lastSeenAt).toISOString(),
    expiresAt: new Date(expiresAt).toISOString(),
    address,
    userAgent,
    isCurrent: _id === currentHash,
  };
}
