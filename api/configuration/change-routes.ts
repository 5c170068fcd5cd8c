import {
  accountViewSchema,
  botViewSchema,
  caseStatusViewSchema,
  contactFieldViewSchema,
  modelViewSchema,
  entryViewSchema,
  hoursViewSchema,
  secretViewSchema,
  serviceViewSchema,
  userViewSchema,
} from '../../contracts/configuration-view-schema.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { groupViewSchema, teamViewSchema } from '../../contracts/routing-configuration-schema.ts';
import type { FastifyRequest } from 'fastify';
import { getPrincipal } from '../access.ts';
import { auditedCaller } from '../audit/audited-caller.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import { authorOf } from '../scenarios/scenario-routes.ts';
import type { App } from '../zod-provider.ts';
import { changeItem } from './change-item.ts';
import type { ConfigurationItem, ItemNoun } from './find-item.ts';

type ChangeRequest = FastifyRequest & { params: { name: string }; body: Readonly<Record<string, unknown>> };

/** `PATCH /api/v1/<noun>/<name>`: some fields of one item. The views strip what they do not name: secrets and hashes. */
export function registerChangeRoutes(app: App, deps: AppDependencies): void {
  const change = (noun: ItemNoun, request: ChangeRequest): Promise<ConfigurationItem> =>
    changeItem(deps, {
      noun,
      name: request.params.name,
      change: request.body,
      author: authorOf(getPrincipal(request)),
      caller: auditedCaller(request),
    });
  registerRoute(app, httpRoutes.changeAccount, async (request) =>
    accountViewSchema.parse(await change('accounts', request)),
  );
  registerRoute(app, httpRoutes.changeService, async (request) =>
    serviceViewSchema.parse(await change('services', request)),
  );
  registerRoute(app, httpRoutes.changeEntry, async (request) =>
    entryViewSchema.parse(await change('entries', request)),
  );
  registerRoute(app, httpRoutes.changeUser, async (request) => userViewSchema.parse(await change('users', request)));
  registerRoute(app, httpRoutes.changeHours, async (request) => hoursViewSchema.parse(await change('hours', request)));
  registerRoute(app, httpRoutes.changeModel, async (request) => modelViewSchema.parse(await change('models', request)));
  registerRoute(app, httpRoutes.changeBot, async (request) => botViewSchema.parse(await change('bots', request)));
  registerRoute(app, httpRoutes.changeContactField, async (request) =>
    contactFieldViewSchema.parse(await change('contactFields', request)),
  );
  registerRoute(app, httpRoutes.changeCaseStatus, async (request) =>
    caseStatusViewSchema.parse(await change('caseStatuses', request)),
  );
  registerRoute(app, httpRoutes.changeGroup, async (request) => groupViewSchema.parse(await change('groups', request)));
  registerRoute(app, httpRoutes.changeTeam, async (request) => teamViewSchema.parse(await change('teams', request)));
  registerRoute(app, httpRoutes.changeSecret, async (request) =>
    secretViewSchema.parse(await change('secrets', request)),
  );
}
