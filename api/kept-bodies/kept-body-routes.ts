import { withDeadline } from '../../adapters/mongo/configuration/with-deadline.ts';
import { AppError } from '../../contracts/app-error.ts';
import { listSchema } from '../../contracts/http-api-schema.ts';
import type { KeptBody, KeptContent } from '../../contracts/kept-body.ts';
import {
  keptBodiesQuerySchema,
  keptBodyDetailSchema,
  keptBodyParamsSchema,
  keptBodySchema,
} from '../../contracts/kept-body-schema.ts';
import { access } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { errorResponses } from '../error-handler.ts';
import type { EventTaker } from '../webhook/take-events.ts';
import type { App } from '../zod-provider.ts';
import { replayKeptBody } from './replay-kept-body.ts';

const DEADLINE_MS = 9000;
const WHAT = 'Collection kept-bodies';
const listErrors = errorResponses('REQUEST_INVALID', 'UNAUTHENTICATED', 'FORBIDDEN');
const itemErrors = errorResponses('REQUEST_INVALID', 'UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND');

function present({ keptAt, replayedAt, ...body }: KeptBody) {
  return {
    ...body,
    keptAt: new Date(keptAt).toISOString(),
    ...(replayedAt !== undefined && { replayedAt: new Date(replayedAt).toISOString() }),
  };
}

async function getKept({ keptBodies }: AppDependencies, id: string): Promise<{ body: KeptBody; content: KeptContent }> {
  const kept = await withDeadline(keptBodies.find(id), DEADLINE_MS, WHAT);
  if (!kept) throw new AppError('NOT_FOUND', { message: `There is no kept body "${id}".` });
  return kept;
}

/** Webhook bodies that could not be handled: what operators see of them, and how they are handled after a fix. */
export function registerKeptBodyRoutes(app: App, deps: AppDependencies, taker: EventTaker): void {
  app.get('/api/v1/kept-bodies', {
    config: { access: access.overview },
    schema: {
      summary: 'Webhook bodies that could not be handled, and examples of unknown events, newest first',
      tags: ['webhook'],
      querystring: keptBodiesQuerySchema,
      response: { 200: listSchema(keptBodySchema), ...listErrors },
    },
    handler: async (request) => {
      const { cursor, limit, state, cause, account } = request.query;
      const filter = { ...(state && { state }), ...(cause && { cause }), ...(account && { pageId: account }) };
      const page = { limit, ...(cursor !== undefined && { cursor }) };
      const { items, next } = await withDeadline(deps.keptBodies.list(filter, page), DEADLINE_MS, WHAT);
      return { items: items.map(present), next };
    },
  });

  app.get('/api/v1/kept-bodies/:id', {
    config: { access: access.admin },
    schema: {
      summary: 'One kept body with its content',
      tags: ['webhook'],
      params: keptBodyParamsSchema,
      response: { 200: keptBodyDetailSchema, ...itemErrors },
    },
    handler: async (request) => {
      const { body, content } = await getKept(deps, request.params.id);
      deps.logger.info({ kept: body.id }, 'kept body shown');
      return {
        ...present(body),
        ...(content.form === 'body' && { body: Buffer.from(content.base64, 'base64').toString('utf8') }),
        ...(content.form === 'events' && { eventsLeft: content.events }),
      };
    },
  });

  app.post('/api/v1/kept-bodies/:id/replay', {
    config: { access: access.admin },
    schema: {
      summary: 'Handle a kept body again; what was handled before is not handled twice',
      tags: ['webhook'],
      params: keptBodyParamsSchema,
      response: { 200: keptBodySchema, ...itemErrors },
    },
    handler: async (request) => {
      const kept = await getKept(deps, request.params.id);
      if (kept.body.state === 'kept') {
        const failure = await replayKeptBody(deps, taker, kept);
        await withDeadline(deps.keptBodies.recordReplay(kept.body.id, deps.now(), failure), DEADLINE_MS, WHAT);
        deps.logger.info({ kept: kept.body.id, failure }, 'kept body replayed');
      }
      return present((await getKept(deps, request.params.id)).body);
    },
  });
}
