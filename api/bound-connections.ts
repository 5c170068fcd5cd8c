import type { App } from './zod-provider.ts';

/** A request, headers and body, must have come by then: Messenger gives up after 5 s. */
const REQUEST_TIMEOUT_MS = 30_000;
const CONNECTIONS_CHECK_MS = 2000;
const HEADERS_TIMEOUT_MS = 10_000;
const MAX_CONNECTIONS = 2000;

/** Settings of Node's server, for Fastify's constructor. */
export const serverSettings = {
  requestTimeout: REQUEST_TIMEOUT_MS,
  http: { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: CONNECTIONS_CHECK_MS },
};

/** Bounds connections, per process; where no more are taken those without a request are closed. */
export function boundConnections({ server }: App, maxConnections = MAX_CONNECTIONS): void {
  server.maxConnections = maxConnections;
  server.on('drop', () => server.closeIdleConnections());
}
