import { createHash, randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

const PERIOD_S = 30;
/** Codes of the step before and after count as well: clocks differ, and people take a while to type. */
const WINDOW_STEPS = 1;
/** RFC 4226: as long as the hash. */
const SECRET_BYTES = 20;

const RECOVERY_CODES = 10;
/** 80 bits in 16 letters of base32, which nobody guesses, hashed or not. */
const RECOVERY_CODE_BYTES = 10;

/** What every authenticator knows: SHA-1, six digits, 30 s (RFC 6238). */
const totpOf = (key: string, username: string): TOTP =>
  new TOTP({ issuer: 'Attendant', label: username, secret: Secret.fromBase32(key), period: PERIOD_S });

/** A new key, base32. */
export const createKey = (): string => new Secret({ size: SECRET_BYTES }).base32;

/** How an authenticator is told the key: what its camera reads. */
export const keyUri = (key: string, username: string): string => totpOf(key, username).toString();

/** The number of the time step whose code this is; undefined where it is none of now. `now`: epoch milliseconds. */
export function stepOfCode(code: string, key: string, now: number): number | undefined {
  const token = code.replaceAll(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return undefined;
  const delta = totpOf(key, '').validate({ token, timestamp: now, window: WINDOW_STEPS });
  return delta === null ? undefined : Math.floor(now / 1000 / PERIOD_S) + delta;
}

/** Codes for whoever has lost their authenticator: `abcd-efgh-ijkl-mnop`. */
export const createRecoveryCodes = (): string[] =>
  Array.from({ length: RECOVERY_CODES }, () => {
    const { base32 } = new Secret({ buffer: new Uint8Array(randomBytes(RECOVERY_CODE_BYTES)).buffer });
    return (base32.toLowerCase().match(/.{4}/g) ?? []).join('-');
  });

/** What is kept of a recovery code; how it was typed does not count. No salt: it is random already. */
export function hashRecoveryCode(code: string): string {
  const letters = code.toLowerCase().replaceAll(/[^a-z2-7]/g, '');
  return createHash('sha256').update(letters).digest('hex');
}
