/**
 * Calls to addresses that somebody else chose (a scenario's author, a customer's attachment): guarded against reaching
 * what lies behind our firewall. Every request of a chain of redirects is checked by the address it really connects to.
 */
import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { checkUrl, createGuardedLookup, RefusedError, type GuardRules } from './guarded-address.ts';
import { describeFetchFailure } from './messenger/fetch-failure.ts';
import { createPrivateHosts } from './private-hosts.ts';
import { nextRedirect, type RedirectTarget } from './guarded-redirect.ts';

/** `privateHosts`: the operator's list (`ATTENDANT_PRIVATE_HOSTS`) of hosts that may be private, and plain http. */
export interface GuardedFetchOptions {
  privateHosts: readonly string[];
}

/** One call. Defaults: GET, 10 s in all, 1 MiB of body, 5 redirects, https only, any host. */
interface GuardedCall {
  method?: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
  /** For everything together: looking up, redirects, the last byte. */
  timeoutMs?: number;
  /** Of the body as it reaches us and as it is unpacked; what is more is cut off. */
  maxBytes?: number;
  maxRedirects?: number;
  /** True: plain http is taken as well. */
  allowHttp?: boolean;
  /** Only these hosts and their subdomains, at every redirect. */
  onlyHosts?: readonly string[];
}

/**
 * What became of a call; nothing is thrown for what happens on the way, and no reason holds an address or a secret.
 * `refused`: the guard stopped it, at the first request or at a redirect. `hasLeft`: the other side may have acted on it.
 */
export type GuardedResult =
  | {
      outcome: 'answered';
      status: number;
      /** Names in lower case; a header that came several times is joined by `, `. */
      headers: Readonly<Record<string, string>>;
      /** Without parameters and in lower case; empty where the answer names none. */
      contentType: string;
      bytes: Buffer;
      /** The body was longer than `maxBytes`. */
      isTruncated: boolean;
      /** Where the answer came from, after redirects. */
      url: string;
    }
  | { outcome: 'refused'; reason: string }
  | { outcome: 'failed'; reason: string; hasLeft: boolean }
  | { outcome: 'timeout'; reason: string };

export type GuardedResponse = Extract<GuardedResult, { outcome: 'answered' }>;
export type GuardedFetch = (url: string, call?: GuardedCall) => Promise<GuardedResult>;

const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_MAX_BYTES = 1024 * 1024;
const DEFAULT_MAX_REDIRECTS = 5;

/** Creates the calls of one process. Connections are not kept: the next call looks its host up again. */
export function createGuardedFetch({ privateHosts }: GuardedFetchOptions): GuardedFetch {
  const allowed = createPrivateHosts(privateHosts);
  return async function guardedFetch(url, call = {}) {
    const { timeoutMs = DEFAULT_TIMEOUT_MS, allowHttp = false, onlyHosts } = call;
    const rules: GuardRules = { allowHttp, privateHosts: allowed, ...(onlyHosts && { onlyHosts }) };
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      return await follow({ url, call, rules, signal });
    } catch (error) {
      if (error instanceof RefusedError) return { outcome: 'refused', reason: error.message };
      if (signal.aborted) return { outcome: 'timeout', reason: `no complete answer within ${timeoutMs} ms` };
      const { outcome, reason } = describeFetchFailure(error);
      return { outcome: 'failed', reason, hasLeft: outcome === 'ambiguous' };
    }
  };
}

interface Fetching {
  url: string;
  call: GuardedCall;
  rules: GuardRules;
  signal: AbortSignal;
}

async function follow({ url, call, rules, signal }: Fetching): Promise<GuardedResponse> {
  let target: RedirectTarget = {
    url: checkUrl(url, rules),
    method: (call.method ?? 'GET').toUpperCase(),
    headers: { ...call.headers },
    ...(call.body !== undefined && { body: call.body }),
  };
  const maxRedirects = call.maxRedirects ?? DEFAULT_MAX_REDIRECTS;
  for (let redirects = 0; ; redirects += 1) {
    const response = await send(target, rules, signal);
    const location = maxRedirects === 0 ? undefined : nextRedirect(target, response, rules);
    if (location === undefined) return readAnswer(response, target.url, call.maxBytes ?? DEFAULT_MAX_BYTES);
    response.destroy();
    if (redirects >= maxRedirects) throw new RefusedError(`more than ${maxRedirects} redirects`);
    target = location;
  }
}

function send(target: RedirectTarget, rules: GuardRules, signal: AbortSignal): Promise<IncomingMessage> {
  const { url, method, headers, body } = target;
  const options: RequestOptions = {
    method,
    headers: { 'accept-encoding': 'identity', 'user-agent': 'attendant', ...lowerCased(headers) },
    lookup: createGuardedLookup(url, rules),
    signal,
    agent: false,
  };
  const open = url.protocol === 'http:' ? requestHttp : requestHttps;
  return new Promise((resolve, reject) => {
    const request = open(url, options, resolve);
    request.on('error', reject);
    request.end(body);
  });
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

async function readAnswer(response: IncomingMessage, url: URL, maxBytes: number): Promise<GuardedResponse> {
  const headers = Object.fromEntries(
    Object.entries(response.headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')]),
  );
  const { bytes, isTruncated } = await readBounded(unpack(response), maxBytes);
  response.destroy();
  return {
    outcome: 'answered',
    status: response.statusCode ?? 0,
    headers,
    contentType: (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '',
    bytes,
    isTruncated,
    url: url.href,
  };
}

/** A server that packs its answer although nobody asked for it is understood all the same. */
function unpack(response: IncomingMessage): Readable {
  const unpackers = { gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate, br: createBrotliDecompress };
  const encoding = response.headers['content-encoding']?.trim().toLowerCase() ?? '';
  const create = Object.entries(unpackers).find(([name]) => name === encoding)?.[1];
  if (create === undefined) return response;
  const unpacked = create();
  response.on('error', (error) => unpacked.destroy(error));
  return response.pipe(unpacked);
}

async function readBounded(body: Readable, maxBytes: number): Promise<{ bytes: Buffer; isTruncated: boolean }> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of body as AsyncIterable<Buffer>) {
    const room = maxBytes - size;
    pieces.push(piece.subarray(0, room));
    size += piece.length;
    if (piece.length > room) return { bytes: Buffer.concat(pieces), isTruncated: true };
  }
  return { bytes: Buffer.concat(pieces), isTruncated: false };
}
