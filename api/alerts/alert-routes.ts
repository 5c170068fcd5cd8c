import { withDeadline } from '../../adapters/with-deadline.ts';
import { getPrincipal } from '../access.ts';
import { visibleTo } from '../conversations/visible-conversation.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { Alert } from '../../contracts/alert.ts';
import type { AppDependencies } from '../dependencies.ts';
import { findPageFilter } from '../find-page-filter.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';

const DEADLINE_MS = 4000;
const WHAT = 'Collection alerts';

function present({ firstAt, lastAt, resolvedAt, acknowledged, ...alert }: Alert) {
  return {
    ...alert,
    firstAt: new Date(firstAt).toISOString(),
    lastAt: new Date(lastAt).toISOString(),
    ...(resolvedAt !== undefined && { resolvedAt: new Date(resolvedAt).toISOString() }),
    ...(acknowledged && { acknowledged: { by: acknowledged.by, at: new Date(acknowledged.at).toISOString() } }),
  };
}

/** What operators have to know about their Pages, as dead tokens, and supervisors about their services, as long waits. */
export function registerAlertRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.listAlerts, async (request) => {
    const { cursor, limit, state, about, ...page } = request.query;
    const { visibleTo: limits } = about ? await visibleTo(deps, getPrincipal(request)) : {};
    const services = about && { services: limits?.team?.services ?? ('all' as const) };
    const filter = { ...(state && { state }), ...services, ...(await findPageFilter(deps, page)) };
    const { items, next } = await withDeadline(deps.alertList.list(filter, { cursor, limit }), DEADLINE_MS, WHAT);
    return { items: items.map(present), next };
  });

  registerRoute(app, httpRoutes.acknowledgeAlert, async (request) => {
    const by = { by: getPrincipal(request).name, at: deps.now() };
    const alert = await withDeadline(deps.alertList.acknowledge(request.params.id, by), DEADLINE_MS, WHAT);
    if (!alert) throw new AppError('NOT_FOUND');
    return present(alert);
  });

  registerRoute(app, httpRoutes.resolveAlert, async (request) => {
    const { id } = request.params;
    const alert = await withDeadline(deps.alertList.resolveById(id, deps.now()), DEADLINE_MS, WHAT);
    if (!alert) throw new AppError('NOT_FOUND');
    return present(alert);
  });
}
