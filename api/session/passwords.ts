import { createThreadPool } from '../../adapters/threads/thread-pool.ts';

/**
 * Comparisons at once. Each takes about 30 ms of a processor and 19 MiB, and yields to everything else; more at once would
 * only take longer each.
 */
export const PASSWORD_THREADS = 2;

const MAX_QUEUE = 1000;
const MAX_HEAP_MB = 128;
const TIMEOUT_MS = 20_000;

/** Hashes and compares passwords in threads of its own. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** Compares a password with its hash; without one it does the same work and says no. */
  verify(password: string, passwordHash: string | undefined): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * Creates the threads' owner; they start with the first call. They are not Node's own four: those encrypt Temporal's
 * payloads, and a crowd of log-ins would keep an agent's message waiting behind it.
 */
export function createPasswords(): Passwords {
  const threads = createThreadPool({
    module: './password-thread',
    base: import.meta.url,
    maxThreads: PASSWORD_THREADS,
    niceIncrement: 0,
    maxQueue: MAX_QUEUE,
    maxHeapMb: MAX_HEAP_MB,
  });
  const run = <Result>(name: string, argument: unknown): Promise<Result> =>
    threads.run({ name, argument, timeoutMs: TIMEOUT_MS });
  const hash = (password: string): Promise<string> => run('hashPassword', password);
  /** Hash of a password that nobody has: an unknown user costs the same work as a known one. */
  let unknownUserHash: Promise<string> | undefined;

  return {
    hash,
    async verify(password, passwordHash) {
      unknownUserHash ??= hash('nobody has this password').catch((error: unknown) => {
        unknownUserHash = undefined;
        throw error;
      });
      const compared = passwordHash ?? (await unknownUserHash);
      const isSame = await run<boolean>('isPasswordOf', { password, passwordHash: compared });
      return isSame && passwordHash !== undefined;
    },
    close: () => threads.close(),
  };
}
