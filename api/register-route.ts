import type { FastifyContextConfig, FastifyReply, FastifyRequest, FastifySchema } from 'fastify';
import type { WebSocket } from '@fastify/websocket';
import type { z } from 'zod';
import { AppError } from '../contracts/app-error.ts';
import { ERROR_CODES, type ErrorCode } from '../contracts/error-codes.ts';
import { errorBodySchema } from '../contracts/http-api-schema.ts';
import { httpRoutes, type ListedRoute } from '../contracts/http-routes.ts';
import { errorCodesOf, type HttpRoute } from '../contracts/http-routes/http-route.ts';
import type { App } from './zod-provider.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** ATTENDANT_BODY_LIMIT_BYTES, for rows whose limit is `configured`. */
    configuredBodyLimit: number;
  }
}

type OutputOf<Row, Key extends string> =
  Row extends Record<Key, infer Schema extends z.ZodType> ? z.output<Schema> : undefined;

/** The request as the row's schemas let it in. */
export type RouteRequest<Row extends HttpRoute> = FastifyRequest<{
  Params: OutputOf<Row, 'params'>;
  Querystring: OutputOf<Row, 'query'>;
  Body: Row extends { hasRawBody: true } ? unknown : OutputOf<Row, 'body'>;
}>;

type ResponseBody<Schema> = Schema extends z.ZodType ? z.output<Schema> : Buffer;

/** What a handler returns: the body, or the reply where it has sent something else, as a redirect. */
type RouteReply<Row extends HttpRoute> = ResponseBody<Row['responses'][keyof Row['responses']]> | FastifyReply;

export type RouteHandler<Row extends HttpRoute> = (
  request: RouteRequest<Row>,
  reply: FastifyReply,
) => RouteReply<Row> | Promise<RouteReply<Row>>;

const operationIds = new Map<HttpRoute, string>(Object.entries(httpRoutes).map(([name, route]) => [route, name]));

/** Registers the handler of a row that is a WebSocket: what comes over plain HTTP is told so. */
export function registerSocket<Row extends ListedRoute>(
  app: App,
  row: Row,
  open: (socket: WebSocket, request: RouteRequest<Row>) => void,
): void {
  const route: HttpRoute = row;
  app.route({
    method: 'GET',
    url: route.path,
    config: configOf(route),
    schema: toFastifySchema(route),
    handler: () => {
      throw new AppError('UPGRADE_REQUIRED');
    },
    wsHandler: (socket, request) => open(socket, request as unknown as RouteRequest<Row>),
  });
}

/** Registers the handler of one row of the table. Everything else of the route is made from the row. */
export function registerRoute<Row extends ListedRoute>(app: App, row: Row, handler: RouteHandler<Row>): void {
  const route: HttpRoute = row;
  const status = Number(Object.keys(route.responses)[0]);
  const bodyLimit = route.maxBodyBytes === 'configured' ? app.configuredBodyLimit : route.maxBodyBytes;
  app.route({
    method: route.method,
    url: route.path,
    ...(bodyLimit !== undefined && { bodyLimit }),
    config: configOf(route),
    schema: toFastifySchema(route),
    handler: async (request, reply): Promise<unknown> => {
      const answer: unknown = await handler(request as unknown as RouteRequest<Row>, reply.code(status));
      if (route.audit !== undefined && route.audit !== 'own') await app.recordCall(request, route.audit);
      return answer;
    },
  });
}

const configOf = ({ access, isOpenUnsecured }: HttpRoute): FastifyContextConfig => ({
  access,
  isOpenUnsecured: isOpenUnsecured === true,
});

function toFastifySchema(route: HttpRoute): FastifySchema {
  const { summary, tags, params, query, body } = route;
  return {
    ...(route.isHidden && { hide: true }),
    operationId: operationIds.get(route) ?? '',
    summary,
    tags,
    ...(params && { params }),
    ...(query && { querystring: query }),
    ...(body && { body }),
    ...(route.consumes && { consumes: [route.consumes] }),
    response: { ...errorResponses(route), ...route.responses },
  };
}

const statusOf = (code: ErrorCode): number => ERROR_CODES[code].httpStatus;

/** One response for each status, described by the codes that come with it. */
function errorResponses(route: HttpRoute): Record<number, object> {
  const codes = [...new Set(errorCodesOf(route))];
  const content = { 'application/json': { schema: errorBodySchema } };
  return Object.fromEntries(
    codes.map(statusOf).map((status) => {
      const description = codes.filter((code) => statusOf(code) === status).join(', ');
      return [status, { description, content }];
    }),
  );
}

/**
 * Holds an app to the table: a route that is not in it is refused, and one of it that nobody has registered fails the
 * start. Before the first route.
 */
export function requireEveryRoute(app: App): void {
  const missing = new Set(Object.values(httpRoutes).map(({ method, path }) => `${method} ${path}`));
  app.addHook('onRoute', ({ method, url }) => {
    if (method === 'HEAD') return;
    const name = `${String(method)} ${url}`;
    if (!missing.delete(name)) throw new Error(`Route ${name} is not in contracts/http-routes.ts, or twice in the api`);
  });
  app.addHook('onReady', async () => {
    if (missing.size > 0) throw new Error(`No handler is registered for ${[...missing].join(', ')}`);
  });
}
