import { withDeadline } from '../../adapters/with-deadline.ts';
import { AppError } from '../../contracts/app-error.ts';
import { overseesOthers } from '../../contracts/privileges.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { getPrincipal } from '../access.ts';
import { getVisibleConversation } from '../conversations/visible-conversation.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { presentAgentEvent, presentConversationEvent } from './present-event.ts';

const DEADLINE_MS = 4000;

/** What happened to conversations and agents, as it was written when it happened. */
export function registerHistoryRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.listConversationEvents, async (request) => {
    const { conversationId } = await getVisibleConversation(deps, getPrincipal(request), request.params.id);
    const listing = deps.history.listConversationEvents(conversationId, request.query);
    const found = await withDeadline(listing, DEADLINE_MS, 'Collection conversation-events');
    return { items: found.items.map(presentConversationEvent), next: found.next };
  });

  registerRoute(app, httpRoutes.listAgentEvents, async (request) => {
    const principal = getPrincipal(request);
    const { username, createdAt = 0 } = principal;
    const wanted = request.params.username;
    const isOwnOnly = !overseesOthers(principal);
    if (isOwnOnly && username !== wanted) throw new AppError('NOT_FOUND');
    const { cursor, limit, from, to } = request.query;
    const asked = from === undefined ? undefined : Date.parse(from);
    // What was before is an earlier user's of the same name.
    const since = isOwnOnly ? Math.max(createdAt, asked ?? 0) : asked;
    const filter = { username: wanted, from: since, to: to === undefined ? undefined : Date.parse(to) };
    const listing = deps.history.listAgentEvents(filter, { cursor, limit });
    const found = await withDeadline(listing, DEADLINE_MS, 'Collection agent-events');
    return { items: found.items.map(presentAgentEvent), next: found.next };
  });
}
