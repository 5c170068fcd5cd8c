import type { FastifyInstance } from 'fastify';
import type { Changes } from './changes.ts';

/** Proxies and browsers give up on a stream that says nothing. */
const KEPT_ALIVE_EVERY_MS = 20_000;

/** Tells a browser what it should ask for anew, as server-sent events: at rest neither side does anything. */
export function registerLiveRoutes(app: FastifyInstance, changes: Changes): void {
  app.get('/simulator/changes', (_request, reply) => {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    raw.write('retry: 500\n\n');
    const stop = changes.watch((told) => raw.write(`data: ${JSON.stringify(told)}\n\n`));
    const timer = setInterval(() => raw.write(':\n\n'), KEPT_ALIVE_EVERY_MS);
    raw.once('close', () => {
      clearInterval(timer);
      stop();
    });
  });
}
