import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import type { InputProblem } from '../../contracts/app-error.ts';

/** Below it a password falls to a patient attack on the log-in: fewer than 10^8 guesses by who knows what people choose. */
const LEAST_SCORE = 3;
/** What follows makes a password no weaker; judging 256 random characters would hold the process up for half a second. */
const JUDGED_CHARACTERS = 64;

let estimator: Promise<ZxcvbnFactory> | undefined;

/** The word lists are large, and only new passwords need them. */
async function loadEstimator(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory: Factory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  return new Factory({ dictionary, graphs: adjacencyGraphs });
}

/**
 * What is wrong with a new password beside its length: one of the common ones, or made of them, of runs of keys or of
 * `names`, as those of the user. Undefined where it is good. Never repeats the password.
 */
export async function findPasswordProblem(
  password: string,
  names: readonly string[],
): Promise<Omit<InputProblem, 'path'> | undefined> {
  estimator ??= loadEstimator();
  const { score } = (await estimator).check(password.slice(0, JUDGED_CHARACTERS), [...names, 'attendant']);
  if (score >= LEAST_SCORE) return undefined;
  const remedy = 'Take several words that have nothing to do with one another or with you.';
  return { message: 'is too easy to guess', remedy };
}
