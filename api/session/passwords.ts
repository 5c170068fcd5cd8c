import { hash, verify } from '@node-rs/argon2';

/** argon2id with the library's parameters (19 MiB, 2 passes, 1 lane), OWASP's first choice. */
export function hashPassword(password: string): Promise<string> {
  return hash(password);
}

/** Hash of a password that nobody has: an unknown user costs the same work as a known one. */
let unknownUserHash: Promise<string> | undefined;

/** Compares a password with its hash; without one it does the same work and says no. */
export async function verifyPassword(password: string, passwordHash: string | undefined): Promise<boolean> {
  unknownUserHash ??= hashPassword('nobody has this password');
  const matches = await verify(passwordHash ?? (await unknownUserHash), password);
  return matches && passwordHash !== undefined;
}
