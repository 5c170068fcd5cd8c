/** Runs in threads of `passwords.ts`: argon2 without Node's own pool of threads. */
import { hashSync, verifySync } from '@node-rs/argon2';
import { yieldProcessor } from '../../adapters/threads/yield-processor.ts';

yieldProcessor();

/** argon2id with the library's parameters (19 MiB, 2 passes, 1 lane), OWASP's first choice. */
export function hashPassword(password: string): string {
  return hashSync(password);
}

export function isPasswordOf({ password, passwordHash }: { password: string; passwordHash: string }): boolean {
  return verifySync(passwordHash, password);
}
