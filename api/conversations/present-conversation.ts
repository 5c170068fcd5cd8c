import { fileIdOf, type SettledCopy } from '../../adapters/mongo/files-repository.ts';
import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import type { Contact } from '../../contracts/contact.ts';
import type { TranscriptMessage } from '../../contracts/conversation-queries.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import type { ConversationView, MessageView } from '../../contracts/conversation-view-schema.ts';
import type { MessagingWindow } from '../../contracts/messenger-policy.ts';
import type { SnoozeRecord } from '../../contracts/snooze.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import { presentCustomer } from '../desk/present-customer.ts';
import { presentContactSummary } from '../people/present-people.ts';
import { presentSegment } from '../history/present-event.ts';
import { presentAnnotations } from './present-annotations.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

/** A conversation as the API gives it; accounts are named as they are now. */
export function presentConversation(
  record: ConversationRecord,
  { accounts, contact }: { accounts: Pick<ConfigurationSnapshot, 'accountByPage'>; contact: Contact | undefined },
): ConversationView {
  const { conversationId: id, pageId, psid, state, owner, agent, entry, service, queue, window } = record;
  return withoutUndefined({
    id,
    pageId,
    account: accounts.accountByPage(pageId)?.name,
    psid,
    customer: presentCustomer(record, contact),
    contact: contact && presentContactSummary(contact),
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
    snooze: record.snooze && presentSnooze(record.snooze),
    chatEnd: record.chatEnd && { ...record.chatEnd, at: iso(record.chatEnd.at) },
    ...presentMembers(record),
    isOverflow: record.isOverflow,
    answers: record.answers,
    labels: record.labels,
    begunBy: record.origin?.by,
    previousConversationId: record.origin?.previousConversationId,
    annotations: record.annotations && presentAnnotations(record.annotations),
    startedAt: iso(record.startedAt),
    ...presentTimes(record),
    endReason: record.endReason,
    isBlocked: record.isBlocked,
  });
}

/** When it was queued, offered, taken, first answered and ended, and who was in the chat. */
function presentTimes(record: ConversationRecord): Partial<ConversationView> {
  const { queuedAt, offeredAt, acceptedAt, firstAnswerAt, endedAt, segments } = record;
  const times = Object.entries({ queuedAt, offeredAt, acceptedAt, firstAnswerAt, endedAt });
  return {
    ...Object.fromEntries(times.flatMap(([name, at]) => (at === undefined ? [] : [[name, iso(at)]]))),
    ...(segments && { segments: segments.map(presentSegment) }),
  };
}

function presentWindow({ until, humanUntil }: MessagingWindow): { until: string; humanUntil: string } {
  return { until: iso(until), humanUntil: iso(humanUntil) };
}

function presentSnooze({ since, until, note, woken }: SnoozeRecord): ConversationView['snooze'] {
  return withoutUndefined({
    since: iso(since),
    until: iso(until),
    note,
    woken: woken && { at: iso(woken.at), by: woken.by },
  });
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
