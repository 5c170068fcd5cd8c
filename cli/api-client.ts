import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ErrorBody } from '../contracts/http-api-schema.ts';
import { createHttpClient, UnexpectedResponseError, type HttpClient } from '../contracts/http-client.ts';

/** An api and the right to be its admin. */
export interface ApiAddress {
  url: string;
  token: string;
}

/** Thrown by what has no other use for a refusal; the message is for the person at the terminal. */
export class ApiRefusedError extends Error {
  override readonly name = 'ApiRefusedError';

  constructor({ message }: ErrorBody) {
    super(message);
  }
}

/** True for what a command tells the person at the terminal, instead of breaking. */
export function isApiFailure(error: unknown): error is ApiUnreachableError | ApiRefusedError {
  return error instanceof ApiUnreachableError || error instanceof ApiRefusedError;
}

/** Thrown where the api cannot be found or reached; the message is for the person at the terminal. */
export class ApiUnreachableError extends Error {
  override readonly name = 'ApiUnreachableError';
}

const DEFAULT_DATA_FOLDER = '.attendant';

async function readText(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch {
    return undefined;
  }
}

async function readStackUrl(file: string): Promise<string | undefined> {
  const text = await readText(file);
  if (text === undefined) return undefined;
  try {
    const { url } = JSON.parse(text) as { url?: unknown };
    return typeof url === 'string' ? url : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Finds the api: ATTENDANT_URL and ATTENDANT_ADMIN_TOKEN, else what the running stack left in its data folder.
 * @throws ApiUnreachableError naming what is missing
 */
export async function findApi(env: NodeJS.ProcessEnv): Promise<ApiAddress> {
  const folder = path.resolve(env['ATTENDANT_DATA_DIR'] || DEFAULT_DATA_FOLDER);
  const url = env['ATTENDANT_URL'] || (await readStackUrl(path.join(folder, 'stack.json')));
  const token = env['ATTENDANT_ADMIN_TOKEN'] || (await readText(path.join(folder, 'admin-token')));
  if (!url) throw new ApiUnreachableError(`No running stack in ${folder}: run npm start, or set ATTENDANT_URL.`);
  if (!token) throw new ApiUnreachableError(`No admin token in ${folder}: set ATTENDANT_ADMIN_TOKEN.`);
  return { url: url.replace(/\/+$/, ''), token };
}

/**
 * An api by its address. The token is the one given, else ATTENDANT_ADMIN_TOKEN; that of the data folder only where the
 * address is that of its own stack: no other server is told it.
 * @throws ApiUnreachableError where there is no token
 */
export async function findApiAt(given: string, token: string | undefined, env: NodeJS.ProcessEnv): Promise<ApiAddress> {
  const url = given.replace(/\/+$/, '');
  const known = token || env['ATTENDANT_ADMIN_TOKEN'];
  if (known) return { url, token: known };
  const own = await findApi(env).catch(() => undefined);
  if (own?.url === url) return own;
  throw new ApiUnreachableError(`No token for ${url}: give --token or set ATTENDANT_ADMIN_TOKEN.`);
}

/** Far more than any answer of ours; another server's stream without end is cut off. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_ANSWER_BYTES) throw new Error('The answer is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Calls the api as its admin.
 * @throws ApiUnreachableError where nobody answers, or not in our form
 */
export function createApiClient({ url, token }: ApiAddress): HttpClient {
  const call: (...given: never[]) => Promise<unknown> = createHttpClient(async (address, request) => {
    const response = await fetch(address, {
      ...request,
      headers: { ...request.headers, authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(60_000),
    });
    const text = await readBounded(response);
    return { ok: response.ok, status: response.status, text: async () => text };
  }, url);
  const guarded: typeof call = async (...given) => {
    try {
      return await call(...given);
    } catch (cause) {
      throw new ApiUnreachableError(explain(url, cause), { cause });
    }
  };
  return guarded as HttpClient;
}

function explain(url: string, cause: unknown): string {
  return cause instanceof UnexpectedResponseError
    ? `${url} answered ${cause.status}, but is not Attendant.`
    : `No answer from Attendant at ${url}: is it running?`;
}
