import { createHash, randomBytes } from 'node:crypto';

export const SESSION_COOKIE = 'attendant_session';

/** How a cookie is called and set. */
export interface CookieForm {
  name: string;
  settings: { path: '/'; httpOnly: true; sameSite: 'lax'; secure: true | 'auto' };
}

/**
 * With an https address a cookie is `Secure` and named `__Host-…`, so that no other host of the domain and no plain http
 * can set it; else as secure as the request that it answers.
 */
export function cookieFormOf(name: string, publicUrl: string | undefined): CookieForm {
  const isHttps = publicUrl?.startsWith('https://') === true;
  const settings = { path: '/', httpOnly: true, sameSite: 'lax', secure: isHttps || 'auto' } as const;
  return { name: isHttps ? `__Host-${name}` : name, settings };
}

/** 32 random bytes, base64url. */
export function createSessionToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a token. No salt: a token is random already. */
export function hashSessionToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
