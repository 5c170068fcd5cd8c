import { AppError } from '../../contracts/app-error.ts';
import { mayDo } from '../../contracts/privileges.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { getSupervisedGroup } from '../agents/supervised-agents.ts';
import { getDeskPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { runAgentCommand } from './run-agent-command.ts';

/** Conversations that wait, taken out of the queue by hand. */
export function registerQueueCommandRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.pickConversation, async (request) => {
    const principal = getDeskPrincipal(request);
    const configuration = await deps.configuration.get();
    const { privileges = [] } = configuration.user(principal.username) ?? {};
    if (!mayDo(principal, 'pick-from-queue') && !privileges.includes('pick')) {
      throw new AppError('FORBIDDEN', {
        message: 'You may not pick from the queue. An admin can give you the privilege "pick".',
      });
    }
    const group = configuration.groupOfUser(principal.username);
    const own = group === undefined ? undefined : await deps.actors.getAgentStatus(group, principal.username);
    // Nobody waits for somebody who cannot take them.
    if (own?.state !== 'ready' || own.next) throw new AppError('AGENT_NOT_FREE');
    const conversationId = request.params.id;
    return runAgentCommand(deps, { principal, conversationId, command: { type: 'pick', ...request.body } });
  });

  registerRoute(app, httpRoutes.prioritizeConversation, (request) => {
    const principal = getDeskPrincipal(request);
    const conversationId = request.params.id;
    request.auditSubject = { conversationId, priority: String(request.body.priority) };
    return runAgentCommand(deps, { principal, conversationId, command: { type: 'prioritize', ...request.body } });
  });

  registerRoute(app, httpRoutes.assignConversation, async (request) => {
    const principal = getDeskPrincipal(request);
    const { username } = request.body;
    const group = getSupervisedGroup(await deps.configuration.get(), principal, username);
    if (!(await deps.actors.getAgentStatus(group, username))) throw new AppError('AGENT_LOGGED_OUT');
    request.auditSubject = { conversationId: request.params.id, username };
    const conversationId = request.params.id;
    return runAgentCommand(deps, { principal, conversationId, command: { type: 'assign', ...request.body } });
  });
}
