import type { SenderAction } from '../../adapters/messenger/graph-client.ts';
import { senderActionRequestSchema, type SenderActionRequest } from '../../contracts/agent-command-schema.ts';
import { AppError } from '../../contracts/app-error.ts';
import { conversationParamsSchema } from '../../contracts/conversation-view-schema.ts';
import { access, getDeskPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { errorResponses } from '../error-handler.ts';
import type { App } from '../zod-provider.ts';
import { getVisibleConversation } from './visible-conversation.ts';
import { z } from 'zod';

/**
 * What an agent shows the customer beside messages: typing, seen, a reaction. It means something only at this moment, so
 * it goes to Meta at once and by no actor, once, and what Meta says to it changes nothing of the conversation.
 */
export function registerActionRoutes(app: App, deps: AppDependencies): void {
  app.post('/api/v1/conversations/:id/actions', {
    config: { access: access.desk },
    schema: {
      tags: ['conversations'],
      summary: 'Show the customer that the agent types, has seen the messages, or reacts to one',
      params: conversationParamsSchema,
      body: senderActionRequestSchema,
      response: {
        200: z.object({ isShown: z.boolean() }),
        ...errorResponses(
          'REQUEST_INVALID',
          'UNAUTHENTICATED',
          'NOT_YOUR_CONVERSATION',
          'CONVERSATION_NOT_FOUND',
          'BODY_TOO_LARGE',
        ),
      },
    },
    handler: async (request) => {
      const principal = getDeskPrincipal(request);
      const { pageId, psid, agent, state } = await getVisibleConversation(deps, principal, request.params.id);
      if (state !== 'connected' || agent?.username !== principal.username) throw new AppError('NOT_YOUR_CONVERSATION');
      const account = (await deps.configuration.get()).accountByPage(pageId);
      if (!account || account.enabled === false) return { isShown: false };
      const { pageToken, appSecret } = account;
      const action = toSenderAction(request.body);
      const { outcome } = await deps.graph.sendAction({ pageId, pageToken, appSecret, psid, action });
      return { isShown: outcome === 'accepted' };
    },
  });
}

function toSenderAction(action: SenderActionRequest): SenderAction {
  switch (action.type) {
    case 'typing':
      return { type: action.isTyping ? 'typing_on' : 'typing_off' };
    case 'seen':
      return { type: 'mark_seen' };
    case 'reaction':
      return action.reaction === null
        ? { type: 'unreact', mid: action.mid }
        : { type: 'react', mid: action.mid, reaction: action.reaction };
  }
}
