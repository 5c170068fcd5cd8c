import type { z } from 'zod';
import { applyResponseSchema, applyRequestSchema } from '../../contracts/configuration-schema.ts';
import {
  accountViewSchema,
  botViewSchema,
  entryViewSchema,
  hoursViewSchema,
  scenarioViewSchema,
  secretViewSchema,
  serviceViewSchema,
  userViewSchema,
} from '../../contracts/configuration-view-schema.ts';
import { listSchema } from '../../contracts/http-api-schema.ts';
import { access, getPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { errorResponses } from '../error-handler.ts';
import type { App } from '../zod-provider.ts';
import { authorOf } from '../scenarios/scenario-routes.ts';
import { applyConfiguration } from './apply-configuration.ts';

/** A list of configuration: read from the database, so that it shows what was applied a moment ago. */
function registerList<View extends z.ZodType>(
  app: App,
  url: string,
  list: { view: View; items: () => Promise<z.output<View>[]> },
): void {
  app.get(url, {
    config: { access: access.overview },
    schema: {
      summary: `${url.split('/').at(-1)} in force`,
      tags: ['configuration'],
      response: { 200: listSchema(list.view), ...errorResponses('UNAUTHENTICATED', 'FORBIDDEN') },
    },
    handler: async (_request, reply) => reply.send({ items: await list.items(), next: null }),
  });
}

function registerLists(app: App, { store }: AppDependencies): void {
  registerList(app, '/api/v1/accounts', {
    view: accountViewSchema,
    // The views strip what they do not name: secrets, hashes and sources stay here.
    items: async () => (await store.accounts.list()).map((account) => accountViewSchema.parse(account)),
  });
  registerList(app, '/api/v1/services', { view: serviceViewSchema, items: () => store.services.list() });
  registerList(app, '/api/v1/entries', { view: entryViewSchema, items: () => store.entries.list() });
  registerList(app, '/api/v1/users', {
    view: userViewSchema,
    items: async () => (await store.users.list()).map((user) => userViewSchema.parse(user)),
  });
  registerList(app, '/api/v1/hours', { view: hoursViewSchema, items: () => store.hours.list() });
  registerList(app, '/api/v1/bots', { view: botViewSchema, items: () => store.bots.list() });
  registerList(app, '/api/v1/secrets', {
    view: secretViewSchema,
    items: async () => (await store.secrets.list()).map(({ name }) => ({ name })),
  });
  registerList(app, '/api/v1/scenarios', {
    view: scenarioViewSchema,
    items: async () =>
      (await store.scenarioHeads.list()).map(({ name, version, publishedAt, author = null, note = null }) => ({
        name,
        version,
        publishedAt: new Date(publishedAt).toISOString(),
        author,
        note,
      })),
  });
}

/** Configuration: applied as a whole, shown in lists. */
export function registerConfigurationRoutes(app: App, deps: AppDependencies): void {
  registerLists(app, deps);

  app.post('/api/v1/configuration/apply', {
    bodyLimit: deps.settings.bodyLimitBytes,
    config: { access: access.admin },
    schema: {
      summary: 'Bring the configuration to what the documents say, all or nothing',
      tags: ['configuration'],
      body: applyRequestSchema,
      response: {
        200: applyResponseSchema,
        ...errorResponses('REQUEST_INVALID', 'UNAUTHENTICATED', 'FORBIDDEN', 'BODY_TOO_LARGE', 'CONFIGURATION_INVALID'),
      },
    },
    handler: (request) =>
      applyConfiguration(deps, {
        ...request.body,
        author: authorOf(getPrincipal(request), request.body.author),
      }),
  });
}
