import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { getDeskPrincipal, type DeskPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import { wholeList } from '../whole-list.ts';
import type { App } from '../zod-provider.ts';
import { describeOffers } from './describe-offers.ts';
import { withChatLines } from './chat-lines.ts';
import { findOffer } from './present-offer.ts';

/** The chats of an agent, and what they are asked to take. */
export function registerChatRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.listMyOffers, async (request) => {
    const { username } = getDeskPrincipal(request);
    const found = (await deps.conversations.listOffered(username)).flatMap(
      (record) => findOffer(record, username, deps.now()) ?? [],
    );
    return wholeList(await describeOffers(deps, username, found));
  });

  registerRoute(app, httpRoutes.listMyChats, async (request) => {
    const principal = getDeskPrincipal(request);
    return wholeList(await withChatLines(deps, principal, await findChats(deps, principal)));
  });
}

/** Those that the agent is in, and those whose paper work they are doing; the oldest first. */
async function findChats(deps: AppDependencies, { username }: DeskPrincipal): Promise<ConversationRecord[]> {
  const [open, wrapUps] = await Promise.all([
    deps.conversations.listChatsOf(username),
    deps.wrapUps.listOpen(username),
  ]);
  const known = new Set(open.map(({ conversationId }) => conversationId));
  const others = [...new Set(wrapUps.map(({ conversationId }) => conversationId))].filter((id) => !known.has(id));
  const ended = await Promise.all(others.map((id) => deps.conversations.findConversation(id)));
  return [...open, ...ended.flatMap((record) => record ?? [])].toSorted(
    (one, other) => one.startedAt - other.startedAt,
  );
}
