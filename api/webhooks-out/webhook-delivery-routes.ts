import { withDeadline } from '../../adapters/with-deadline.ts';
import { AppError } from '../../contracts/app-error.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';

const DEADLINE_MS = 4000;
const WHAT = 'Collection webhook-deliveries';

/** What receivers of webhooks have not taken. */
export function registerWebhookDeliveryRoutes(app: App, deps: AppDependencies): void {
  const { configuration, now, webhookDeliveries } = deps;
  registerRoute(app, httpRoutes.listWebhookDeliveries, async ({ query: { cursor, limit, webhook, state } }) => {
    const listing = webhookDeliveries.list(withoutUndefined({ webhook, state }), { cursor, limit });
    const { items, next } = await withDeadline(listing, DEADLINE_MS, WHAT);
    return {
      items: items.map(({ createdAt, dueAt, ...delivery }) => ({
        ...delivery,
        createdAt: new Date(createdAt).toISOString(),
        dueAt: new Date(dueAt).toISOString(),
      })),
      next,
    };
  });

  registerRoute(app, httpRoutes.replayWebhookDelivery, async ({ params: { id } }) => {
    if (!(await withDeadline(webhookDeliveries.replay(id, now()), DEADLINE_MS, WHAT))) throw new AppError('NOT_FOUND');
    return { replayed: 1 };
  });

  registerRoute(app, httpRoutes.replayWebhook, async ({ params: { name } }) => {
    const isKnown = (await configuration.get()).webhooks().some((webhook) => webhook.name === name);
    if (!isKnown) throw new AppError('NOT_FOUND', { message: `There is no webhook "${name}".` });
    return { replayed: await withDeadline(webhookDeliveries.replayAll(name, now()), DEADLINE_MS, WHAT) };
  });
}
