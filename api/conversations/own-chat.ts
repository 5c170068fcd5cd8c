import { AppError } from '../../contracts/app-error.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import type { DeskPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { getVisibleConversation } from './visible-conversation.ts';

/**
 * A conversation whose customer the caller talks with, or has talked with.
 * @throws AppError CONVERSATION_NOT_FOUND, NOT_YOUR_CONVERSATION
 */
export async function getOwnChat(
  deps: Pick<AppDependencies, 'configuration' | 'conversations'>,
  principal: DeskPrincipal,
  conversationId: string,
): Promise<ConversationRecord> {
  const record = await getVisibleConversation(deps, principal, conversationId);
  if (!record.servedBy.includes(principal.username)) throw new AppError('NOT_YOUR_CONVERSATION');
  return record;
}
