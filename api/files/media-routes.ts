import { withDeadline } from '../../adapters/mongo/configuration/with-deadline.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import type { MediaFile } from '../../contracts/media-file.ts';
import type { mediaFileSchema } from '../../contracts/media-file-schema.ts';
import type { z } from 'zod';
import { getPrincipal } from '../access.ts';
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

  void app.register(async (scope) => {
    // Also what says that it is a picture; JSON and text are read as what they are, and refused.
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    registerRoute(scope, httpRoutes.addFile, async (request) => {
      const { username = 'admin token' } = getPrincipal(request);
      const { fileName } = request.query;
      const file = await addFile(deps, { fileName, bytes: request.body, by: username });
      request.auditSubject = { id: file.id, name: fileName };
      await app.recordCall(request, 'file.added');
      return present(file);
    });
  });
}

function present(file: MediaFile): z.infer<typeof mediaFileSchema> {
  return { ...file, addedAt: new Date(file.addedAt).toISOString() };
}
