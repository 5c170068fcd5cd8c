import { withDeadline } from '../../adapters/mongo/configuration/with-deadline.ts';
import { AppError } from '../../contracts/app-error.ts';
import { listSchema } from '../../contracts/http-api-schema.ts';
import type { Notice } from '../../contracts/notice.ts';
import { noticeParamsSchema, noticeSchema, noticesQuerySchema } from '../../contracts/notice-schema.ts';
import { access } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { errorResponses } from '../error-handler.ts';
import type { App } from '../zod-provider.ts';

const DEADLINE_MS = 4000;
const WHAT = 'Collection notices';

function present({ firstAt, lastAt, resolvedAt, ...notice }: Notice) {
  return {
    ...notice,
    firstAt: new Date(firstAt).toISOString(),
    lastAt: new Date(lastAt).toISOString(),
    ...(resolvedAt !== undefined && { resolvedAt: new Date(resolvedAt).toISOString() }),
  };
}

/** What operators have to know about their Pages: dead tokens, lost subscriptions, policy notices. */
export function registerNoticeRoutes(app: App, deps: AppDependencies): void {
  app.get('/api/v1/notices', {
    config: { access: access.overview },
    schema: {
      summary: 'What operators have to know about Pages, newest first',
      tags: ['notices'],
      querystring: noticesQuerySchema,
      response: { 200: listSchema(noticeSchema), ...errorResponses('REQUEST_INVALID', 'UNAUTHENTICATED', 'FORBIDDEN') },
    },
    handler: async (request) => {
      const { cursor, limit, state, account } = request.query;
      const filter = { ...(state && { state }), ...(account && { pageId: account }) };
      const page = { limit, ...(cursor !== undefined && { cursor }) };
      const { items, next } = await withDeadline(deps.noticeList.list(filter, page), DEADLINE_MS, WHAT);
      return { items: items.map(present), next };
    },
  });

  app.post('/api/v1/notices/:id/resolve', {
    config: { access: access.overview },
    schema: {
      summary: 'Mark a notice as seen to; what goes on is noticed again',
      tags: ['notices'],
      params: noticeParamsSchema,
      response: {
        200: noticeSchema,
        ...errorResponses('REQUEST_INVALID', 'UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND'),
      },
    },
    handler: async (request) => {
      const { id } = request.params;
      const notice = await withDeadline(deps.noticeList.resolveById(id, deps.now()), DEADLINE_MS, WHAT);
      if (!notice) throw new AppError('NOT_FOUND');
      return present(notice);
    },
  });
}
