import {
  agentStateRequestSchema,
  agentStateViewSchema,
  type AgentStateView,
} from '../../contracts/agent-command-schema.ts';
import { offerViewSchema } from '../../contracts/conversation-view-schema.ts';
import { listSchema } from '../../contracts/http-api-schema.ts';
import type { AgentPresence } from '../../adapters/mongo/presence-repository.ts';
import { access, getDeskPrincipal } from '../access.ts';
import { presentOffer } from '../conversations/present-conversation.ts';
import type { AppDependencies } from '../dependencies.ts';
import { errorResponses } from '../error-handler.ts';
import type { App } from '../zod-provider.ts';
import type { AgentDesk } from './agent-desk.ts';

function presentState({ username, state, reason, at }: AgentPresence): AgentStateView {
  return { username, state, at: new Date(at).toISOString(), ...(reason === undefined ? {} : { reason }) };
}

/** The agent's own state and what they are asked to take. */
export function registerAgentRoutes(app: App, deps: AppDependencies, desk: AgentDesk): void {
  app.get('/api/v1/agents/me/state', {
    config: { access: access.desk },
    schema: {
      summary: 'The state I chose last',
      tags: ['agent'],
      response: { 200: agentStateViewSchema, ...errorResponses('UNAUTHENTICATED', 'FORBIDDEN') },
    },
    handler: async (request) => presentState(await desk.findState(getDeskPrincipal(request).username)),
  });

  app.put('/api/v1/agents/me/state', {
    config: { access: access.desk },
    schema: {
      summary: 'Choose ready, not ready or logged out',
      tags: ['agent'],
      body: agentStateRequestSchema,
      response: {
        200: agentStateViewSchema,
        ...errorResponses('REQUEST_INVALID', 'UNAUTHENTICATED', 'FORBIDDEN', 'BODY_TOO_LARGE'),
      },
    },
    handler: async (request) => {
      const { username } = getDeskPrincipal(request);
      return presentState(await desk.chooseState(username, request.body.state, request.body.reason));
    },
  });

  app.get('/api/v1/agents/me/offers', {
    config: { access: access.desk },
    schema: {
      summary: 'Conversations I am asked to take',
      tags: ['agent'],
      response: { 200: listSchema(offerViewSchema), ...errorResponses('UNAUTHENTICATED', 'FORBIDDEN') },
    },
    handler: async (request) => {
      const offered = await deps.conversations.listOffered(getDeskPrincipal(request).username);
      return { items: offered.flatMap((record) => presentOffer(record, deps.now())), next: null };
    },
  });
}
