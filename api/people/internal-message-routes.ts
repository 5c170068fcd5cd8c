import { AppError } from '../../contracts/app-error.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { getPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { presentInternalMessage } from './present-people.ts';

/** What scenarios tell users. The deployment's token is no user: nobody writes to it. */
export function registerInternalMessageRoutes(app: App, { people, now }: AppDependencies): void {
  const { internalMessages } = people;

  registerRoute(app, httpRoutes.listInternalMessages, async (request) => {
    const { userId } = getPrincipal(request);
    if (userId === undefined) return { items: [], next: null, unread: 0 };
    const { isUnread, ...page } = request.query;
    const [found, unread] = await Promise.all([
      internalMessages.list({ userId, isUnread }, page),
      internalMessages.countUnread(userId),
    ]);
    return { items: found.items.map(presentInternalMessage), next: found.next, unread };
  });

  registerRoute(app, httpRoutes.markInternalMessageRead, async (request) => {
    const { userId } = getPrincipal(request);
    const isKnown = userId !== undefined && (await internalMessages.markRead(userId, request.params.id, now()));
    if (!isKnown) throw new AppError('NOT_FOUND', { message: 'There is no such message for you.' });
    return null;
  });
}
