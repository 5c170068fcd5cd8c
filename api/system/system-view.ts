import { version as nodeVersion } from 'node:process';
import type { FastifyRequest } from 'fastify';
import { readProductVersion } from '../../adapters/product-version.ts';
import { ENGINE_VERSION } from '../../contracts/engine-version.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { TASK_QUEUE } from '../../contracts/task-queues.ts';
import type { AppDependencies } from '../dependencies.ts';
import { usualDays } from '../retention/carry-out-retention.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';

/** What those who look after a deployment want to know of it. */
export function registerSystemView(app: App, deps: AppDependencies): void {
  const version = readProductVersion();
  const startedAt = new Date(deps.now()).toISOString();
  const { publicUrl, simulatorUrl } = deps.settings;
  const usual = usualDays(deps.settings);
  registerRoute(app, httpRoutes.getSystem, async (request) => {
    const [workers, open, configuration] = await Promise.all([
      deps.workers.list(),
      deps.spool.listOpen(),
      deps.configuration.get(),
    ]);
    const [said] = configuration.retention();
    return {
      version,
      engineVersion: ENGINE_VERSION,
      nodeVersion,
      startedAt,
      callbackUrl: `${publicUrl ?? originOf(request)}${httpRoutes.receiveWebhook.path}`,
      isPublicUrlSet: publicUrl !== undefined,
      isSimulated: simulatorUrl !== undefined,
      taskQueue: TASK_QUEUE,
      workers: workers.map((worker) => ({ ...worker, lastSeenAt: worker.lastSeenAt.toISOString() })),
      spooledPageIds: open.map(({ pageId }) => pageId),
      retention: {
        auditDays: said?.auditDays ?? usual.audit,
        historyDays: said?.eventDays ?? usual.events,
      },
    };
  });
}

const originOf = ({ protocol, host }: FastifyRequest): string => `${protocol}://${host}`;
