import { randomBytes } from 'node:crypto';
import { fastifyStatic } from '@fastify/static';
import type { FastifyReply } from 'fastify';
import { AppError } from '../../contracts/app-error.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { type ConsoleFiles, contentSecurityPolicy, isConsolePath, readConsole } from './console-files.ts';

/** The web console: every page is one document, which finds its way by the address. */
export async function registerConsoleRoutes(app: App, { settings }: Pick<AppDependencies, 'settings'>): Promise<void> {
  const files = await readConsole(settings.consoleDir);
  await app.register(fastifyStatic, { serve: false, preCompressed: true, cacheControl: false, index: false });

  registerRoute(app, httpRoutes.getStartPage, async (_request, reply) => sendPage(files, reply));

  registerRoute(app, httpRoutes.getConsolePage, async (request, reply) => {
    const [pathname = ''] = request.url.split('?');
    if (!isConsolePath(pathname)) throw new AppError('NOT_FOUND');
    return sendPage(files, reply);
  });

  registerRoute(app, httpRoutes.getConsoleAsset, async ({ params: { name } }, reply) => sendAsset(files, reply, name));

  registerRoute(app, httpRoutes.getEmojiNames, async ({ params: { folder, language, name } }, reply) =>
    sendAsset(files, reply, `${folder}/${language}/${name}`),
  );
}

/** Its name says what it holds: it never changes. */
function sendAsset({ folder }: ConsoleFiles, reply: FastifyReply, name: string): FastifyReply {
  return reply.sendFile(`assets/${name}`, folder, { cacheControl: true, maxAge: '365d', immutable: true });
}

function sendPage(files: ConsoleFiles, reply: FastifyReply): string {
  const nonce = randomBytes(16).toString('base64');
  void reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('content-security-policy', contentSecurityPolicy(nonce))
    .header('cross-origin-opener-policy', 'same-origin')
    .header('permissions-policy', 'camera=(), microphone=(), geolocation=()');
  return files.page(nonce);
}
