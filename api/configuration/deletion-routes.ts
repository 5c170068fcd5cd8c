import { httpRoutes } from '../../contracts/http-routes.ts';
import { getPrincipal } from '../access.ts';
import { auditedCaller } from '../audit/audited-caller.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { deleteItem } from './delete-item.ts';
import type { ItemNoun } from './nouns.ts';

const deletions = [
  [httpRoutes.deleteAccount, 'accounts'],
  [httpRoutes.deleteService, 'services'],
  [httpRoutes.deleteEntry, 'entries'],
  [httpRoutes.deleteUser, 'users'],
  [httpRoutes.deleteRole, 'roles'],
  [httpRoutes.deleteHours, 'hours'],
  [httpRoutes.deleteSecret, 'secrets'],
  [httpRoutes.deleteBot, 'bots'],
  [httpRoutes.deleteModel, 'models'],
  [httpRoutes.deleteContactField, 'contactFields'],
  [httpRoutes.deleteCaseStatus, 'caseStatuses'],
  [httpRoutes.deleteGroup, 'groups'],
  [httpRoutes.deleteTeam, 'teams'],
  [httpRoutes.deleteCannedResponse, 'cannedResponses'],
  [httpRoutes.deleteLabel, 'labels'],
  [httpRoutes.deleteWebhook, 'webhooks'],
  [httpRoutes.deleteChatSettings, 'chatSettings'],
  [httpRoutes.deleteRetention, 'retention'],
  [httpRoutes.deleteEvaluationForm, 'evaluationForms'],
  [httpRoutes.deleteEvaluationAssignmentRule, 'evaluationAssignments'],
  [httpRoutes.deleteSurvey, 'surveys'],
] as const satisfies [unknown, ItemNoun][];

/** `DELETE /api/v1/<noun>/<name>`: what `apply` never does. */
export function registerDeletionRoutes(app: App, deps: AppDependencies): void {
  for (const [route, noun] of deletions) {
    registerRoute(app, route, async (request) => {
      const { privileges } = getPrincipal(request);
      await deleteItem(deps, { noun, name: request.params.name, caller: auditedCaller(request), privileges });
      return null;
    });
  }
}
