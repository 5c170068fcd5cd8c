import { httpRoutes } from '../../contracts/http-routes.ts';
import { getPrincipal } from '../access.ts';
import { auditedCaller } from '../audit/audited-caller.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import { authorOf } from '../scenarios/scenario-routes.ts';
import type { App } from '../zod-provider.ts';
import { changeItem } from './change-item.ts';
import type { ItemNoun } from './nouns.ts';

const changes = [
  [httpRoutes.changeAccount, 'accounts'],
  [httpRoutes.changeService, 'services'],
  [httpRoutes.changeEntry, 'entries'],
  [httpRoutes.changeUser, 'users'],
  [httpRoutes.changeRole, 'roles'],
  [httpRoutes.changeHours, 'hours'],
  [httpRoutes.changeModel, 'models'],
  [httpRoutes.changeWebhook, 'webhooks'],
  [httpRoutes.changeBot, 'bots'],
  [httpRoutes.changeContactField, 'contactFields'],
  [httpRoutes.changeCaseStatus, 'caseStatuses'],
  [httpRoutes.changeGroup, 'groups'],
  [httpRoutes.changeTeam, 'teams'],
  [httpRoutes.changeCannedResponse, 'cannedResponses'],
  [httpRoutes.changeLabel, 'labels'],
  [httpRoutes.changeSecret, 'secrets'],
  [httpRoutes.changeChatSettings, 'chatSettings'],
  [httpRoutes.changeRetention, 'retention'],
  [httpRoutes.changeEvaluationForm, 'evaluationForms'],
  [httpRoutes.changeEvaluationAssignmentRule, 'evaluationAssignments'],
  [httpRoutes.changeSurvey, 'surveys'],
] as const satisfies [unknown, ItemNoun][];

/** `PATCH /api/v1/<noun>/<name>`: some fields of one item. The views strip what they do not name: secrets and hashes. */
export function registerChangeRoutes(app: App, deps: AppDependencies): void {
  for (const [route, noun] of changes) {
    registerRoute(app, route, async (request) => {
      const changed = await changeItem(deps, {
        noun,
        name: request.params.name,
        change: request.body,
        author: authorOf(getPrincipal(request)),
        caller: auditedCaller(request),
        privileges: getPrincipal(request).privileges,
      });
      const shown = noun === 'roles' ? { ...changed, isShipped: false } : changed;
      return route.responses[200].parse(shown);
    });
  }
}
