import type { Filter } from 'mongodb';
import type { ConversationFilter } from '../../contracts/conversation-queries.ts';
import type { StoredConversation } from './conversations-repository.ts';

/** What a user may see of collection `conversations`: any of these conditions. */
export function whatIsVisible({
  group,
  username,
  since,
  team,
}: NonNullable<ConversationFilter['visibleTo']>): Filter<StoredConversation>[] {
  const own: Filter<StoredConversation> = { servedBy: username, startedAt: { $gte: since } };
  const ofGroup = group === undefined ? [] : [{ group }];
  if (!team) return [...ofGroup, own];
  const people = { $in: team.members };
  return [
    ...ofGroup,
    own,
    { service: { $in: team.services } },
    { servedBy: people },
    { heldAgents: people },
    { 'offer.agent': people },
    { 'agent.username': people },
  ];
}
