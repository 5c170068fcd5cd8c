import { fileIdOf, type SettledCopy } from '../../adapters/mongo/files-repository.ts';
import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import type { TranscriptMessage } from '../../contracts/conversation-queries.ts';
import type { InvitationRecord } from '../../contracts/chat-members.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import type { ConversationView, MessageView, OfferView } from '../../contracts/conversation-view-schema.ts';
import type { MessagingWindow } from '../../contracts/messenger-policy.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import { presentAnnotations } from './present-annotations.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

/** A conversation as the API gives it; accounts are named as they are now. */
export function presentConversation(
  record: ConversationRecord,
  accounts: Pick<ConfigurationSnapshot, 'accountByPage'>,
): ConversationView {
  const { conversationId: id, pageId, psid, state, owner, agent, entry, service, queue, window } = record;
  return withoutUndefined({
    id,
    pageId,
    account: accounts.accountByPage(pageId)?.name,
    psid,
    state,
    owner,
    agent,
    scenario: record.scenario ?? null,
    block: record.block ?? null,
    entry,
    service,
    queue,
    window: window && { ...presentWindow(window), isClosing: window.isClosing },
    parkedParts: record.parkedParts,
    agentSilence: record.agentSilence && {
      since: iso(record.agentSilence.since),
      endsAt: iso(record.agentSilence.endAt),
    },
    chatEnd: record.chatEnd && { ...record.chatEnd, at: iso(record.chatEnd.at) },
    ...presentMembers(record),
    isOverflow: record.isOverflow,
    annotations: record.annotations && presentAnnotations(record.annotations),
    startedAt: iso(record.startedAt),
    endedAt: record.endedAt === undefined ? undefined : iso(record.endedAt),
    endReason: record.endReason,
    isBlocked: record.isBlocked,
  });
}

function presentWindow({ until, humanUntil }: MessagingWindow): { until: string; humanUntil: string } {
  return { until: iso(until), humanUntil: iso(humanUntil) };
}

/** Who is in the chat beside its holder, who is asked to come, and who wants help. */
function presentMembers({
  participants,
  invitation,
  lastInvitation: last,
  helpFlag,
}: ConversationRecord): Partial<ConversationView> {
  return withoutUndefined({
    participants: participants?.map((participant) => ({ ...participant, since: iso(participant.since) })),
    invitation: invitation && presentInvitation(invitation),
    lastInvitation: last && { ...last, at: iso(last.at), settledAt: iso(last.settledAt) },
    helpFlag: helpFlag && { ...helpFlag, at: iso(helpFlag.at) },
  });
}

function presentInvitation({
  offer,
  at,
  ...invitation
}: NonNullable<ConversationRecord['invitation']>): NonNullable<ConversationView['invitation']> {
  return { ...invitation, at: iso(at), ...(offer && { offeredTo: offer.agent }) };
}

/** What a conversation offers this agent now: the chat, or a place in it; none where it has run out. */
export function presentOffer(record: ConversationRecord, username: string, now: number): OfferView[] {
  const { conversationId, psid, offer, invitation, service, annotations } = record;
  const open = offer?.agent === username ? offer : invitation?.offer;
  if (open?.agent !== username || open.expiresAt <= now) return [];
  const { offerId, expiresAt, autoAnswerAt } = open;
  return [
    withoutUndefined({
      offerId,
      conversationId,
      psid,
      ...(invitation && open !== offer ? invitedBy(invitation) : { kind: 'chat' as const }),
      service,
      priority: annotations?.priority,
      expiresAt: iso(expiresAt),
      autoAnswerAt: autoAnswerAt === undefined ? undefined : iso(autoAnswerAt),
    }),
  ];
}

function invitedBy({ kind, by: from, message }: InvitationRecord): Pick<OfferView, 'kind' | 'from' | 'message'> {
  return { kind, from, ...(message !== undefined && { message }) };
}

/** A message as the API gives it. */
export function presentMessage(
  { mid, at, ...message }: TranscriptMessage,
  copies: ReadonlyMap<string, SettledCopy>,
): MessageView {
  const attachments = message.attachments.map((attachment, index) => {
    const fileId = fileIdOf(message.id, index);
    const copy = copies.get(fileId);
    if (!copy) return attachment;
    return { ...attachment, ...(copy.state === 'stored' ? { fileId } : { noCopy: copy.reason }) };
  });
  const template = message.template && { ...message.template };
  return withoutUndefined({ ...message, template, attachments, mid: mid ?? null, at: iso(at) });
}
