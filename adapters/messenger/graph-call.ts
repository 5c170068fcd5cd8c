import { describeFetchFailure } from './fetch-failure.ts';
import { classifyGraphError, hasGraphError, type GraphError } from './graph-errors.ts';
import { readUsage, type GraphUsage } from './graph-usage.ts';
import { parseExactJson } from '../parse-exact-json.ts';
import { appSecretProof } from './signature.ts';

/** Which Graph API is called. `graphUrl` without version, as `https://graph.facebook.com`; `timeoutMs` per call. */
export interface GraphClientOptions {
  graphUrl: string;
  graphVersion: string;
  timeoutMs: number;
}

/** Whose call it is. */
export interface PageCredentials {
  pageId: string;
  pageToken: string;
  appSecret: string;
}

export interface WithUsage {
  usage?: GraphUsage;
}

/**
 * What is known of a call that changes something at Meta. `never-left`: it surely did not reach Meta.
 * `ambiguous`: it may have taken effect, so it must not simply be made again. Reasons hold no secret.
 */
export type FailedCall = WithUsage &
  (
    | { outcome: 'never-left'; reason: string }
    | { outcome: 'ambiguous'; reason: string; error?: GraphError }
    | { outcome: 'refused'; error: GraphError }
  );
/** A call as it goes out. `path` below the version, already encoded. */
export interface GraphCall {
  credentials: PageCredentials;
  path: string;
  /** JSON, or a form with a file. */
  body?: object | FormData;
  /** With a body POST, else GET, where absent. */
  method?: 'DELETE';
  query?: Record<string, string>;
  timeoutMs?: number;
  /** False: without `appsecret_proof`, to find out whether it is the proof that Graph refuses. */
  hasProof?: boolean;
}

interface GraphResponse {
  httpStatus: number;
  headers: Headers;
  /** Undefined where the answer is not JSON. */
  body: unknown;
}

export type CallResult = GraphResponse | { outcome: 'never-left' | 'ambiguous'; reason: string };

/**
 * Makes one call. It never throws for what happens on the way; every outcome is a value.
 * The token goes in the query, as some calls ignore a proof in the body; no URL ever gets into a reason.
 */
export async function callGraph(options: GraphClientOptions, call: GraphCall): Promise<CallResult> {
  const { pageToken, appSecret } = call.credentials;
  const url = new URL(`${options.graphUrl.replace(/\/$/, '')}/${options.graphVersion}/${call.path}`);
  const secrets = {
    access_token: pageToken,
    ...(call.hasProof !== false && { appsecret_proof: appSecretProof(pageToken, appSecret) }),
  };
  url.search = new URLSearchParams({ ...call.query, ...secrets }).toString();
  const request: RequestInit = {
    // A redirect would carry the token to another place.
    redirect: 'manual',
    signal: AbortSignal.timeout(call.timeoutMs ?? options.timeoutMs),
  };
  if (call.body instanceof FormData) {
    request.method = 'POST';
    request.body = call.body;
  } else if (call.body !== undefined) {
    request.method = 'POST';
    request.headers = { 'content-type': 'application/json' };
    request.body = JSON.stringify(call.body, (_key, value: unknown) =>
      typeof value === 'string' ? value.toWellFormed() : value,
    );
  }
  if (call.method !== undefined) request.method = call.method;
  try {
    const response = await fetch(url, request);
    return { httpStatus: response.status, headers: response.headers, body: parseBody(await response.text()) };
  } catch (error) {
    return describeFetchFailure(error);
  }
}

function parseBody(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch {
    return undefined;
  }
}

export type ClassifiedCall = { failed: FailedCall } | { body: unknown; usage: WithUsage };

/** Tells an answer that counts from everything else that may come back. */
export function classifyCall(result: CallResult): ClassifiedCall {
  if ('outcome' in result) return { failed: result };
  const { httpStatus, headers, body } = result;
  const usage = usageOf(headers);
  if (httpStatus < 300 && !hasGraphError(body)) return { body, usage };
  if (httpStatus >= 500 && !hasGraphError(body)) {
    // A gateway gave up waiting: what stands behind it may have sent the message.
    return { failed: { ...usage, outcome: 'ambiguous', reason: `HTTP ${httpStatus} without a Graph error` } };
  }
  const error = classifyGraphError(httpStatus, body, headers);
  if (error.class !== 'ambiguous') return { failed: { ...usage, outcome: 'refused', error } };
  return { failed: { ...usage, outcome: 'ambiguous', reason: error.operatorMessage, error } };
}

function usageOf(headers: Headers): WithUsage {
  const usage = readUsage(headers);
  return usage === undefined ? {} : { usage };
}
