import {
  acceptRequestSchema,
  commandResponseSchema,
  endRequestSchema,
  messageResponseSchema,
  rejectRequestSchema,
  sendMessageRequestSchema,
} from '../../contracts/agent-command-schema.ts';
import { conversationParamsSchema } from '../../contracts/conversation-view-schema.ts';
import { access, getDeskPrincipal } from '../access.ts';
import type { CommandResponse } from '../actors.ts';
import type { AppDependencies } from '../dependencies.ts';
import { errorResponses } from '../error-handler.ts';
import type { App } from '../zod-provider.ts';
import { runAgentCommand, type AgentCommandRequest } from './run-agent-command.ts';
import type { FastifyRequest } from 'fastify';

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
  app.post('/api/v1/conversations/:id/accept', {
    config,
    schema: {
      ...shared,
      summary: 'Take the offered conversation',
      body: acceptRequestSchema,
      response: { 200: commandResponseSchema, ...commandErrors },
    },
    handler: async (request) => {
      await run(deps, request, { type: 'accept', ...request.body });
      return { conversationId: request.params.id };
    },
  });

  app.post('/api/v1/conversations/:id/reject', {
    config,
    schema: {
      ...shared,
      summary: 'Refuse the offered conversation',
      body: rejectRequestSchema,
      response: { 200: commandResponseSchema, ...commandErrors },
    },
    handler: async (request) => {
      await run(deps, request, { type: 'reject', ...request.body });
      return { conversationId: request.params.id };
    },
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
      body: sendMessageRequestSchema,
      response: { 200: messageResponseSchema, ...commandErrors },
    },
    handler: async (request) => {
      const response = await run(deps, request, { type: 'message', ...request.body });
      if (!('id' in response)) throw new Error('The actor answered a message without an id');
      return { id: response.id, at: new Date(response.at).toISOString() };
    },
  });

  app.post('/api/v1/conversations/:id/end', {
    config,
    schema: {
      ...shared,
      summary: 'End the chat',
      body: endRequestSchema,
      response: { 200: commandResponseSchema, ...commandErrors },
    },
    handler: async (request) => {
      await run(deps, request, { type: 'end', ...request.body });
      return { conversationId: request.params.id };
    },
  });
}
