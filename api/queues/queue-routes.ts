import { httpRoutes } from '../../contracts/http-routes.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';

/** The queues of routing groups, asked of their dispatchers. */
export function registerQueueRoutes(app: App, { actors, configuration }: AppDependencies): void {
  registerRoute(app, httpRoutes.getQueue, async ({ params: { group }, query: { limit } }) => {
    const groups = (await configuration.get()).routingGroups().map((known) => known.group);
    if (!groups.includes(group)) {
      throw new AppError('NOT_FOUND', {
        message: `There is no routing group "${group}"; there are: ${groups.join(', ')}.`,
      });
    }
    // A dispatcher that does not run yet knows of nobody.
    const queue = (await actors.getQueue(group, limit)) ?? { group, waitingCount: 0, waiting: [], agents: [] };
    const waiting = queue.waiting.map(({ queuedAt, ...request }, index) => ({
      ...request,
      position: index + 1,
      queuedAt: new Date(queuedAt).toISOString(),
    }));
    return { ...queue, waiting };
  });
}
