import { AppError } from '../../contracts/app-error.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { getDeskPrincipal, type DeskPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { discardPart, retryPart } from '../ledger/part-routes.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { getOwnChat } from './own-chat.ts';

/** What agents do about messages of theirs that Messenger did not take, or did not say that it took. */
export function registerOwnMessageRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.retryMyMessage, async (request) => {
    const principal = getDeskPrincipal(request);
    await requireOwnPart(deps, principal, request.params);
    return retryPart(deps, request.params.messageId, principal.username);
  });

  registerRoute(app, httpRoutes.discardMyMessage, async (request) => {
    const principal = getDeskPrincipal(request);
    await requireOwnPart(deps, principal, request.params);
    return discardPart(deps, request.params.messageId, principal.username);
  });
}

/** @throws AppError NOT_FOUND for what is no part of this conversation, or was not written by the caller */
async function requireOwnPart(
  deps: AppDependencies,
  principal: DeskPrincipal,
  { id, messageId }: { id: string; messageId: string },
): Promise<void> {
  await getOwnChat(deps, principal, id);
  const part = await deps.ledger.find(messageId);
  const isOwn = part?.conversationId === id && part.author.username === principal.username;
  if (!isOwn) throw new AppError('NOT_FOUND', { message: 'There is no such message of yours in this conversation.' });
}
