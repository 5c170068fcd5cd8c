import type { FastifyRequest } from 'fastify';
import type { AgentCommand, AgentCommandResult, AgentCommandType } from '../../contracts/agent-command.ts';
import {
  agentCommandSchemas,
  commandResponseSchema,
  messageResponseSchema,
} from '../../contracts/agent-command-schema.ts';
import { conversationParamsSchema } from '../../contracts/conversation-view-schema.ts';
import { access, getDeskPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { errorResponses } from '../error-handler.ts';
import type { App } from '../zod-provider.ts';
import { runAgentCommand } from './run-agent-command.ts';

const commandErrors = errorResponses(
  'REQUEST_INVALID',
  'UNAUTHENTICATED',
  'NOT_YOUR_CONVERSATION',
  'CONVERSATION_NOT_FOUND',
  'CONVERSATION_ENDED',
  'BODY_TOO_LARGE',
);

const shared = { tags: ['conversations'], params: conversationParamsSchema };
const config = { access: access.desk };

function run<Type extends AgentCommandType>(
  deps: AppDependencies,
  request: FastifyRequest<{ Params: { id: string } }>,
  command: AgentCommand<Type>,
): Promise<AgentCommandResult<Type>> {
  return runAgentCommand(deps, { principal: getDeskPrincipal(request), conversationId: request.params.id, command });
}

function registerOfferRoutes(app: App, deps: AppDependencies): void {
  app.post('/api/v1/conversations/:id/accept', {
    config,
    schema: {
      ...shared,
      summary: 'Take the offered conversation',
      body: agentCommandSchemas.accept,
      response: { 200: commandResponseSchema, ...commandErrors },
    },
    handler: (request) => run(deps, request, { type: 'accept', ...request.body }),
  });

  app.post('/api/v1/conversations/:id/reject', {
    config,
    schema: {
      ...shared,
      summary: 'Refuse the offered conversation',
      body: agentCommandSchemas.reject,
      response: { 200: commandResponseSchema, ...commandErrors },
    },
    handler: (request) => run(deps, request, { type: 'reject', ...request.body }),
  });
}

/** What agents do to a conversation. Every body carries a `clientId`: a repeat gets the first answer again. */
export function registerCommandRoutes(app: App, deps: AppDependencies): void {
  registerOfferRoutes(app, deps);

  app.post('/api/v1/conversations/:id/messages', {
    config,
    schema: {
      ...shared,
      summary: 'Write to the customer',
      body: agentCommandSchemas.message,
      response: { 200: messageResponseSchema, ...commandErrors },
    },
    handler: async (request) => {
      const { id, at } = await run(deps, request, { type: 'message', ...request.body });
      return { id, at: new Date(at).toISOString() };
    },
  });

  app.post('/api/v1/conversations/:id/end', {
    config,
    schema: {
      ...shared,
      summary: 'End the chat',
      body: agentCommandSchemas.end,
      response: { 200: commandResponseSchema, ...commandErrors },
    },
    handler: (request) => run(deps, request, { type: 'end', ...request.body }),
  });
}
