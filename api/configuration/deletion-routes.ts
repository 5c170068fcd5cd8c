import { z } from 'zod';
import { nameSchema } from '../../contracts/identifiers-schema.ts';
import { access } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { errorResponses } from '../error-handler.ts';
import type { App } from '../zod-provider.ts';
import { deleteItem, type DeletableNoun } from './delete-item.ts';

const nouns: readonly DeletableNoun[] = ['accounts', 'services', 'entries', 'users', 'hours', 'secrets', 'bots'];

/** `DELETE /api/v1/<noun>/<name>`: what `apply` never does. */
export function registerDeletionRoutes(app: App, deps: AppDependencies): void {
  for (const noun of nouns) {
    app.delete(`/api/v1/${noun}/:name`, {
      config: { access: access.admin },
      schema: {
        summary: `Delete one of ${noun}, unless something refers to it`,
        tags: ['configuration'],
        params: z.object({ name: nameSchema }),
        response: {
          204: z.null(),
          ...errorResponses('REQUEST_INVALID', 'UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'STILL_IN_USE'),
        },
      },
      handler: async (request, reply) => {
        await deleteItem(deps, noun, request.params.name);
        return reply.code(204).send(null);
      },
    });
  }
}
