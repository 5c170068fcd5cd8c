import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import { mayDo, overseesOthers } from '../../contracts/privileges.ts';
import { superviseesOf } from '../../adapters/mongo/configuration/routing-items.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { Principal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import type { ConversationFilter } from '../../contracts/conversation-queries.ts';

type Readers = Pick<AppDependencies, 'configuration' | 'conversations'>;

/**
 * What an agent may see: conversations of their group, and those that they served. Supervisors see those of their teams, where
 * a team names them; else, like admins, all, also the unrouted, which belong to no group. Whoever is none of these sees what
 * they served.
 */
export async function visibleTo(deps: Readers, principal: Principal): Promise<Pick<ConversationFilter, 'visibleTo'>> {
  const { username, createdAt: since = 0 } = principal;
  if (mayDo(principal, 'see-all-chats') || username === undefined) return {};
  const configuration = await deps.configuration.get();
  if (mayDo(principal, 'see-team-chats')) {
    const team = superviseesOf(configuration.teams(), username);
    return team ? { visibleTo: { username, since, team } } : {};
  }
  const group = configuration.groupOfUser(username);
  return { visibleTo: { username, since, ...(group !== undefined && { group }) } };
}

/**
 * What counts for somebody in figures: what they see, where they see the chats of others at all. Else all of it: a figure is no
 * chat, and whoever may read it has no team that it is kept to.
 */
export async function countedFor(deps: Readers, principal: Principal): Promise<Pick<ConversationFilter, 'visibleTo'>> {
  return overseesOthers(principal) ? visibleTo(deps, principal) : {};
}

/** Those of some conversations that the caller may see, and not only count. */
export async function onlyVisible(
  deps: Readers,
  principal: Principal,
  records: readonly ConversationRecord[],
): Promise<ConversationRecord[]> {
  const limits = await visibleTo(deps, principal);
  return records.filter((record) => isVisible(record, limits));
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
  if (!record || !isVisible(record, { visibleTo: limits })) throw new AppError('CONVERSATION_NOT_FOUND');
  return record;
}

/** Whether the limits of a caller let them see a conversation. */
export function isVisible(
  record: ConversationRecord,
  { visibleTo: limits }: { visibleTo?: ConversationFilter['visibleTo'] | undefined },
): boolean {
  if (!limits) return true;
  const { group, team } = limits;
  return (group !== undefined && record.group === group) || (team && isOfTeam(record, team)) || isParty(record, limits);
}

function isOfTeam(
  { service, servedBy, agent, offer, heldAgents = [] }: ConversationRecord,
  { members, services }: { members: string[]; services: string[] },
): boolean {
  const people = [...servedBy, ...heldAgents, agent?.username ?? '', offer?.agent ?? ''];
  return services.includes(service ?? '') || people.some((username) => members.includes(username));
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
