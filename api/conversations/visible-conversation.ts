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
  return { visibleTo: { username: principal.username, group, since: principal.createdAt ?? 0 } };
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
  const isVisible = record && (!limits || record.group === limits.group || isParty(record, limits));
  if (!isVisible) throw new AppError('CONVERSATION_NOT_FOUND');
  return record;
}

/** What an earlier user of the same name served is not theirs; a chat or an offer of the moment is: deleting a user ended those. */
function isParty(record: ConversationRecord, { username, since }: { username: string; since: number }): boolean {
  const { startedAt, servedBy, agent, offer, invitation, participants = [] } = record;
  const isIn = [agent, ...participants.map((participant) => participant.agent)].some(
    (each) => each?.username === username,
  );
  const isAsked = offer?.agent === username || invitation?.offer?.agent === username;
  return (servedBy.includes(username) && startedAt >= since) || isIn || isAsked;
}
