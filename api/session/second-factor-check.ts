import type { User } from '../../adapters/mongo/configuration/configuration-items.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { AppDependencies } from '../dependencies.ts';
import { createLoginLimiter, type LoginCaller } from './login-limiter.ts';
import { hashRecoveryCode, stepOfCode } from './one-time-codes.ts';

type Deps = Pick<AppDependencies, 'secondFactors' | 'now'>;

/** How a log-in was proved beside the password, and when the second factor that it was proved by was turned on. */
export interface SecondProof {
  by: 'code' | 'recovery-code';
  since: number;
}

/**
 * Makes the check of a code beside a password that was right; undefined where the user has no second factor.
 * @throws AppError SECOND_FACTOR_REQUIRED, SECOND_FACTOR_INVALID, TOO_MANY_ATTEMPTS
 */
export function createSecondFactorCheck(
  deps: Deps,
): (user: User, code: string | undefined) => Promise<SecondProof | undefined> {
  const limiter = createLoginLimiter(deps.now);
  return async (user, code) => {
    const factor = await deps.secondFactors.find(user.id);
    if (!factor?.isOn) return undefined;
    if (code === undefined) throw new AppError('SECOND_FACTOR_REQUIRED');
    const caller = codeCallerOf(user);
    if (limiter.isBlocked(caller)) throw new AppError('TOO_MANY_ATTEMPTS');
    limiter.recordFailure(caller);
    const proof = await useCode(deps, { userId: user.id, secret: factor.secret, code });
    if (!proof) throw new AppError('SECOND_FACTOR_INVALID');
    limiter.recordSuccess(caller);
    return { by: proof, since: factor.since };
  };
}

/** Counted by the user alone, wherever they come from: only who knows the password gets this far. */
export const codeCallerOf = ({ id, username }: Pick<User, 'id' | 'username'>): LoginCaller => ({
  username,
  address: '',
  device: `second factor of ${id}`,
});

async function useCode(
  { secondFactors, now }: Deps,
  { userId, secret, code }: { userId: string; secret: string; code: string },
): Promise<SecondProof['by'] | undefined> {
  const step = stepOfCode(code, secret, now());
  if (step !== undefined) return (await secondFactors.useStep(userId, step)) ? 'code' : undefined;
  return (await secondFactors.useRecoveryCode(userId, hashRecoveryCode(code))) ? 'recovery-code' : undefined;
}
