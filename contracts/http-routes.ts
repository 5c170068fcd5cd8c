/** The table of routes: everything that the api answers, by name. The api, its document and its clients are made from it. */
import { agentRoutes } from './http-routes/agent-routes.ts';
import { auditRoutes } from './http-routes/audit-routes.ts';
import { configurationRoutes } from './http-routes/configuration-routes.ts';
import { consoleRoutes } from './http-routes/console-routes.ts';
import { conversationRoutes } from './http-routes/conversation-routes.ts';
import { ownChatRoutes } from './http-routes/own-chat-routes.ts';
import { fileRoutes } from './http-routes/file-routes.ts';
import { deskRoutes } from './http-routes/desk-routes.ts';
import { historyRoutes } from './http-routes/history-routes.ts';
import { operationRoutes } from './http-routes/operation-routes.ts';
import { peopleRoutes } from './http-routes/people-routes.ts';
import { retentionRoutes } from './http-routes/retention-routes.ts';
import { legalHoldRoutes } from './http-routes/legal-hold-routes.ts';
import { privacyRoutes } from './http-routes/privacy-routes.ts';
import { reportRoutes } from './http-routes/report-routes.ts';
import { canaryRoutes } from './http-routes/canary-routes.ts';
import { scenarioMoveRoutes } from './http-routes/scenario-move-routes.ts';
import { evaluationAssignmentRoutes } from './http-routes/evaluation-assignment-routes.ts';
import { evaluationRoutes } from './http-routes/evaluation-routes.ts';
import { recordRoutes } from './http-routes/record-routes.ts';
import { scenarioRoutes } from './http-routes/scenario-routes.ts';
import { sessionRoutes } from './http-routes/session-routes.ts';
import { supervisionRoutes } from './http-routes/supervision-routes.ts';
import { timeTravelRoutes } from './http-routes/time-travel-routes.ts';
import { bulkSurgeryRoutes } from './http-routes/bulk-surgery-routes.ts';
import { surgeryRoutes } from './http-routes/surgery-routes.ts';
import { tokenRoutes } from './http-routes/token-routes.ts';
import { webhookDeliveryRoutes } from './http-routes/webhook-delivery-routes.ts';
import { systemRoutes } from './http-routes/system-routes.ts';

export const httpRoutes = {
  ...systemRoutes,
  ...consoleRoutes,
  ...sessionRoutes,
  ...agentRoutes,
  ...supervisionRoutes,
  ...reportRoutes,
  ...recordRoutes,
  ...evaluationRoutes,
  ...evaluationAssignmentRoutes,
  ...deskRoutes,
  ...conversationRoutes,
  ...timeTravelRoutes,
  ...surgeryRoutes,
  ...bulkSurgeryRoutes,
  ...ownChatRoutes,
  ...historyRoutes,
  ...configurationRoutes,
  ...scenarioRoutes,
  ...scenarioMoveRoutes,
  ...canaryRoutes,
  ...fileRoutes,
  ...operationRoutes,
  ...peopleRoutes,
  ...webhookDeliveryRoutes,
  ...tokenRoutes,
  ...privacyRoutes,
  ...legalHoldRoutes,
  ...retentionRoutes,
  ...auditRoutes,
};

export type HttpRoutes = typeof httpRoutes;
/** Any row of the table. */
export type ListedRoute = HttpRoutes[keyof HttpRoutes];
