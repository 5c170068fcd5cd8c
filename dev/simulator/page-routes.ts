import { randomBytes } from 'node:crypto';
import { fastifyStatic } from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { contentSecurityPolicy, readPage } from '../../api/console/console-files.ts';

const NOT_BUILT = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Simulator</title>
<h1>The simulator’s page is not built</h1>
<p>The simulator works; its page is missing beside it. <code>npm start</code> builds it: then start it again.</p></html>
`;

interface OfAsset {
  Params: { '*': string };
}

/** Serves the page of the customers' phones, which is built with the console, and its assets. */
export async function registerPageRoutes(app: FastifyInstance, consoleDir: string): Promise<void> {
  const page = await readPage(consoleDir, 'simulator.html', NOT_BUILT);
  await app.register(fastifyStatic, { serve: false, preCompressed: true, cacheControl: false, index: false });
  app.get('/simulator', (_request, reply) => {
    const nonce = randomBytes(16).toString('base64');
    void reply.headers({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy(nonce),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': 'camera=(), microphone=(self), geolocation=()',
      'cache-control': 'no-store',
    });
    return page(nonce);
  });
  app.get<OfAsset>('/assets/*', ({ params }, reply) =>
    // Its name says what it holds.
    reply.sendFile(`assets/${params['*']}`, consoleDir, { cacheControl: true, maxAge: '365d', immutable: true }),
  );
  for (const path of ['/', '/simulator/']) app.get(path, (_request, reply) => reply.redirect('/simulator', 302));
}
