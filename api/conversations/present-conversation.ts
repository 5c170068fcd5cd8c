import { fileIdOf, type SettledCopy } from '../../adapters/mongo/files-repository.ts';
import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import type { TranscriptMessage } from '../../contracts/conversation-queries.ts';
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

/** The open offer of a conversation; none where it has run out. */
export function presentOffer({ conversationId, psid, offer }: ConversationRecord, now: number): OfferView[] {
  if (!offer || offer.expiresAt <= now) return [];
  const { offerId, expiresAt, autoAnswerAt } = offer;
  const own = autoAnswerAt === undefined ? {} : { autoAnswerAt: iso(autoAnswerAt) };
  return [{ offerId, conversationId, psid, expiresAt: iso(expiresAt), ...own }];
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
