import type { User } from '../../adapters/mongo/configuration/configuration-items.ts';
import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import { AppError } from '../../contracts/app-error.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { getDeskPrincipal } from '../access.ts';
import { changeInTurn } from '../configuration/change-in-turn.ts';
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
    const plan = async (stored: ConfigurationSnapshot): Promise<User> => {
      const known = stored.user(username);
      if (known?.id !== user.id) throw new AppError('UNAUTHENTICATED');
      return known;
    };
    // Before and after: a process that dies in between leaves no old log-in.
    await changeInTurn(deps, plan, async (known) => {
      await deps.sessions.deleteOfUser(username, sessionHash);
      await deps.store.users.put({ ...known, passwordHash });
    });
    deps.configuration.invalidate();
    await deps.sessions.deleteOfUser(username, sessionHash);
    return null;
  });
}
