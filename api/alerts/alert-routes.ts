import { withDeadline } from '../../adapters/mongo/configuration/with-deadline.ts';
import { AppError } from '../../contracts/app-error.ts';
import { listSchema } from '../../contracts/http-api-schema.ts';
import type { Alert } from '../../contracts/alert.ts';
import { alertParamsSchema, alertSchema, alertsQuerySchema } from '../../contracts/alert-schema.ts';
import { access } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { errorResponses } from '../error-handler.ts';
import type { App } from '../zod-provider.ts';

const DEADLINE_MS = 4000;
const WHAT = 'Collection alerts';

function present({ firstAt, lastAt, resolvedAt, ...alert }: Alert) {
  return {
    ...alert,
    firstAt: new Date(firstAt).toISOString(),
    lastAt: new Date(lastAt).toISOString(),
    ...(resolvedAt !== undefined && { resolvedAt: new Date(resolvedAt).toISOString() }),
  };
}

/** What operators have to know about their Pages: dead tokens, lost subscriptions, policy alerts. */
export function registerAlertRoutes(app: App, deps: AppDependencies): void {
  app.get('/api/v1/alerts', {
    config: { access: access.overview },
    schema: {
      summary: 'What operators have to know about Pages, newest first',
      tags: ['alerts'],
      querystring: alertsQuerySchema,
      response: { 200: listSchema(alertSchema), ...errorResponses('REQUEST_INVALID', 'UNAUTHENTICATED', 'FORBIDDEN') },
    },
    handler: async (request) => {
      const { cursor, limit, state, account } = request.query;
      const filter = { ...(state && { state }), ...(account && { pageId: account }) };
      const page = { limit, ...(cursor !== undefined && { cursor }) };
      const { items, next } = await withDeadline(deps.alertList.list(filter, page), DEADLINE_MS, WHAT);
      return { items: items.map(present), next };
    },
  });

  app.post('/api/v1/alerts/:id/resolve', {
    config: { access: access.overview },
    schema: {
      summary: 'Mark an alert as seen to; what goes on is noticed again',
      tags: ['alerts'],
      params: alertParamsSchema,
      response: {
        200: alertSchema,
        ...errorResponses('REQUEST_INVALID', 'UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND'),
      },
    },
    handler: async (request) => {
      const { id } = request.params;
      const alert = await withDeadline(deps.alertList.resolveById(id, deps.now()), DEADLINE_MS, WHAT);
      if (!alert) throw new AppError('NOT_FOUND');
      return present(alert);
    },
  });
}
