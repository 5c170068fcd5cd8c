import { withDeadline } from '../../adapters/mongo/configuration/with-deadline.ts';
import { AppError } from '../../contracts/app-error.ts';
import { listSchema } from '../../contracts/http-api-schema.ts';
import type { DeadLetter, DeadLetterContent } from '../../contracts/dead-letter.ts';
import {
  deadLettersQuerySchema,
  deadLetterDetailSchema,
  deadLetterParamsSchema,
  deadLetterSchema,
} from '../../contracts/dead-letter-schema.ts';
import { access } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { errorResponses } from '../error-handler.ts';
import type { EventTaker } from '../webhook/take-events.ts';
import type { App } from '../zod-provider.ts';
import { replayDeadLetter } from './replay-dead-letter.ts';

const DEADLINE_MS = 9000;
const WHAT = 'Collection dead-letters';
const listErrors = errorResponses('REQUEST_INVALID', 'UNAUTHENTICATED', 'FORBIDDEN');
const itemErrors = errorResponses('REQUEST_INVALID', 'UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND');

function present({ failedAt, replayedAt, ...body }: DeadLetter) {
  return {
    ...body,
    failedAt: new Date(failedAt).toISOString(),
    ...(replayedAt !== undefined && { replayedAt: new Date(replayedAt).toISOString() }),
  };
}

async function getDeadLetter(
  { deadLetters }: AppDependencies,
  id: string,
): Promise<{ body: DeadLetter; content: DeadLetterContent }> {
  const deadLetter = await withDeadline(deadLetters.find(id), DEADLINE_MS, WHAT);
  if (!deadLetter) throw new AppError('NOT_FOUND', { message: `There is no dead letter "${id}".` });
  return deadLetter;
}

/** Webhook bodies that could not be handled: what operators see of them, and how they are handled after a fix. */
export function registerDeadLetterRoutes(app: App, deps: AppDependencies, taker: EventTaker): void {
  app.get('/api/v1/dead-letters', {
    config: { access: access.overview },
    schema: {
      summary: 'Webhook bodies that could not be handled, and examples of unknown events, newest first',
      tags: ['webhook'],
      querystring: deadLettersQuerySchema,
      response: { 200: listSchema(deadLetterSchema), ...listErrors },
    },
    handler: async (request) => {
      const { cursor, limit, state, cause, account } = request.query;
      const filter = { ...(state && { state }), ...(cause && { cause }), ...(account && { pageId: account }) };
      const page = { limit, ...(cursor !== undefined && { cursor }) };
      const { items, next } = await withDeadline(deps.deadLetters.list(filter, page), DEADLINE_MS, WHAT);
      return { items: items.map(present), next };
    },
  });

  app.get('/api/v1/dead-letters/:id', {
    config: { access: access.admin },
    schema: {
      summary: 'One dead letter with its content',
      tags: ['webhook'],
      params: deadLetterParamsSchema,
      response: { 200: deadLetterDetailSchema, ...itemErrors },
    },
    handler: async (request) => {
      const { body, content } = await getDeadLetter(deps, request.params.id);
      deps.logger.info({ deadLetter: body.id }, 'dead letter shown');
      return {
        ...present(body),
        ...(content.form === 'body' && { body: Buffer.from(content.base64, 'base64').toString('utf8') }),
        ...(content.form === 'events' && { eventsLeft: content.events }),
      };
    },
  });

  app.post('/api/v1/dead-letters/:id/replay', {
    config: { access: access.admin },
    schema: {
      summary: 'Handle a dead letter again; what was handled before is not handled twice',
      tags: ['webhook'],
      params: deadLetterParamsSchema,
      response: { 200: deadLetterSchema, ...itemErrors },
    },
    handler: async (request) => {
      const deadLetter = await getDeadLetter(deps, request.params.id);
      if (deadLetter.body.state === 'kept') {
        const failure = await replayDeadLetter(deps, taker, deadLetter);
        await withDeadline(deps.deadLetters.recordReplay(deadLetter.body.id, deps.now(), failure), DEADLINE_MS, WHAT);
        deps.logger.info({ deadLetter: deadLetter.body.id, failure }, 'dead letter replayed');
      }
      return present((await getDeadLetter(deps, request.params.id)).body);
    },
  });
}
