import { loadConfiguration } from '../../adapters/mongo/configuration/load-configuration.ts';
import { numberOf } from '../../adapters/mongo/configuration/publications-repository.ts';
import { decodeCursor, encodeCursor, toListPage } from '../../adapters/mongo/paging.ts';
import { AppError } from '../../contracts/app-error.ts';
import { getPrincipal, type Principal } from '../access.ts';
import { auditedCaller } from '../audit/audited-caller.ts';
import type { AppDependencies } from '../dependencies.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { checkOptionsFor } from './check-options.ts';
import { reportOn } from './assess-scenario.ts';
import { publishScenario, rollBackScenario } from './publish-scenario.ts';
import { presentPublication } from './put-in-force.ts';

/** A user publishes in their own name; the deployment's token in the one it gives. */
export function authorOf({ username, name }: Principal, given?: string): string {
  return username ?? given ?? name;
}

/** Scenarios: checked, published, listed, compared, rolled back. */
export function registerScenarioRoutes(app: App, deps: AppDependencies): void {
  registerWriting(app, deps);
  registerReading(app, deps);
}

function registerWriting(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.checkScenario, async ({ body: { source } }) => {
    const options = await checkOptionsFor(deps, await loadConfiguration(deps.store), source);
    return reportOn(deps.scenarioChecks, source, options);
  });

  registerRoute(app, httpRoutes.publishScenario, (request) =>
    publishScenario(deps, {
      ...request.body,
      author: authorOf(getPrincipal(request), request.body.author),
      caller: auditedCaller(request),
    }),
  );

  registerRoute(app, httpRoutes.rollBackScenario, (request) => {
    const author = authorOf(getPrincipal(request), request.body.author);
    return rollBackScenario(deps, {
      ...request.body,
      name: request.params.name,
      author,
      caller: auditedCaller(request),
    });
  });
}

function registerReading(app: App, deps: AppDependencies): void {
  const { store } = deps;
  registerRoute(app, httpRoutes.listScenarioVersions, async ({ params: { name }, query: { cursor, limit } }) => {
    const inForce = (await loadConfiguration(store)).scenarioHead(name);
    if (!inForce) throw new AppError('NOT_FOUND', { message: `No scenario "${name}" is published.` });
    const below = decodeCursor(cursor)?.seq;
    const found = await store.publications.list(name, { limit: limit + 1, ...(below !== undefined && { below }) });
    return toListPage(found, limit, {
      convert: (publication) => presentPublication(publication, inForce),
      cursorOf: (last) => encodeCursor({ at: last.publishedAt, seq: numberOf(last), id: name }),
    });
  });

  registerRoute(app, httpRoutes.getScenarioVersion, async ({ params: { name, version: prefix } }) => {
    const version = await store.scenarios.findPinned(name, prefix);
    const found = version === undefined ? undefined : await store.scenarios.findSource(version);
    if (version === undefined || !found) {
      throw new AppError('NOT_FOUND', { message: `Scenario "${name}" has no version ${prefix}.` });
    }
    return { name, version, source: found.source, createdAt: new Date(found.createdAt).toISOString() };
  });
}
