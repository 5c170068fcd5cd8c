import { withDeadline } from '../../adapters/with-deadline.ts';
import { AppError } from '../../contracts/app-error.ts';
import { bearerOf } from '../access.ts';
import { isSameSecret } from '../constant-time.ts';
import type { AppDependencies } from '../dependencies.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';

const READY_DEADLINE_MS = 3000;

async function isWorking(check: Promise<void>, what: string, logger: AppDependencies['logger']): Promise<boolean> {
  try {
    await withDeadline(check, READY_DEADLINE_MS, what);
    return true;
  } catch (error) {
    logger.warn({ err: error }, `${what} does not answer`);
    return false;
  }
}

function registerHealthRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.getHealth, async () => ({ status: 'ok' as const }));

  registerRoute(app, httpRoutes.getReadiness, async () => {
    const [hasTemporal, hasMongo] = await Promise.all([
      isWorking(deps.actors.ping(), 'Temporal', deps.logger),
      isWorking(deps.pingMongo(), 'MongoDB', deps.logger),
    ]);
    const details = [
      ...(hasTemporal ? [] : [{ path: 'temporal', message: 'does not answer', remedy: 'Check TEMPORAL_ADDRESS.' }]),
      ...(hasMongo ? [] : [{ path: 'mongodb', message: 'does not answer', remedy: 'Check MONGODB_URI.' }]),
    ];
    if (details.length > 0) throw new AppError('SERVICE_UNAVAILABLE', { details });
    return { status: 'ready' as const };
  });
}

/** Health, metrics, the API document and the ways to what a browser may want. */
export function registerSystemRoutes(app: App, deps: AppDependencies): void {
  registerHealthRoutes(app, deps);

  registerRoute(app, httpRoutes.getMetrics, async (request, reply) => {
    const { metricsToken } = deps.settings;
    if (metricsToken !== undefined && !isSameSecret(bearerOf(request) ?? '', metricsToken)) {
      throw new AppError('UNAUTHENTICATED', { message: 'Send ATTENDANT_METRICS_TOKEN as a bearer token.' });
    }
    void reply.type(deps.registry.contentType);
    return deps.registry.metrics();
  });

  registerRoute(app, httpRoutes.getApiDocument, async () => ({ ...app.swagger() }));

  registerRoute(app, httpRoutes.openSimulator, async (_request, reply) => {
    if (deps.settings.simulatorUrl === undefined) throw new AppError('NOT_FOUND');
    return reply.redirect(`${deps.settings.simulatorUrl}/simulator`, 302);
  });
}
