import type { OfferView } from '../../contracts/conversation-view-schema.ts';
import type { SkillLevels } from '../../contracts/routing.ts';
import type { AppDependencies } from '../dependencies.ts';
import { forEachBounded } from '../for-each-bounded.ts';
import { presentOffer, type FoundOffer } from './present-offer.ts';

/** Transcripts that are looked into at a time. */
const AT_ONCE = 8;

/** What offers are described from. */
export type OfferDependencies = Pick<AppDependencies, 'configuration' | 'people' | 'chatSummaries' | 'routing'>;

/** Open offers with all that an agent has to know before they take them. */
export async function describeOffers(
  deps: OfferDependencies,
  username: string,
  offers: readonly FoundOffer[],
): Promise<OfferView[]> {
  if (offers.length === 0) return [];
  const records = offers.map(({ record }) => record);
  const [configuration, contacts, skills] = await Promise.all([
    deps.configuration.get(),
    deps.people.contacts.findOfConversations(records),
    findSkills(deps, username),
  ]);
  const described = new Map<FoundOffer, OfferView>();
  await forEachBounded(offers, AT_ONCE, async (offer) => {
    const { conversationId } = offer.record;
    const [summary, decisions] = await Promise.all([
      deps.chatSummaries.summarise(conversationId),
      deps.routing.listDecisions(conversationId),
    ]);
    const decision = decisions.findLast(({ outcome, agent }) => outcome === 'reserved' && agent === username);
    const contact = contacts.get(conversationId);
    described.set(offer, presentOffer(offer, { configuration, contact, summary, decision, skills }));
  });
  return offers.flatMap((offer) => described.get(offer) ?? []);
}

async function findSkills(
  { configuration }: Pick<AppDependencies, 'configuration'>,
  username: string,
): Promise<SkillLevels> {
  const groups = (await configuration.get()).routingGroups();
  const agents = groups.flatMap((group) => group.configuration.agents);
  return agents.find((agent) => agent.username === username)?.skills ?? {};
}
