import { isInternal, type Progress } from '../../contracts/conversation-record.ts';
import type { HistoryPiece, NewConversationEvent } from '../../contracts/history-event.ts';
import type { LiveNote, OfferEnd } from '../../contracts/live-event.ts';
import { messageKey } from '../../contracts/message-key.ts';
import { pieceIdOf } from './history-repository.ts';

/** What an actor's progress is to those who watch: the conversation, its messages, its events, and what follows from those. */
export function notesOfProgress({ pageId, psid, conversation, messages, history }: Progress): LiveNote[] {
  const said = messages.map((entry): LiveNote => {
    const messageId = isInternal(entry) ? entry.id : messageKey(pageId, psid, entry.key);
    return { type: 'message.added', message: { messageId, conversationId: entry.conversationId } };
  });
  const changed: LiveNote[] = conversation
    ? [{ type: 'conversation.changed', conversationId: conversation.conversationId }]
    : [];
  const queues = conversation?.group !== undefined && history?.events.some(changesQueue) ? [conversation.group] : [];
  return [
    ...said,
    ...changed,
    ...(history ? notesOfPiece(history) : []),
    ...queues.map((group): LiveNote => ({ type: 'queue.changed', group })),
  ];
}

function notesOfPiece(piece: HistoryPiece): LiveNote[] {
  const { conversationId, events } = piece;
  const pieceId = pieceIdOf(piece);
  return events.flatMap((event): LiveNote[] => [
    { type: 'history', conversationId, pieceId, eventSeq: event.seq },
    ...offerNotes(conversationId, event),
  ]);
}

function offerNotes(conversationId: string, event: NewConversationEvent): LiveNote[] {
  if (event.type === 'offered') {
    const { offerId, agent } = event.data;
    return [{ type: 'offer.made', conversationId, offerId, agent }];
  }
  if (!isOfferEnd(event)) return [];
  const { offerId, agent } = event.data;
  return [{ type: 'offer.gone', conversationId, offerId, agent, why: event.type }];
}

const OFFER_ENDS: readonly string[] = ['accepted', 'rejected', 'ignored', 'withdrawn'] satisfies OfferEnd[];

function isOfferEnd(event: NewConversationEvent): event is NewConversationEvent<OfferEnd> {
  return OFFER_ENDS.includes(event.type);
}

function changesQueue({ type }: NewConversationEvent): boolean {
  return type === 'queued' || type === 'position' || type === 'reserved' || type === 'not-queued' || type === 'ended';
}
