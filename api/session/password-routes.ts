import { AppError } from '../../contracts/app-error.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { getDeskPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { createLoginLimiter } from './login-limiter.ts';
import { findPasswordProblem } from './password-rules.ts';

/** A user's own password, changed by themselves. */
export function registerPasswordRoutes(app: App, deps: AppDependencies): void {
  const limiter = createLoginLimiter(deps.now);

  registerRoute(app, httpRoutes.changeMyPassword, async (request) => {
    const { username, sessionHash } = getDeskPrincipal(request);
    const { currentPassword, newPassword } = request.body;
    // Logged in, so known: nobody else's failures count.
    const caller = { username, address: '', device: username };
    if (limiter.isBlocked(caller)) throw new AppError('TOO_MANY_ATTEMPTS');
    limiter.recordFailure(caller);
    const user = (await deps.configuration.getFresh()).user(username);
    if (!user || !(await deps.passwords.verify(currentPassword, user.passwordHash))) {
      throw refused('currentPassword', { message: 'is not your password', remedy: 'Enter the one you log in with.' });
    }
    limiter.recordSuccess(caller);
    const problem = await findPasswordProblem(newPassword, [username, user.name]);
    if (problem) throw refused('newPassword', problem);
    await deps.store.users.put({ ...user, passwordHash: await deps.passwords.hash(newPassword) });
    await deps.store.raiseRevision();
    deps.configuration.invalidate();
    await deps.sessions.deleteOfUser(username, sessionHash);
    return null;
  });
}

function refused(path: string, problem: { message: string; remedy?: string }): AppError {
  return new AppError('REQUEST_INVALID', { details: [{ path, ...problem }] });
}
