import type { User } from '../../adapters/mongo/configuration/configuration-items.ts';
import { AppError } from '../../contracts/app-error.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { getDeskPrincipal, getPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { requireTheirs } from '../configuration/require-allowed.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { createLoginLimiter } from './login-limiter.ts';
import { createKey, createRecoveryCodes, hashRecoveryCode, keyUri, stepOfCode } from './one-time-codes.ts';
import type { OwnPasswordCheck } from './own-password.ts';
import { isFactorRequired } from './secured-session.ts';
import { codeCallerOf } from './second-factor-check.ts';

/** A user's own second factor, and its reset by an admin. */
export function registerSecondFactorRoutes(app: App, deps: AppDependencies, checkOwnPassword: OwnPasswordCheck): void {
  const { secondFactors, now } = deps;
  const turnOn = createTurningOn(deps);

  registerRoute(app, httpRoutes.getMySecondFactor, async (request) => {
    const { userId, role, securedBy } = getDeskPrincipal(request);
    const isRequired = isFactorRequired(deps, await deps.configuration.get(), role);
    const may = { isRequired, isByProvider: securedBy === 'provider' };
    const factor = await secondFactors.find(userId);
    if (!factor?.isOn) return { ...may, isOn: false, recoveryCodesLeft: 0 };
    const { since, recoveryCodesLeft } = factor;
    return { ...may, isOn: true, since: new Date(since).toISOString(), recoveryCodesLeft };
  });

  registerRoute(app, httpRoutes.beginMySecondFactor, async (request) => {
    // Whom a provider lets in may have no password here that anybody knows.
    if (getDeskPrincipal(request).securedBy === 'provider') throw new AppError('SECOND_FACTOR_AT_PROVIDER');
    const user = await checkOwnPassword(request, request.body.password, 'password');
    const key = createKey();
    if (!(await secondFactors.begin(user, key, now()))) throw new AppError('SECOND_FACTOR_ON');
    return { key, uri: keyUri(key, user.username) };
  });

  registerRoute(app, httpRoutes.turnOnMySecondFactor, async (request) => {
    const { userId, username, sessionHash } = getDeskPrincipal(request);
    const { recoveryCodes, since } = await turnOn({ id: userId, username }, request.body.code);
    // Who is gone before this comes in by a code of it.
    if (sessionHash !== undefined) await deps.sessions.secure(sessionHash, since);
    await deps.sessions.deleteOfUser(username, sessionHash);
    return { recoveryCodes };
  });

  registerRoute(app, httpRoutes.turnOffMySecondFactor, async (request) => {
    const { role } = getDeskPrincipal(request);
    if (isFactorRequired(deps, await deps.configuration.getFresh(), role))
      throw new AppError('SECOND_FACTOR_REQUIRED_BY_ROLE');
    const user = await checkOwnPassword(request, request.body.password, 'password');
    if (!(await secondFactors.delete(user.id))) throw new AppError('NOT_FOUND', { message: 'It is off already.' });
    return null;
  });

  registerRoute(app, httpRoutes.resetSecondFactor, async (request) => {
    const { username } = request.params;
    const configuration = await deps.configuration.getFresh();
    const user = configuration.user(username);
    if (!user) throw new AppError('NOT_FOUND', { message: 'There is no such user.' });
    requireTheirs(getPrincipal(request), configuration, { kind: 'user', key: username });
    if (!(await secondFactors.delete(user.id)))
      throw new AppError('NOT_FOUND', { message: 'This user has no second factor.' });
    request.auditSubject = { name: username };
    return null;
  });
}

/** Makes what puts a begun factor in force; gives its recovery codes, which nobody can ask for again, and since when it is. */
function createTurningOn({
  secondFactors,
  now,
}: AppDependencies): (
  user: Pick<User, 'id' | 'username'>,
  code: string,
) => Promise<{ recoveryCodes: string[]; since: number }> {
  const limiter = createLoginLimiter(now);
  return async (user, code) => {
    const factor = await secondFactors.find(user.id);
    if (!factor) throw new AppError('NOT_FOUND', { message: 'No second factor was begun. Ask for a key first.' });
    if (factor.isOn) throw new AppError('SECOND_FACTOR_ON');
    const caller = codeCallerOf(user);
    if (limiter.isBlocked(caller)) throw new AppError('TOO_MANY_ATTEMPTS');
    limiter.recordFailure(caller);
    const step = stepOfCode(code, factor.secret, now());
    if (step === undefined) throw refused('is not the code of now', 'Enter the six digits that are shown.');
    const recoveryCodes = createRecoveryCodes();
    const hashes = recoveryCodes.map(hashRecoveryCode);
    const since = now();
    if (!(await secondFactors.turnOn(user.id, { begunAt: factor.since, step, recoveryCodes: hashes, at: since }))) {
      if ((await secondFactors.find(user.id))?.isOn) throw new AppError('SECOND_FACTOR_ON');
      throw refused('is of a key that another window has replaced', 'Enter the code of the key that was shown last.');
    }
    limiter.recordSuccess(caller);
    return { recoveryCodes, since };
  };
}

function refused(message: string, remedy: string): AppError {
  return new AppError('REQUEST_INVALID', { details: [{ path: 'code', message, remedy }] });
}
