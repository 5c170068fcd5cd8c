/** The table of routes: everything that the api answers, by name. The api, its document and its clients are made from it. */
import { agentRoutes } from './http-routes/agent-routes.ts';
import { auditRoutes } from './http-routes/audit-routes.ts';
import { configurationRoutes } from './http-routes/configuration-routes.ts';
import { conversationRoutes } from './http-routes/conversation-routes.ts';
import { fileRoutes } from './http-routes/file-routes.ts';
import { operationRoutes } from './http-routes/operation-routes.ts';
import { peopleRoutes } from './http-routes/people-routes.ts';
import { privacyRoutes } from './http-routes/privacy-routes.ts';
import { scenarioRoutes } from './http-routes/scenario-routes.ts';
import { sessionRoutes } from './http-routes/session-routes.ts';
import { systemRoutes } from './http-routes/system-routes.ts';

export const httpRoutes = {
  ...systemRoutes,
  ...sessionRoutes,
  ...agentRoutes,
  ...conversationRoutes,
  ...configurationRoutes,
  ...scenarioRoutes,
  ...fileRoutes,
  ...operationRoutes,
  ...peopleRoutes,
  ...privacyRoutes,
  ...auditRoutes,
};

export type HttpRoutes = typeof httpRoutes;
/** Any row of the table. */
export type ListedRoute = HttpRoutes[keyof HttpRoutes];
