import { registerAgentRoutes } from '../agents/agent-routes.ts';
import type { AgentDesk } from '../agents/agent-desk.ts';
import { registerSupervisionRoutes } from '../agents/supervision-routes.ts';
import { registerLabelRoutes } from '../conversations/label-routes.ts';
import type { AppDependencies } from '../dependencies.ts';
import type { App } from '../zod-provider.ts';
import { registerCannedResponseRoutes } from './canned-response-routes.ts';
import { registerChatRoutes } from './chat-routes.ts';
import { registerOutboundRoutes } from './outbound-routes.ts';
import { registerSuggestionRoutes } from './suggestion-routes.ts';
import { registerTransferRoutes } from './transfer-routes.ts';

/** What agents' screens stand on beside conversations. */
export function registerAgentDeskRoutes(app: App, deps: AppDependencies, desk: AgentDesk): void {
  registerAgentRoutes(app, deps, desk);
  registerSupervisionRoutes(app, deps, desk);
  registerCannedResponseRoutes(app, deps);
  registerTransferRoutes(app, deps);
  registerSuggestionRoutes(app, deps);
  registerChatRoutes(app, deps);
  registerLabelRoutes(app, deps);
  registerOutboundRoutes(app, deps);
}
