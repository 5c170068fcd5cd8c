import type { SenderAction } from '../../adapters/messenger/graph-client.ts';
import type { SenderActionRequest } from '../../contracts/agent-command-schema.ts';
import { AppError } from '../../contracts/app-error.ts';
import { getDeskPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { getVisibleConversation } from './visible-conversation.ts';

/**
 * What an agent shows the customer beside messages: typing, seen, a reaction. It means something only at this moment, so
 * it goes to Meta at once and by no actor, once, and what Meta says to it changes nothing of the conversation.
 */
export function registerActionRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.showAction, async (request) => {
    const principal = getDeskPrincipal(request);
    const { pageId, psid, agent, state } = await getVisibleConversation(deps, principal, request.params.id);
    if (state !== 'connected' || agent?.username !== principal.username) throw new AppError('NOT_YOUR_CONVERSATION');
    const account = (await deps.configuration.get()).accountByPage(pageId);
    if (!account || account.enabled === false) return { isShown: false };
    const { pageToken, appSecret } = account;
    const action = toSenderAction(request.body);
    const { outcome } = await deps.graph.sendAction({ pageId, pageToken, appSecret, psid, action });
    return { isShown: outcome === 'accepted' };
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
