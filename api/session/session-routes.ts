import { AppError } from '../../contracts/app-error.ts';
import { getPrincipal } from '../access.ts';
import type { AgentDesk } from '../agents/agent-desk.ts';
import type { AppDependencies } from '../dependencies.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { createCredentialCheck } from './check-credentials.ts';
import { createKnownDevices, DEVICE_COOKIE, DEVICE_LIFETIME_MS } from './known-device.ts';
import { networkAddressOf } from './network-address.ts';
import { cookieFormOf, createSessionToken, hashSessionToken, SESSION_COOKIE } from './session-token.ts';

/** Log in and out. */
export function registerSessionRoutes(app: App, deps: AppDependencies, desk: AgentDesk): void {
  const checkCredentials = createCredentialCheck(deps);
  const { publicUrl } = deps.settings;
  const sessionCookie = cookieFormOf(SESSION_COOKIE, publicUrl);
  const deviceCookie = cookieFormOf(DEVICE_COOKIE, publicUrl);
  const devices = createKnownDevices(deps.settings.deviceKey);

  registerRoute(app, httpRoutes.logIn, async (request, reply) => {
    const { username, password } = request.body;
    const device = devices.find(request.cookies[deviceCookie.name], username);
    const caller = { username, address: networkAddressOf(request.ip), device };
    const attempted = { by: username, address: request.ip, at: deps.now() };
    const user = await checkCredentials(caller, password).catch(async (error: unknown) => {
      if (error instanceof AppError && error.code === 'CREDENTIALS_INVALID')
        await deps.audit.record([{ action: 'session.refused', ...attempted }]);
      throw error;
    });
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
    void reply.setCookie(sessionCookie.name, token, { ...sessionCookie.settings, expires: new Date(expiresAt) });
    if (device === undefined) {
      const expires = new Date(at + DEVICE_LIFETIME_MS);
      void reply.setCookie(deviceCookie.name, devices.issue(username), { ...deviceCookie.settings, expires });
    }
    return { token, username, name: user.name, role: user.role, expiresAt: new Date(expiresAt).toISOString() };
  });

  registerRoute(app, httpRoutes.logOut, async (request, reply) => {
    const { sessionHash, username } = getPrincipal(request);
    if (username !== undefined) await desk.logOut(username);
    if (sessionHash !== undefined) await deps.sessions.delete(sessionHash);
    void reply.clearCookie(sessionCookie.name, sessionCookie.settings);
    return null;
  });
}
