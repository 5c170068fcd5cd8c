import type { User } from '../../adapters/mongo/configuration/configuration-items.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { AppDependencies } from '../dependencies.ts';
import { createLoginLimiter, type LoginCaller } from './login-limiter.ts';
import { createLoginQueue } from './login-queue.ts';
import { PASSWORD_THREADS } from './passwords.ts';

type Deps = Pick<AppDependencies, 'configuration' | 'passwords' | 'now'>;

/**
 * Makes the comparison of user name and password within the budgets of failures and of turns. It counts what is in force at that
 * moment: a user whom another process has just made comes in, a password that it has just changed no longer lets in.
 * @throws AppError CREDENTIALS_INVALID, TOO_MANY_ATTEMPTS
 */
export function createCredentialCheck(deps: Deps): (caller: LoginCaller, password: string) => Promise<User> {
  const limiter = createLoginLimiter(deps.now);
  const queue = createLoginQueue(PASSWORD_THREADS);
  return async (caller, password) => {
    const { username, device, address } = caller;
    const turn = { key: device ?? address, isKnown: device !== undefined };
    if (limiter.isBlocked(caller)) throw new AppError('TOO_MANY_ATTEMPTS');
    const [held, isHeld] = await queue.run(turn, async () => {
      // Again: others of this caller have failed while this one waited.
      if (limiter.isBlocked(caller)) throw new AppError('TOO_MANY_ATTEMPTS');
      // Counted before the slow comparison, so that attempts in parallel are bounded, too.
      limiter.recordFailure(caller);
      const hash = (await deps.configuration.get()).user(username)?.passwordHash;
      return [hash, await deps.passwords.verify(password, hash)] as const;
    });
    const user = (await deps.configuration.getFreshTogether()).user(username);
    const isChanged = user?.passwordHash !== held;
    const isRight = isChanged
      ? await queue.run(turn, () => deps.passwords.verify(password, user?.passwordHash))
      : isHeld;
    if (!user || !isRight) throw new AppError('CREDENTIALS_INVALID');
    limiter.recordSuccess(caller);
    return user;
  };
}
