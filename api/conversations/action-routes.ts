import type { SenderAction } from '../../adapters/messenger/graph-client.ts';
import type { SenderActionRequest } from '../../contracts/agent-command-schema.ts';
import { AppError } from '../../contracts/app-error.ts';
import { showsReadReceipts } from '../../contracts/chat-settings.ts';
import type { ParticipantRole } from '../../contracts/chat-members.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import { getDeskPrincipal, type DeskPrincipal } from '../access.ts';
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
    const record = await getVisibleConversation(deps, principal, request.params.id);
    const { conversationId, pageId, psid } = record;
    const role = requireRole(record, principal.username);
    if (request.body.type === 'seen') await markSeen(deps, principal, { record, messageId: request.body.messageId });
    const configuration = await deps.configuration.get();
    const account = configuration.accountByPage(pageId);
    if (role !== 'member' || !account || account.enabled === false) return { isShown: false };
    const entry = configuration.entries().find(({ name }) => name === record.entry);
    const [usual] = configuration.chatSettings();
    if (request.body.type === 'seen' && !showsReadReceipts(entry, account.chat, usual)) return { isShown: false };
    const { pageToken, appSecret } = account;
    const { username } = principal;
    if (request.body.type === 'typing')
      await deps.live.tell([{ type: 'typing', conversationId, agent: username, isTyping: request.body.isTyping }]);
    const action = toSenderAction(request.body);
    const { outcome } = await deps.graph.sendAction({ pageId, pageToken, appSecret, psid, action });
    return { isShown: outcome === 'accepted' };
  });
}

/** Who talks with the customer, as the holder does, is a member. @throws AppError NOT_YOUR_CONVERSATION for who is not in the chat */
function requireRole({ state, agent, participants = [] }: ConversationRecord, username: string): ParticipantRole {
  const isHolder = agent?.username === username;
  const role = isHolder ? 'member' : participants.find((each) => each.agent.username === username)?.role;
  if (state !== 'connected' || role === undefined) throw new AppError('NOT_YOUR_CONVERSATION');
  return role;
}

/** What the agent has seen counts as unread no more, whether the customer is shown it or not. */
async function markSeen(
  { chatMarks, chatSummaries, now }: AppDependencies,
  { userId }: DeskPrincipal,
  { record: { conversationId }, messageId }: { record: ConversationRecord; messageId: string | undefined },
): Promise<void> {
  const seq = await chatSummaries.findPlace(conversationId, messageId);
  if (seq !== undefined) await chatMarks.markSeen({ conversationId, userId, seq }, now());
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
