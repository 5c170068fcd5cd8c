import { z } from 'zod';
import { loadConfiguration } from '../../adapters/mongo/configuration/load-configuration.ts';
import { numberOf } from '../../adapters/mongo/configuration/publications-repository.ts';
import { AppError } from '../../contracts/app-error.ts';
import { listSchema } from '../../contracts/http-api-schema.ts';
import { versionPrefixSchema } from '../../contracts/identifiers-schema.ts';
import {
  checkReportSchema,
  checkRequestSchema,
  publicationSchema,
  publishResponseSchema,
  publishRequestSchema,
  rollbackRequestSchema,
  scenarioNameParamsSchema,
  scenarioVersionViewSchema,
} from '../../contracts/scenario-schema.ts';
import { access, getPrincipal, type Principal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { errorResponses } from '../error-handler.ts';
import type { App } from '../zod-provider.ts';
import { checkOptionsFor } from './check-options.ts';
import { reportOn } from './assess-scenario.ts';
import { presentPublication, publishScenario, rollBackScenario } from './publish-scenario.ts';

const readErrors = errorResponses('REQUEST_INVALID', 'UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND');
const writeErrors = { ...readErrors, ...errorResponses('BODY_TOO_LARGE', 'SCENARIO_INVALID', 'SCENARIO_CHANGED') };
const versionsQuerySchema = z.strictObject({
  cursor: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

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
  const { bodyLimitBytes: bodyLimit } = deps.settings;
  app.post('/api/v1/scenarios/check', {
    bodyLimit,
    config: { access: access.overview },
    schema: {
      summary: 'What `attendant check` says of a source, with the agents and services in force',
      tags: ['scenarios'],
      body: checkRequestSchema,
      response: { 200: checkReportSchema, ...writeErrors },
    },
    handler: async ({ body }) =>
      reportOn(body.source, await checkOptionsFor(deps, await loadConfiguration(deps.store), body.source)),
  });

  app.post('/api/v1/scenarios/publish', {
    bodyLimit,
    config: { access: access.admin },
    schema: {
      summary: 'Put a source in force for new conversations, unless a check refuses it',
      tags: ['scenarios'],
      body: publishRequestSchema,
      response: { 200: publishResponseSchema, ...writeErrors },
    },
    handler: (request) =>
      publishScenario(deps, { ...request.body, author: authorOf(getPrincipal(request), request.body.author) }),
  });

  app.post('/api/v1/scenarios/:name/rollback', {
    config: { access: access.admin },
    schema: {
      summary: 'Put an earlier version in force again: the one before, or the one named',
      tags: ['scenarios'],
      params: scenarioNameParamsSchema,
      body: rollbackRequestSchema,
      response: { 200: publishResponseSchema, ...writeErrors },
    },
    handler: (request) => {
      const author = authorOf(getPrincipal(request), request.body.author);
      return rollBackScenario(deps, { ...request.body, name: request.params.name, author });
    },
  });
}

function registerReading(app: App, deps: AppDependencies): void {
  const { store } = deps;
  app.get('/api/v1/scenarios/:name/versions', {
    config: { access: access.overview },
    schema: {
      summary: 'What was published when, by whom and why; newest first',
      tags: ['scenarios'],
      params: scenarioNameParamsSchema,
      querystring: versionsQuerySchema,
      response: { 200: listSchema(publicationSchema), ...readErrors },
    },
    handler: async ({ params: { name }, query: { cursor, limit } }) => {
      const inForce = (await loadConfiguration(store)).scenarioHead(name);
      if (!inForce) throw new AppError('NOT_FOUND', { message: `No scenario "${name}" is published.` });
      const found = await store.publications.list(name, { limit: limit + 1, ...(cursor && { below: cursor }) });
      const items = found.slice(0, limit);
      const last = items.at(-1);
      return {
        items: items.map((publication) => presentPublication(publication, inForce)),
        next: found.length > limit && last ? String(numberOf(last)) : null,
      };
    },
  });

  app.get('/api/v1/scenarios/:name/versions/:version', {
    config: { access: access.overview },
    schema: {
      summary: 'The text of a version, by its first digits',
      tags: ['scenarios'],
      params: z.object({ ...scenarioNameParamsSchema.shape, version: versionPrefixSchema }),
      response: { 200: scenarioVersionViewSchema, ...readErrors },
    },
    handler: async ({ params: { name, version: prefix } }) => {
      const version = await store.scenarios.findPinned(name, prefix);
      const found = version === undefined ? undefined : await store.scenarios.findSource(version);
      if (version === undefined || !found) {
        throw new AppError('NOT_FOUND', { message: `Scenario "${name}" has no version ${prefix}.` });
      }
      return { name, version, source: found.source, createdAt: new Date(found.createdAt).toISOString() };
    },
  });
}
