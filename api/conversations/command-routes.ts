import {
  acceptRequestSchema,
  commandAnswerSchema,
  endRequestSchema,
  messageAnswerSchema,
  rejectRequestSchema,
  sendMessageRequestSchema,
} from '../../contracts/agent-command-schema.ts';
import { conversationParamsSchema } from '../../contracts/conversation-view-schema.ts';
import { access, getDeskPrincipal } from '../access.ts';
import type { CommandAnswer } from '../actors.ts';
import type { AppDependencies } from '../dependencies.ts';
import { errorResponses } from '../error-handler.ts';
import type { App } from '../zod-provider.ts';
import { runAgentCommand, type AgentWish } from './run-agent-command.ts';
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
  command: AgentWish & { clientId: string },
): Promise<CommandAnswer> {
  const { clientId, ...wish } = command;
  const principal = getDeskPrincipal(request);
  return runAgentCommand(deps, { principal, conversationId: request.params.id, clientId, wish });
}

function registerOfferRoutes(app: App, deps: AppDependencies): void {
  app.post('/api/v1/conversations/:id/accept', {
    config,
    schema: {
      ...shared,
      summary: 'Take the offered conversation',
      body: acceptRequestSchema,
      response: { 200: commandAnswerSchema, ...commandErrors },
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
      response: { 200: commandAnswerSchema, ...commandErrors },
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
      response: { 200: messageAnswerSchema, ...commandErrors },
    },
    handler: async (request) => {
      const answer = await run(deps, request, { type: 'message', ...request.body });
      if (!('id' in answer)) throw new Error('The actor answered a message without an id');
      return { id: answer.id, at: new Date(answer.at).toISOString() };
    },
  });

  app.post('/api/v1/conversations/:id/end', {
    config,
    schema: {
      ...shared,
      summary: 'End the chat',
      body: endRequestSchema,
      response: { 200: commandAnswerSchema, ...commandErrors },
    },
    handler: async (request) => {
      await run(deps, request, { type: 'end', ...request.body });
      return { conversationId: request.params.id };
    },
  });
}
