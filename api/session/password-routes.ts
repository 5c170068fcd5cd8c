import { AppError } from '../../contracts/app-error.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { getDeskPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { createOwnPasswordCheck } from './own-password.ts';
import { findPasswordProblem } from './password-rules.ts';
import { registerSecondFactorRoutes } from './second-factor-routes.ts';

/** A user's own password, changed by themselves, and the second factor beside it. */
export function registerPasswordRoutes(app: App, deps: AppDependencies): void {
  const checkOwnPassword = createOwnPasswordCheck(deps);
  registerSecondFactorRoutes(app, deps, checkOwnPassword);

  registerRoute(app, httpRoutes.changeMyPassword, async (request) => {
    const { username, sessionHash } = getDeskPrincipal(request);
    const { currentPassword, newPassword } = request.body;
    const user = await checkOwnPassword(request, currentPassword, 'currentPassword');
    const problem = await findPasswordProblem(newPassword, [username, user.name]);
    if (problem) throw new AppError('REQUEST_INVALID', { details: [{ path: 'newPassword', ...problem }] });
    const passwordHash = await deps.passwords.hash(newPassword);
    // Hashing takes a while: what an admin has changed of the user meanwhile stays, and one who was deleted stays so.
    const known = (await deps.configuration.getFresh()).user(username);
    if (known?.id !== user.id) throw new AppError('UNAUTHENTICATED');
    // Each before and after: a process that dies in between leaves no old log-in, and no other process with the old password.
    await deps.sessions.deleteOfUser(username, sessionHash);
    await deps.store.raiseRevision();
    await deps.store.users.put({ ...known, passwordHash });
    await deps.store.raiseRevision();
    deps.configuration.invalidate();
    await deps.sessions.deleteOfUser(username, sessionHash);
    return null;
  });
}
