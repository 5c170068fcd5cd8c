import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { Principal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import type { ConversationFilter } from '../../contracts/conversation-queries.ts';

type Readers = Pick<AppDependencies, 'configuration' | 'conversations'>;

/**
 * What an agent may see: conversations of their group, and those that they served. Supervisors and admins see all, also
 * the unrouted, which belong to no group.
 */
export async function visibleTo(deps: Readers, principal: Principal): Promise<Pick<ConversationFilter, 'visibleTo'>> {
  if (principal.role !== 'agent' || principal.username === undefined) return {};
  const group = (await deps.configuration.get()).groupOfUser(principal.username);
  if (group === undefined) throw new AppError('FORBIDDEN');
  return { visibleTo: { username: principal.username, group } };
}

/** @throws AppError CONVERSATION_NOT_FOUND, also for one that the caller may not see: ids are not confirmed */
export async function getVisibleConversation(
  deps: Readers,
  principal: Principal,
  conversationId: string,
): Promise<ConversationRecord> {
  const [record, { visibleTo: limits }] = await Promise.all([
    deps.conversations.findConversation(conversationId),
    visibleTo(deps, principal),
  ]);
  const isVisible = record && (!limits || record.group === limits.group || isParty(record, limits.username));
  if (!isVisible) throw new AppError('CONVERSATION_NOT_FOUND');
  return record;
}

function isParty({ servedBy, agent, offer }: ConversationRecord, username: string): boolean {
  return servedBy.includes(username) || agent?.username === username || offer?.agent === username;
}
