import { isSlow } from '../../adapters/messenger/lane.ts';
import { withDeadline } from '../../adapters/mongo/configuration/with-deadline.ts';
import { AppError } from '../../contracts/app-error.ts';
import { laneParamsSchema, lanesAnswerSchema, laneViewSchema, type LaneView } from '../../contracts/lane-schema.ts';
import { access } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { errorResponses } from '../error-handler.ts';
import type { App } from '../zod-provider.ts';

const DEADLINE_MS = 4000;

async function viewLane(deps: AppDependencies, { pageId, name }: { pageId: string; name: string }): Promise<LaneView> {
  const [{ text, closed }, parkedParts] = await withDeadline(
    Promise.all([deps.lanes.getFresh(pageId), deps.ledger.countParked(pageId)]),
    DEADLINE_MS,
    'Collection lanes',
  );
  const view = { pageId, account: name, parkedParts };
  if (closed) {
    const { reason, code, since } = closed;
    const closedSince = new Date(since).toISOString();
    return { ...view, state: 'closed', reason, closedSince, ...(code !== undefined && { code }) };
  }
  const now = deps.now();
  if (now < text.heldUntil) {
    return { ...view, state: 'held', reason: text.holdReason, heldUntil: new Date(text.heldUntil).toISOString() };
  }
  return { ...view, state: isSlow(text, 'text', now) ? 'slow' : 'open' };
}

/** How the Pages stand with Meta, and the word that one is repaired. */
export function registerLaneRoutes(app: App, deps: AppDependencies): void {
  app.get('/api/v1/lanes', {
    config: { access: access.overview },
    schema: {
      summary: 'How each Page stands with Meta: open, slow, held or closed, and what waits',
      tags: ['lanes'],
      response: { 200: lanesAnswerSchema, ...errorResponses('UNAUTHENTICATED', 'FORBIDDEN') },
    },
    handler: async () => {
      const accounts = (await deps.configuration.get()).accounts();
      return { items: await Promise.all(accounts.map((account) => viewLane(deps, account))) };
    },
  });

  app.post('/api/v1/lanes/:pageId/resume', {
    config: { access: access.admin },
    schema: {
      summary: 'Say that a Page is repaired: what waits goes on in the order in which it came',
      tags: ['lanes'],
      params: laneParamsSchema,
      response: {
        202: laneViewSchema,
        ...errorResponses('REQUEST_INVALID', 'UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND'),
      },
    },
    handler: async (request, reply) => {
      const { pageId } = request.params;
      const account = (await deps.configuration.get()).accountByPage(pageId);
      if (!account) throw new AppError('NOT_FOUND', { message: `There is no account of Page "${pageId}".` });
      await deps.actors.tellPage(pageId, { type: 'resume' });
      return reply.status(202).send(await viewLane(deps, account));
    },
  });
}
