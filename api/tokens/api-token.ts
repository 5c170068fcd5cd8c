import { createHash, randomBytes } from 'node:crypto';

/** Tells a program's token from a session's, also to those who look for leaked ones. */
const PREFIX = 'att_';

/** 32 random bytes, base64url, behind the prefix. */
export function createApiToken(): string {
  return `${PREFIX}${randomBytes(32).toString('base64url')}`;
}

export function isApiToken(bearer: string): boolean {
  return bearer.startsWith(PREFIX);
}

/** What is stored of a token. No salt: a token is random already. */
export function hashApiToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
