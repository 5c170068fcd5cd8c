import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';

interface MetricsSources {
  registry: Registry;
  /** Where the Temporal SDK serves its own metrics, on this machine. */
  sdkMetricsPort: number | undefined;
}

/** Serves the worker's metrics and those of the Temporal SDK together at `/metrics`. `port` 0: nothing is opened. */
export async function serveMetrics(
  { host, port }: { host: string; port: number },
  sources: MetricsSources,
): Promise<Server | undefined> {
  if (port === 0) return undefined;
  const server = createServer((request, response) => {
    if (request.url?.split('?')[0] !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    void readAll(sources)
      .then((text) => response.writeHead(200, { 'content-type': sources.registry.contentType }).end(text))
      .catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server;
}

/** A port of this machine that nobody listens on now. */
export async function findFreePort(): Promise<number> {
  const probe = createTcpServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function readAll({ registry, sdkMetricsPort }: MetricsSources): Promise<string> {
  const own = await registry.metrics();
  if (sdkMetricsPort === undefined) return own;
  const response = await fetch(`http://127.0.0.1:${sdkMetricsPort}/metrics`);
  return `${own}\n${await response.text()}`;
}
