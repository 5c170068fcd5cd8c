import { withDeadline } from '../../adapters/with-deadline.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { Alert } from '../../contracts/alert.ts';
import type { AppDependencies } from '../dependencies.ts';
import { findPageFilter } from '../find-page-filter.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { registerRoute } from '../register-route.ts';
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
  registerRoute(app, httpRoutes.listAlerts, async (request) => {
    const { cursor, limit, state, ...page } = request.query;
    const filter = { ...(state && { state }), ...(await findPageFilter(deps, page)) };
    const { items, next } = await withDeadline(deps.alertList.list(filter, { cursor, limit }), DEADLINE_MS, WHAT);
    return { items: items.map(present), next };
  });

  registerRoute(app, httpRoutes.resolveAlert, async (request) => {
    const { id } = request.params;
    const alert = await withDeadline(deps.alertList.resolveById(id, deps.now()), DEADLINE_MS, WHAT);
    if (!alert) throw new AppError('NOT_FOUND');
    return present(alert);
  });
}
