import { createHash } from 'node:crypto';

/** Names a key without telling it: what is encrypted carries it, so that a wrong key is named and not guessed. */
export function keyIdOf(key: Uint8Array): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 12);
}
