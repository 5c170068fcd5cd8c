import {
  accountViewSchema,
  listedUserViewSchema,
  type ScenarioView,
} from '../../contracts/configuration-view-schema.ts';
import { getPrincipal } from '../access.ts';
import { auditedCaller } from '../audit/audited-caller.ts';
import type { ConfiguredRole, ScenarioHead } from '../../adapters/mongo/configuration/configuration-items.ts';
import type { AppDependencies } from '../dependencies.ts';
import { ROLES, SHIPPED_ROLES } from '../../contracts/privileges.ts';
import type { RoleView } from '../../contracts/role-schema.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { wholeList } from '../whole-list.ts';
import { authorOf } from '../scenarios/scenario-routes.ts';
import { describeConfiguration } from './describe-configuration.ts';
import { applyConfiguration } from './apply-configuration.ts';

/** Lists of configuration: read from the database, so that they show what was applied a moment ago. */
function registerLists(app: App, { store, settings, secondFactors }: AppDependencies): void {
  // The views strip what they do not name: secrets, hashes and sources stay here.
  registerRoute(app, httpRoutes.listAccounts, async () =>
    wholeList((await store.accounts.list()).map((account) => accountViewSchema.parse(account))),
  );
  registerRoute(app, httpRoutes.listServices, async () => wholeList(await store.services.list()));
  registerRoute(app, httpRoutes.listEntries, async () => wholeList(await store.entries.list()));
  registerRoute(app, httpRoutes.listUsers, async () => {
    const [users, secured] = await Promise.all([store.users.list(), secondFactors.listUserIds()]);
    return wholeList(
      users.map((user) => listedUserViewSchema.parse({ ...user, hasSecondFactor: secured.has(user.id) })),
    );
  });
  registerRoute(app, httpRoutes.listRoles, async () => wholeList(presentRoles(await store.roles.list(), settings)));
  registerRoute(app, httpRoutes.listHours, async () => wholeList(await store.hours.list()));
  registerRoute(app, httpRoutes.listWebhooks, async () => wholeList(await store.webhooks.list()));
  registerRoute(app, httpRoutes.listModels, async () => wholeList(await store.models.list()));
  registerRoute(app, httpRoutes.listBots, async () => wholeList(await store.bots.list()));
  registerRoute(app, httpRoutes.listContactFields, async () => wholeList(await store.contactFields.list()));
  registerRoute(app, httpRoutes.listCaseStatuses, async () =>
    wholeList((await store.caseStatuses.list()).toSorted((one, other) => one.position - other.position)),
  );
  registerRoute(app, httpRoutes.listGroups, async () => wholeList(await store.groups.list()));
  registerRoute(app, httpRoutes.listTeams, async () => wholeList(await store.teams.list()));
  registerRoute(app, httpRoutes.listCannedResponses, async () => wholeList(await store.cannedResponses.list()));
  registerRoute(app, httpRoutes.listRetention, async () => wholeList(await store.retention.list()));
  registerRoute(app, httpRoutes.listChatSettings, async () => wholeList(await store.chatSettings.list()));
  registerRoute(app, httpRoutes.listEvaluationAssignmentRules, async () =>
    wholeList(await store.evaluationAssignments.list()),
  );
  registerRoute(app, httpRoutes.listEvaluationForms, async () => wholeList(await store.evaluationForms.list()));
  registerRoute(app, httpRoutes.listSurveys, async () => wholeList(await store.surveys.list()));
  registerRoute(app, httpRoutes.listLabels, async () => wholeList(await store.labels.list()));
  registerRoute(app, httpRoutes.listSecrets, async () =>
    wholeList((await store.secrets.list()).map(({ name }) => ({ name }))),
  );
  registerRoute(app, httpRoutes.listScenarios, async () =>
    wholeList((await store.scenarioHeads.list()).map(presentScenario)),
  );
}

/** Those that ship come first. */
function presentRoles(
  own: readonly ConfiguredRole[],
  { secondFactorRoles }: Pick<AppDependencies['settings'], 'secondFactorRoles'>,
): RoleView[] {
  return [
    ...ROLES.map((name) => ({
      name,
      privileges: [...SHIPPED_ROLES[name]],
      ...(secondFactorRoles.includes(name) && { requireSecondFactor: true }),
      isShipped: true,
    })),
    ...own.map((role) => ({ ...role, privileges: [...role.privileges], isShipped: false })),
  ];
}

function presentScenario({ name, version, publishedAt, author, note, canary }: ScenarioHead): ScenarioView {
  return {
    name,
    version,
    publishedAt: new Date(publishedAt).toISOString(),
    author: author ?? null,
    note: note ?? null,
    canary: canary && !canary.end ? { version: canary.version, percent: canary.percent } : null,
  };
}

/** Configuration: applied as a whole, shown in lists. */
export function registerConfigurationRoutes(app: App, deps: AppDependencies): void {
  registerLists(app, deps);

  registerRoute(app, httpRoutes.getConfiguration, () => describeConfiguration(deps.store));

  registerRoute(app, httpRoutes.applyConfiguration, (request) =>
    applyConfiguration(deps, {
      ...request.body,
      author: authorOf(getPrincipal(request), request.body.author),
      caller: auditedCaller(request),
      privileges: getPrincipal(request).privileges,
    }),
  );
}
