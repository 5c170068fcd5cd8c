import { z } from 'zod';
import { withDeadline } from '../../adapters/mongo/configuration/with-deadline.ts';
import { AppError } from '../../contracts/app-error.ts';
import { access } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { errorResponses } from '../error-handler.ts';
import type { App } from '../zod-provider.ts';

const READY_DEADLINE_MS = 3000;

const startPage = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Attendant</title>
<h1>Attendant</h1>
<ul>
<li><a href="/api/v1/openapi.json">API document (OpenAPI 3.1)</a></li>
<li><a href="/simulator">Messenger simulator</a></li>
<li><a href="/healthz">Health</a>, <a href="/readyz">readiness</a>, <a href="/metrics">metrics</a></li>
</ul></html>
`;

const readinessSchema = z.object({ status: z.enum(['ready']) });

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
  app.get('/healthz', {
    config: { access: access.public },
    schema: {
      summary: 'This process answers',
      tags: ['system'],
      response: { 200: z.object({ status: z.enum(['ok']) }) },
    },
    handler: async () => ({ status: 'ok' as const }),
  });

  app.get('/readyz', {
    config: { access: access.public },
    schema: {
      summary: 'Temporal and MongoDB answer',
      tags: ['system'],
      response: { 200: readinessSchema, ...errorResponses() },
    },
    handler: async () => {
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
    },
  });
}

/** Health, metrics, the API document and the ways to what a browser may want. */
export function registerSystemRoutes(app: App, deps: AppDependencies): void {
  const config = { access: access.public };
  registerHealthRoutes(app, deps);

  app.get('/metrics', {
    config,
    schema: {
      summary: 'Prometheus metrics of this process',
      tags: ['system'],
      response: { 200: z.string(), ...errorResponses() },
    },
    handler: async (_request, reply) => reply.type(deps.registry.contentType).send(await deps.registry.metrics()),
  });

  app.get('/api/v1/openapi.json', {
    config,
    schema: { hide: true },
    handler: async () => app.swagger(),
  });

  app.get('/simulator', {
    config,
    schema: { hide: true },
    handler: async (_request, reply) => {
      if (deps.settings.simulatorUrl === undefined) throw new AppError('NOT_FOUND');
      return reply.redirect(`${deps.settings.simulatorUrl}/simulator`, 302);
    },
  });

  app.get('/', {
    config,
    schema: { hide: true },
    handler: async (_request, reply) => reply.type('text/html; charset=utf-8').send(startPage),
  });
}
