import { withDeadline } from '../../adapters/with-deadline.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { DeadLetter, DeadLetterContent } from '../../contracts/dead-letter.ts';
import type { AppDependencies } from '../dependencies.ts';
import { findPageFilter } from '../find-page-filter.ts';
import type { EventTaker } from '../webhook/take-events.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { replayDeadLetter } from './replay-dead-letter.ts';

const DEADLINE_MS = 9000;
const WHAT = 'Collection dead-letters';

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
  registerRoute(app, httpRoutes.listDeadLetters, async (request) => {
    const { cursor, limit, state, cause, ...page } = request.query;
    const filter = { ...(state && { state }), ...(cause && { cause }), ...(await findPageFilter(deps, page)) };
    const { items, next } = await withDeadline(deps.deadLetters.list(filter, { cursor, limit }), DEADLINE_MS, WHAT);
    return { items: items.map(present), next };
  });

  registerRoute(app, httpRoutes.getDeadLetter, async (request) => {
    const { body, content } = await getDeadLetter(deps, request.params.id);
    deps.logger.info({ deadLetter: body.id }, 'dead letter shown');
    return {
      ...present(body),
      ...(content.form === 'body' && { body: Buffer.from(content.base64, 'base64').toString('utf8') }),
      ...(content.form === 'events' && { eventsLeft: content.events }),
    };
  });

  registerRoute(app, httpRoutes.replayDeadLetter, async (request) => {
    const deadLetter = await getDeadLetter(deps, request.params.id);
    if (deadLetter.body.state === 'kept') {
      const failure = await replayDeadLetter(deps, taker, deadLetter);
      await withDeadline(deps.deadLetters.recordReplay(deadLetter.body.id, deps.now(), failure), DEADLINE_MS, WHAT);
      deps.logger.info({ deadLetter: deadLetter.body.id, failure }, 'dead letter replayed');
    }
    return present((await getDeadLetter(deps, request.params.id)).body);
  });
}
