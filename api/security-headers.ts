import type { App } from './zod-provider.ts';

/** Keeps answers out of caches, which a later user of the browser could read, and takes guesses at their kind away. */
export function setSecurityHeaders(app: App): void {
  app.addHook('onSend', async (_request, reply) => {
    void reply.header('x-content-type-options', 'nosniff');
    void reply.header('referrer-policy', 'no-referrer');
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
  });
}
