import type { User } from '../../adapters/mongo/configuration/configuration-items.ts';
import { AppError } from '../../contracts/app-error.ts';
import { getPrincipal } from '../access.ts';
import type { AgentDesk } from '../agents/agent-desk.ts';
import type { AppDependencies } from '../dependencies.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { createCredentialCheck } from './check-credentials.ts';
import { createSecondFactorCheck, type SecondProof } from './second-factor-check.ts';
import { createKnownDevices, DEVICE_COOKIE, DEVICE_LIFETIME_MS } from './known-device.ts';
import { networkAddressOf } from './network-address.ts';
import { openSession } from './open-session.ts';
import { cookieFormOf, SESSION_COOKIE } from './session-token.ts';

const REFUSED: ReadonlySet<string> = new Set(['CREDENTIALS_INVALID', 'SECOND_FACTOR_INVALID']);

/** Log in and out. */
export function registerSessionRoutes(app: App, deps: AppDependencies, desk: AgentDesk): void {
  const checkCredentials = createCredentialCheck(deps);
  const checkSecondFactor = createSecondFactorCheck(deps);
  const { publicUrl } = deps.settings;
  const sessionCookie = cookieFormOf(SESSION_COOKIE, publicUrl);
  const deviceCookie = cookieFormOf(DEVICE_COOKIE, publicUrl);
  const devices = createKnownDevices(deps.settings.deviceKey);

  registerRoute(app, httpRoutes.logIn, async (request, reply) => {
    if (!deps.settings.hasLocalLogIn) throw new AppError('LOCAL_LOG_IN_OFF');
    const { username, password, code } = request.body;
    const attempted = { by: username, address: request.ip, at: deps.now() };
    const device = devices.find(request.cookies[deviceCookie.name], username);
    const caller = { username, address: networkAddressOf(request.ip), device };
    const prove = async (): Promise<{ user: User; proof: SecondProof | undefined }> => {
      const user = await checkCredentials(caller, password);
      return { user, proof: await checkSecondFactor(user, code) };
    };
    const { user, proof } = await prove().catch(async (error: unknown) => {
      // What was wrong is somebody's attempt; what was not compared is counted by its limits.
      if (error instanceof AppError && REFUSED.has(error.code)) {
        await deps.audit.record([{ action: 'session.refused', ...attempted }]);
      }
      throw error;
    });
    const { token, expiresAt } = await openSession(
      deps,
      { user, proof: proof && { secondFactor: proof.by }, securedBy: proof?.since },
      { request, reply },
    );
    if (device === undefined) {
      const expires = new Date(deps.now() + DEVICE_LIFETIME_MS);
      void reply.setCookie(deviceCookie.name, devices.issue(username), { ...deviceCookie.settings, expires });
    }
    return { token, username, name: user.name, role: user.role, expiresAt: new Date(expiresAt).toISOString() };
  });

  registerRoute(app, httpRoutes.logOut, async (request, reply) => {
    const { sessionHash, username, needsSecondFactor } = getPrincipal(request);
    // A password alone takes nobody out of routing.
    if (username !== undefined && !needsSecondFactor) await desk.logOut(username);
    if (sessionHash !== undefined) await deps.sessions.delete(sessionHash);
    void reply.clearCookie(sessionCookie.name, sessionCookie.settings);
    return null;
  });
}
