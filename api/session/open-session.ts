import type { FastifyReply, FastifyRequest } from 'fastify';
import type { User } from '../../adapters/mongo/configuration/configuration-items.ts';
import type { SessionProof } from '../../adapters/mongo/sessions-repository.ts';
import type { AppDependencies } from '../dependencies.ts';
import { cookieFormOf, createSessionToken, hashSessionToken, SESSION_COOKIE } from './session-token.ts';

type Deps = Pick<AppDependencies, 'sessions' | 'audit' | 'settings' | 'now'>;

interface OpenedBy {
  user: User;
  proof?: Readonly<Record<string, string>> | undefined;
  securedBy?: SessionProof | undefined;
}

/**
 * Logs a user in who has proved who they are: keeps the session with what secures it, writes it down with `proof`, what they
 * proved it by beside the password, and gives the browser its cookie.
 */
export async function openSession(
  deps: Deps,
  { user, proof, securedBy }: OpenedBy,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): Promise<{ token: string; expiresAt: number }> {
  const { username, id: userId } = user;
  const cookie = cookieFormOf(SESSION_COOKIE, deps.settings.publicUrl);
  const token = createSessionToken();
  const at = deps.now();
  const expiresAt = at + deps.settings.sessionLifetimeMs;
  await deps.sessions.create({
    tokenHash: hashSessionToken(token),
    username,
    userId,
    at,
    expiresAt,
    address: request.ip,
    userAgent: request.headers['user-agent'] ?? '',
    ...(securedBy !== undefined && { securedBy }),
  });
  const opened = { action: 'session.opened' as const, by: username, address: request.ip, at, userId };
  await deps.audit.record([{ ...opened, ...(proof && { subject: proof }) }]);
  void reply.setCookie(cookie.name, token, { ...cookie.settings, expires: new Date(expiresAt) });
  return { token, expiresAt };
}
