/**
 * The API as a typed function, for browsers, the CLI and tests. It knows the table of routes by its types only: nothing of
 * zod or of Node is in what it needs to run.
 */
import type { z } from 'zod';
import type { ErrorBody } from './http-api-schema.ts';
import type { ListedRoute } from './http-routes.ts';

/** As much of `fetch` as is used: callers add what they need to it, as a token or a deadline. */
export type Fetch = (
  url: string,
  request: { method: string; headers: Record<string, string>; body?: string | Uint8Array<ArrayBuffer> },
) => Promise<{ ok: boolean; status: number; text(): Promise<string> }>;

type NameOf<Row> = Row extends ListedRoute ? `${Row['method']} ${Row['path']}` : never;

/** Rows that give JSON and take it, or bytes, by name. */
type Callable = {
  [
    Row in ListedRoute as Row extends
      { hasRawBody: true } | { isHidden: true } | { responses: { 200: z.ZodString | { content: object } } }
      ? never
      : NameOf<Row>
  ]: Row;
};

/** Method and path of a route, as they stand in the table: `GET /api/v1/conversations/:id`. */
type RouteName = keyof Callable;

type Part<Row, Key extends 'params' | 'query' | 'body'> =
  Row extends Record<Key, infer Schema extends z.ZodType>
    ? object extends z.input<Schema>
      ? Key extends 'body'
        ? Record<Key, z.input<Schema>>
        : Partial<Record<Key, z.input<Schema>>>
      : Record<Key, z.input<Schema>>
    : Partial<Record<Key, undefined>>;

/** Row by row: a product of all inputs of all routes is more than the compiler holds. */
type InputOf<Row> = Row extends unknown ? Part<Row, 'params'> & Part<Row, 'query'> & Part<Row, 'body'> : never;

/** What a call of a route is given. */
type RouteInput<Name extends RouteName> = InputOf<Callable[Name]>;

type BodyOf<Responses> = Responses[keyof Responses] extends z.ZodType ? z.output<Responses[keyof Responses]> : never;

/** What a call of a route succeeds with. */
export type RouteBody<Name extends RouteName> = BodyOf<Callable[Name]['responses']>;

export type HttpResponse<Body> =
  { ok: true; status: number; body: Body } | { ok: false; status: number; error: ErrorBody };

/** Calls a route. A refusal is a result; @throws UnexpectedResponseError, and whatever `fetch` throws */
export type HttpClient = <Name extends RouteName>(
  name: Name,
  ...input: object extends RouteInput<Name> ? [input?: RouteInput<Name>] : [input: RouteInput<Name>]
) => Promise<HttpResponse<RouteBody<Name>>>;

/** Thrown for a response that no Attendant gives: something else answers there. */
export class UnexpectedResponseError extends Error {
  override readonly name = 'UnexpectedResponseError';
  readonly status: number;

  constructor(status: number, cause?: unknown) {
    super(`The response (status ${status}) is not Attendant's`, { cause });
    this.status = status;
  }
}

interface AnyInput {
  params?: Record<string, string>;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
}

/** `baseUrl` has no slash at its end; a page of the same origin needs none. */
export function createHttpClient(fetch: Fetch, baseUrl = ''): HttpClient {
  const call = async (
    name: string,
    { params = {}, query = {}, body }: AnyInput = {},
  ): Promise<HttpResponse<unknown>> => {
    const [method = '', path = ''] = name.split(' ');
    const filled = path.replaceAll(/:(\w+)/g, (_all, key: string) => encodeURIComponent(params[key] ?? ''));
    const pairs = Object.entries(query).flatMap(([key, value]) =>
      value === undefined ? [] : [`${key}=${encodeURIComponent(value)}`],
    );
    const url = `${baseUrl}${filled}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`;
    const response = await fetch(url, { method, ...writeBody(body) });
    const { ok, status } = response;
    const found = parse(await response.text(), status);
    if (ok) return { ok, status, body: found };
    if (!isErrorBody(found)) throw new UnexpectedResponseError(status);
    return { ok, status, error: found };
  };
  return call as HttpClient;
}

function writeBody(body: unknown): { headers: Record<string, string>; body?: string | Uint8Array<ArrayBuffer> } {
  if (body === undefined) return { headers: {} };
  if (isBytes(body)) return { headers: { 'content-type': 'application/octet-stream' }, body };
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

function isBytes(body: unknown): body is Uint8Array<ArrayBuffer> {
  return body instanceof Uint8Array;
}

function parse(text: string, status: number): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UnexpectedResponseError(status, cause);
  }
}

function isErrorBody(body: unknown): body is ErrorBody {
  return typeof body === 'object' && body !== null && 'code' in body && 'message' in body && 'details' in body;
}
