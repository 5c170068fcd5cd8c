import type { IncomingMessage } from 'node:http';
import { checkUrl, RefusedError, type GuardRules } from './guarded-address.ts';

/** One request on the way to an answer. */
export interface RedirectTarget {
  url: URL;
  method: string;
  headers: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** What says nothing of the caller; any other header (a key, a cookie) may be a credential of the first host. */
const HARMLESS_HEADERS = new Set(['accept', 'accept-language', 'content-type', 'user-agent']);
const BODY_HEADERS = new Set(['content-type', 'content-length', 'content-encoding']);

/**
 * Gives the request a redirect asks for, checked like the first; undefined where the answer is none. Another origin gets
 * no credentials and no body. Source: Fetch standard, HTTP-redirect fetch.
 * @throws RefusedError
 */
export function nextRedirect(
  target: RedirectTarget,
  response: IncomingMessage,
  rules: GuardRules,
): RedirectTarget | undefined {
  const { location } = response.headers;
  if (location === undefined || !REDIRECTS.has(response.statusCode ?? 0)) return undefined;
  if (!URL.canParse(location, target.url.href)) throw new RefusedError('a redirect leads to no URL');
  const url = checkUrl(new URL(location, target.url).href, rules);
  const isSameOrigin = url.origin === target.url.origin;
  const becomesGet = turnsToGet(response.statusCode ?? 0, target.method);
  if (!becomesGet && !isSameOrigin && target.body !== undefined) {
    throw new RefusedError('a redirect asks to send the body to another host');
  }
  const headers = keepHeaders(target.headers, (name) => {
    if (becomesGet && BODY_HEADERS.has(name)) return false;
    return isSameOrigin || HARMLESS_HEADERS.has(name);
  });
  if (becomesGet) return { url, method: 'GET', headers };
  return { ...target, url, headers };
}

function turnsToGet(status: number, method: string): boolean {
  if (method === 'GET' || method === 'HEAD') return false;
  return status === 303 || ((status === 301 || status === 302) && method === 'POST');
}

function keepHeaders(
  headers: Readonly<Record<string, string>>,
  isWanted: (name: string) => boolean,
): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => isWanted(name.toLowerCase())));
}
