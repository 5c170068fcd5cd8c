import type { FastifyRequest } from 'fastify';
import type { AgentCommand, AgentCommandResult, AgentCommandType } from '../../contracts/agent-command.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { getDeskPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { runAgentCommand } from './run-agent-command.ts';

function run<Type extends AgentCommandType>(
  deps: AppDependencies,
  request: FastifyRequest<{ Params: { id: string } }>,
  command: AgentCommand<Type>,
): Promise<AgentCommandResult<Type>> {
  return runAgentCommand(deps, { principal: getDeskPrincipal(request), conversationId: request.params.id, command });
}

/** What agents do to a conversation. Every body carries a `clientId`: a repeat gets the first answer again. */
export function registerCommandRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.acceptOffer, (request) => run(deps, request, { type: 'accept', ...request.body }));
  registerRoute(app, httpRoutes.rejectOffer, (request) => run(deps, request, { type: 'reject', ...request.body }));
  registerRoute(app, httpRoutes.sendMessage, async (request) => {
    const { id, at } = await run(deps, request, { type: 'message', ...request.body });
    return { id, at: new Date(at).toISOString() };
  });
  registerRoute(app, httpRoutes.endChat, (request) => run(deps, request, { type: 'end', ...request.body }));
}
