import { getDeskPrincipal } from '../access.ts';
import type { CommandResponse } from '../actors.ts';
import type { AppDependencies } from '../dependencies.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { runAgentCommand, type AgentCommandRequest } from './run-agent-command.ts';
import type { FastifyRequest } from 'fastify';

function run(
  deps: AppDependencies,
  request: FastifyRequest<{ Params: { id: string } }>,
  command: AgentCommandRequest & { clientId: string },
): Promise<CommandResponse> {
  const { clientId, ...agentCommand } = command;
  const principal = getDeskPrincipal(request);
  return runAgentCommand(deps, { principal, conversationId: request.params.id, clientId, agentCommand });
}

function registerOfferRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.acceptOffer, async (request) => {
    await run(deps, request, { type: 'accept', ...request.body });
    return { conversationId: request.params.id };
  });

  registerRoute(app, httpRoutes.rejectOffer, async (request) => {
    await run(deps, request, { type: 'reject', ...request.body });
    return { conversationId: request.params.id };
  });
}

/** What agents do to a conversation. Every body carries a `clientId`: a repeat gets the first answer again. */
export function registerCommandRoutes(app: App, deps: AppDependencies): void {
  registerOfferRoutes(app, deps);

  registerRoute(app, httpRoutes.sendMessage, async (request) => {
    const response = await run(deps, request, { type: 'message', ...request.body });
    if (!('id' in response)) throw new Error('The actor answered a message without an id');
    return { id: response.id, at: new Date(response.at).toISOString() };
  });

  registerRoute(app, httpRoutes.endChat, async (request) => {
    await run(deps, request, { type: 'end', ...request.body });
    return { conversationId: request.params.id };
  });
}
