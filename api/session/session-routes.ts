import { AppError } from '../../contracts/app-error.ts';
import { getPrincipal } from '../access.ts';
import type { AgentDesk } from '../agents/agent-desk.ts';
import type { AppDependencies } from '../dependencies.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { createLoginLimiter } from './login-limiter.ts';
import { verifyPassword } from './passwords.ts';
import { createSessionToken, hashSessionToken, SESSION_COOKIE } from './session-token.ts';

/** Log in and out. */
export function registerSessionRoutes(app: App, deps: AppDependencies, desk: AgentDesk): void {
  const limiter = createLoginLimiter(deps.now);

  registerRoute(app, httpRoutes.logIn, async (request, reply) => {
    const { username, password } = request.body;
    const attempt = `${username}\n${request.ip}`;
    if (limiter.isBlocked(attempt)) throw new AppError('TOO_MANY_ATTEMPTS');
    // Counted before the slow comparison, so that attempts in parallel are bounded too.
    limiter.recordFailure(attempt);
    const user = (await deps.configuration.get()).user(username);
    const attempted = { by: username, address: request.ip, at: deps.now() };
    if (!(await verifyPassword(password, user?.passwordHash)) || !user) {
      await deps.audit.record([{ action: 'session.refused', ...attempted }]);
      throw new AppError('CREDENTIALS_INVALID');
    }
    limiter.recordSuccess(attempt);
    const token = createSessionToken();
    const at = deps.now();
    const expiresAt = at + deps.settings.sessionLifetimeMs;
    await deps.sessions.create({
      tokenHash: hashSessionToken(token),
      username,
      userId: user.id,
      at,
      expiresAt,
      address: request.ip,
      userAgent: request.headers['user-agent'] ?? '',
    });
    await deps.audit.record([{ action: 'session.opened', ...attempted, userId: user.id }]);
    void reply.setCookie(SESSION_COOKIE, token, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: 'auto',
      expires: new Date(expiresAt),
    });
    return { token, username, name: user.name, role: user.role, expiresAt: new Date(expiresAt).toISOString() };
  });

  registerRoute(app, httpRoutes.logOut, async (request, reply) => {
    const { sessionHash, username } = getPrincipal(request);
    if (username !== undefined) await desk.logOut(username);
    if (sessionHash !== undefined) await deps.sessions.delete(sessionHash);
    void reply.clearCookie(SESSION_COOKIE, { path: '/' });
    return null;
  });
}
