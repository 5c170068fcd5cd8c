import type { FastifyRequest } from 'fastify';
import type { User } from '../../adapters/mongo/configuration/configuration-items.ts';
import { AppError } from '../../contracts/app-error.ts';
import { getDeskPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { createLoginLimiter } from './login-limiter.ts';
import { networkAddressOf } from './network-address.ts';

/** Asks whoever is logged in for their password once more; `path`: the field that a wrong one is told of. */
export type OwnPasswordCheck = (request: FastifyRequest, password: string, path: string) => Promise<User>;

/**
 * Makes that check, within a budget of failures.
 * @throws AppError REQUEST_INVALID, TOO_MANY_ATTEMPTS
 */
export function createOwnPasswordCheck(
  deps: Pick<AppDependencies, 'configuration' | 'passwords' | 'now'>,
): OwnPasswordCheck {
  const limiter = createLoginLimiter(deps.now);
  return async (request, password, path) => {
    const { username } = getDeskPrincipal(request);
    // Who is logged in is counted by themselves: nobody else's failures keep them from it.
    const caller = { username, address: networkAddressOf(request.ip), device: `logged in as ${username}` };
    if (limiter.isBlocked(caller)) throw new AppError('TOO_MANY_ATTEMPTS');
    limiter.recordFailure(caller);
    const user = (await deps.configuration.getFresh()).user(username);
    if (!user || !(await deps.passwords.verify(password, user.passwordHash))) {
      const problem = { path, message: 'is not your password', remedy: 'Enter the one you log in with.' };
      throw new AppError('REQUEST_INVALID', { details: [problem] });
    }
    limiter.recordSuccess(caller);
    return user;
  };
}
