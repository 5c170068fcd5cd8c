import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import type { InvitationRecord } from '../../contracts/chat-members.ts';
import type { ChatSummary } from '../../contracts/chat-summary.ts';
import type { SkillMatch } from '../../contracts/chat-view-schema.ts';
import type { Contact } from '../../contracts/contact.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import type { OfferView } from '../../contracts/conversation-view-schema.ts';
import { formatDuration } from '../../contracts/duration.ts';
import type { RoutingDecision } from '../../contracts/routing-decision.ts';
import type { SkillLevels } from '../../contracts/routing.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import { presentCustomer } from './present-customer.ts';
import { presentWords } from './present-chat.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

type OpenOffer = NonNullable<ConversationRecord['offer']>;

/** What an agent is asked to take: the chat, or a place in one that goes on. */
export interface FoundOffer {
  record: ConversationRecord;
  open: OpenOffer;
  /** Absent where it is the chat itself. */
  invitation?: InvitationRecord;
}

/** The open offer of a conversation to this agent; undefined where there is none, or it has run out. */
export function findOffer(record: ConversationRecord, username: string, now: number): FoundOffer | undefined {
  const { offer, invitation } = record;
  const isChat = offer?.agent === username;
  const open = isChat ? offer : invitation?.offer;
  if (open?.agent !== username || open.expiresAt <= now) return undefined;
  return { record, open, ...(!isChat && invitation && { invitation }) };
}

/** What is known beside the record of an offer. */
interface OfferWorld {
  configuration: Pick<ConfigurationSnapshot, 'accountByPage' | 'service'>;
  contact: Contact | undefined;
  summary: ChatSummary;
  /** The dispatcher's, by which the agent got it; the last one. */
  decision: RoutingDecision | undefined;
  /** The agent's, with those of their teams. */
  skills: SkillLevels;
}

/** An offer with all that an agent has to know before they take it. */
export function presentOffer({ record, open, invitation }: FoundOffer, world: OfferWorld): OfferView {
  const { conversationId, psid, pageId, service, annotations, answers, queuedAt, startedAt } = record;
  const { configuration, contact, summary, decision } = world;
  return withoutUndefined({
    offerId: open.offerId,
    conversationId,
    psid,
    pageId,
    account: configuration.accountByPage(pageId)?.name,
    customer: presentCustomer(record, contact),
    ...(invitation ? invitedBy(invitation) : { kind: 'chat' as const }),
    service,
    priority: decision?.asked?.priority ?? annotations?.priority,
    waitingSince: iso(invitation?.at ?? queuedAt ?? startedAt),
    ...presentWords(summary),
    answers,
    skills: matchSkills(world, service),
    reason: tellReason(decision, invitation),
    ...presentTime(open),
  });
}

function presentTime({ expiresAt, autoAnswerAt }: OpenOffer): Pick<OfferView, 'expiresAt' | 'autoAnswerAt'> {
  return { expiresAt: iso(expiresAt), ...(autoAnswerAt !== undefined && { autoAnswerAt: iso(autoAnswerAt) }) };
}

function invitedBy({ kind, by: from, message }: InvitationRecord): Pick<OfferView, 'kind' | 'from' | 'message'> {
  return { kind, from, ...(message !== undefined && { message }) };
}

/** What was asked for and the agent has; where anything would do, what they have of the service's. */
function matchSkills({ configuration, decision, skills }: OfferWorld, service: string | undefined): SkillMatch[] {
  const { skills: wanted = [], anySkillOf = [] } = decision?.asked ?? {};
  const asked = wanted.map(({ name, minLevel }) => ({ name, ...(minLevel > 1 && { minLevel }) }));
  const any = anySkillOf.length > 0 ? anySkillOf : (configuration.service(service ?? '')?.skills ?? []);
  const names = asked.length > 0 ? asked : any.map((name) => ({ name }));
  return names
    .flatMap(({ name, ...least }): SkillMatch[] => {
      const level = skills[name];
      return level === undefined ? [] : [{ name, level, ...least }];
    })
    .toSorted((one, other) => other.level - one.level);
}

const INVITED = {
  transfer: 'hands the chat over to you',
  consult: 'asks you for advice; the customer does not see it',
  conference: 'asks you to join the chat',
} as const;

const CHOSEN: Record<NonNullable<RoutingDecision['chosen']>['by'], (idle: string) => string> = {
  'asked-for': () => 'You were asked for by name.',
  'last-agent': () => 'You talked with them last.',
  'least-loaded': () => 'You match and have the most room.',
  'next-in-turn': () => 'You match, and it is your turn.',
  'longest-idle': (idle) => `You match and have been idle longest (${idle}).`,
};
const BY_CHOICE: ReadonlySet<string> = new Set(['least-loaded', 'next-in-turn', 'longest-idle']);

/** Why it is this agent, in one sentence. */
function tellReason(decision: RoutingDecision | undefined, invitation: InvitationRecord | undefined): string {
  if (invitation) return `${invitation.by.name} ${INVITED[invitation.kind]}.`;
  const { chosen } = decision ?? {};
  if (!chosen) return 'You match.';
  const { by, idleMs, free } = chosen;
  if (BY_CHOICE.has(by) && free <= 1) return 'You match and are the only one who is free.';
  return CHOSEN[by](formatDuration(Math.max(1, Math.round(idleMs / 1000)) * 1000));
}
