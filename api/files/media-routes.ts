import { withDeadline } from '../../adapters/with-deadline.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import type { MediaFile } from '../../contracts/media-file.ts';
import type { mediaFileSchema } from '../../contracts/media-file-schema.ts';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { getDeskPrincipal, getPrincipal } from '../access.ts';
import { getOwnChat } from '../conversations/own-chat.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import { wholeList } from '../whole-list.ts';
import type { App } from '../zod-provider.ts';
import { addFile, removeFile } from './add-file.ts';

const DEADLINE_MS = 4000;

/** Files of our own: added, listed, removed. In a scope of its own, the only one whose bodies are bytes. */
export function registerMediaRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.listFiles, async () => {
    const files = await withDeadline(deps.media.list(), DEADLINE_MS, 'Collection media');
    return wholeList(files.map(present));
  });

  registerRoute(app, httpRoutes.removeFile, async (request) => {
    await removeFile(deps, request.params.id);
    await app.recordCall(request, 'file.removed');
    return null;
  });

  async function add(
    request: FastifyRequest<{ Querystring: { fileName: string }; Body: Uint8Array }>,
    by: string,
  ): Promise<z.infer<typeof mediaFileSchema>> {
    const { fileName } = request.query;
    const file = await addFile(deps, { fileName, bytes: request.body, by });
    request.auditSubject = { id: file.id, name: fileName };
    await app.recordCall(request, 'file.added');
    return present(file);
  }

  void app.register(async (scope) => {
    // Also what says that it is a picture; JSON and text are read as what they are, and refused.
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    registerRoute(scope, httpRoutes.addChatFile, async (request) => {
      const principal = getDeskPrincipal(request);
      await getOwnChat(deps, principal, request.params.id);
      return add(request, principal.username);
    });
    registerRoute(scope, httpRoutes.addFile, async (request) => {
      const { username = 'admin token' } = getPrincipal(request);
      return add(request, username);
    });
  });
}

function present(file: MediaFile): z.infer<typeof mediaFileSchema> {
  return { ...file, addedAt: new Date(file.addedAt).toISOString() };
}
