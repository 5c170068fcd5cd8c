import { createHash, randomBytes } from 'node:crypto';

export const SESSION_COOKIE = 'attendant_session';

/** 32 random bytes, base64url. */
export function createSessionToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a token. No salt: a token is random already. */
export function hashSessionToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
