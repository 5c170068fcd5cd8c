import { httpRoutes } from '../../contracts/http-routes.ts';
import type { QueueSnapshot } from '../../contracts/actor-messages.ts';
import { AppError } from '../../contracts/app-error.ts';
import { looksAfter } from '../agents/supervised-agents.ts';
import { getPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import { wholeList } from '../whole-list.ts';
import type { App } from '../zod-provider.ts';
import { listArrivals } from './list-arrivals.ts';

/** A dispatcher that does not run yet knows of nobody. */
const emptyQueue = (group: string): QueueSnapshot => ({
  group,
  waitingCount: 0,
  oldestWaitingMs: 0,
  waiting: [],
  agents: [],
});

const iso = (ms: number): string => new Date(ms).toISOString();

/** The queues of routing groups, asked of their dispatchers. */
export function registerQueueRoutes(app: App, deps: AppDependencies): void {
  const { actors, configuration } = deps;

  registerRoute(app, httpRoutes.listQueues, async () => {
    const snapshot = await configuration.get();
    const queues = await Promise.all(
      snapshot.routingGroups().map(async ({ group }) => (await actors.getQueue(group, 1)) ?? emptyQueue(group)),
    );
    return wholeList(
      queues.map(({ agents, waiting: _waiting, ewtMs = 0, ...queue }) => ({
        ...queue,
        ewtMs,
        services: snapshot.services().flatMap(({ name, group }) => (group === queue.group ? [name] : [])),
        agentsLoggedIn: agents.length,
        agentsReady: agents.filter(({ state }) => state === 'ready').length,
      })),
    );
  });

  registerRoute(app, httpRoutes.getQueue, async (request) => {
    const { group } = request.params;
    const snapshot = await configuration.get();
    requireGroup(
      snapshot.routingGroups().map((known) => known.group),
      group,
    );
    const { ewtMs: _ewtMs, ...queue } = (await actors.getQueue(group, request.query.limit)) ?? emptyQueue(group);
    const principal = getPrincipal(request);
    return {
      ...queue,
      waiting: queue.waiting.map(({ queuedAt, ...waiting }, index) => ({
        ...waiting,
        position: index + 1,
        queuedAt: iso(queuedAt),
      })),
      agents: queue.agents
        .filter(({ username }) => looksAfter(snapshot, principal, username))
        .map(({ since, ...agent }) => ({ ...agent, since: iso(since) })),
    };
  });

  registerRoute(app, httpRoutes.listArrivals, async ({ query: { group, from, to } }) => {
    const groups = (await configuration.get()).routingGroups();
    requireGroup(
      groups.map((known) => known.group),
      group,
    );
    const found = groups.find((known) => known.group === group);
    const { agents = [], settings = {}, loads = {} } = found?.configuration ?? {};
    const { breaks: _breaks, ...rest } = settings;
    const period = { group, from: Date.parse(from), to: Date.parse(to) };
    return { group, ...(await listArrivals(deps.routing, period)), staff: agents, settings: rest, loads };
  });
}

function requireGroup(groups: readonly string[], group: string): void {
  if (groups.includes(group)) return;
  throw new AppError('NOT_FOUND', {
    message: `There is no routing group "${group}"; there are: ${groups.join(', ')}.`,
  });
}
