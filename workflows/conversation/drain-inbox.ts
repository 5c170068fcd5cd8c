import type { DisconnectCause } from '../../contracts/conversation.ts';
import type { CustomerEvent } from '../../contracts/customer-event.ts';
import type { SendResult } from '../../contracts/part.ts';
import type { RoutingNotification } from '../../contracts/actor-messages.ts';
import { openConversation, type Actor } from './actor.ts';
import type { ScenarioEvent } from '../../scenario-dsl/run/step.ts';
import { rememberKey, type Answer, type InboxItem, type OpenConversation, type OutboxEntry } from './actor-state.ts';
import { takeQueueTarget, refuseSearch } from './agent-search.ts';
import { noteChatEnd } from './chat-end.ts';
import { fireDueDeadline } from './deadlines.ts';
import { noteAgentSpoke, noteCustomerSpoke } from './inactivity.ts';
import { inboundMessage } from './inbound-message.ts';
import { offerReserved } from './offer.ts';
import { dropRest, queueAgentMessage } from './outbox.ts';
import { parkEntry, takeRelease } from './parking.ts';
import { release, releaseReservation, tell } from './reservation.ts';
import { stepScenario } from './scenario-run.ts';
import { noteWrittenToUs, takeThreadOwnerChange } from './thread-owner.ts';
import { noteCustomerActed } from './window.ts';

/**
 * Takes everything that can be taken now, in order: answers of effects, then the inbox, then due deadlines.
 * Pure of awaits, so an update handler may call it and answer with the outcome.
 * While `holdsInbox`, inbox items stay where they are and travel to the next run.
 */
export function drainInbox(actor: Actor, holdsInbox: boolean): void {
  for (;;) {
    const answer = actor.answers.shift();
    if (answer) {
      takeAnswer(actor, answer);
      continue;
    }
    const item = holdsInbox || actor.state.conversation?.ended ? undefined : actor.state.inbox.shift();
    if (item) {
      takeItem(actor, item);
      continue;
    }
    if (actor.state.conversation?.ended || !fireDueDeadline(actor)) return;
  }
}

function takeAnswer(actor: Actor, answer: Answer): void {
  if ('partId' in answer) return takeSendResult(actor, answer);
  if ('searchId' in answer) return takeQueueTarget(actor, answer.searchId, answer.target);
  const { effectId, result } = answer;
  stepScenario(actor, { type: 'operation.completed', effectId, ...result });
}

function takeSendResult(actor: Actor, { partId, result }: Extract<Answer, { partId: string }>): void {
  const conversation = openConversation(actor);
  const index = conversation.outbox.findIndex(({ part }) => part.id === partId);
  const sent = conversation.outbox[index];
  if (!sent) throw new Error(`Part ${partId} was answered but is not the one in flight`);
  actor.isSending = false;
  if (result.status === 'parked' && result.by !== 'person') return parkEntry(actor, sent, result.by);
  conversation.outbox.splice(index, 1);
  if (sent.part.author.kind === 'agent') noteAgentSpoke(conversation, Date.now());
  answerEffect(actor, sent, result);
}

/** Tells the block what became of what it said: when the last part has its delivery status, or with the first that fails. */
function answerEffect(actor: Actor, { effectId, partOf }: OutboxEntry, result: SendResult): void {
  if (result.status === 'failed' || result.status === 'parked') {
    const failedId = effectId ?? partOf;
    if (failedId === undefined) return;
    if (partOf !== undefined) dropRest(actor, partOf);
    return stepScenario(actor, { type: 'message.failed', effectId: failedId, reason: result.reason });
  }
  if (effectId === undefined) return;
  // An unknown delivery status counts as said: the ledger shows it, and saying it again could double it.
  const mid = result.status === 'accepted' ? result.mid : undefined;
  stepScenario(actor, { type: 'message.sent', effectId, ...(mid && { mid }) });
}

function takeItem(actor: Actor, item: InboxItem): void {
  switch (item.type) {
    case 'customer':
      return takeCustomerEvent(actor, item.event);
    case 'thread-owner':
      return takeThreadOwnerChange(actor, item);
    case 'dispatcher':
      return takeNotification(actor, item.notification);
    case 'offer-accepted':
      return acceptOffer(actor, item.offerId);
    case 'offer-rejected':
      return rejectOffer(actor, item.offerId);
    case 'agent-message':
      return item.parts.forEach((part) => queueAgentMessage(actor, item, part));
    case 'reaction':
      return noteCustomerActed(actor, { kind: 'reaction', at: item.at });
    case 'parts-released':
      return takeRelease(actor);
    case 'chat-ended-by-agent':
      return endChat(actor, 'UserHangup');
  }
}

/** Records a customer's message and gives it to the scenario; a message handled before changes nothing. */
function takeCustomerEvent(actor: Actor, event: CustomerEvent): void {
  if (!recordCustomerEvent(actor, event)) return;
  stepScenario(actor, { type: 'customer.message', message: toScenarioMessage(event) });
}

/** Puts a message into the transcript once. False: it is there already. */
export function recordCustomerEvent(actor: Actor, event: CustomerEvent): boolean {
  if (actor.seen.has(event.key)) return false;
  const conversation = openConversation(actor);
  actor.seen.add(event.key);
  rememberKey(actor.state, event.key);
  noteWrittenToUs(actor, event.at);
  noteCustomerSpoke(conversation);
  noteCustomerActed(actor, event);
  const ids = { conversationId: conversation.id, seq: conversation.nextSeq++ };
  actor.unrecordedMessages.push(inboundMessage(event, ids));
  return true;
}

function toScenarioMessage(event: CustomerEvent): Extract<ScenarioEvent, { type: 'customer.message' }>['message'] {
  return {
    mid: event.key,
    at: event.at,
    attachments: event.attachments,
    ...(event.text !== undefined && { text: event.text }),
    ...(event.payload !== undefined && { payload: event.payload }),
  };
}

function takeNotification(actor: Actor, notification: RoutingNotification): void {
  const conversation = openConversation(actor);
  if (notification.conversationId !== conversation.id) return;
  if (notification.type === 'agent-lost') return loseAgent(actor, notification);
  if (notification.type === 'expired') return loseReservation(conversation, notification.requestId);
  if (conversation.request?.effectId !== notification.requestId) return takeLateNotification(actor, notification);
  if (notification.type === 'position') {
    return takePosition(actor, notification);
  }
  takeOutcome(actor, notification);
}

/** The dispatcher has decided. A reservation that a Connect Chat asked for becomes an offer at once. */
function takeOutcome(
  actor: Actor,
  notification: Extract<RoutingNotification, { type: 'reserved' | 'no-agents' | 'queue-limit' }>,
): void {
  const conversation = openConversation(actor);
  const { request } = conversation;
  if (!request) return;
  delete conversation.request;
  delete conversation.queue;
  if (notification.type !== 'reserved') {
    return refuseSearch(actor, request, notification.type === 'no-agents' ? 'agent.none' : 'agent.queue-limit');
  }
  conversation.reservation = { agent: notification.agent, requestId: notification.requestId };
  if (request.offer) return offerReserved(actor, request.effectId, request.offer);
  stepScenario(actor, { type: 'agent.reserved', effectId: request.effectId, agent: notification.agent });
}

function takePosition(actor: Actor, notification: Extract<RoutingNotification, { type: 'position' }>): void {
  const { position, waiting, ewtMs, requestId: effectId } = notification;
  const ids = { position, waiting, ...(ewtMs !== undefined && { ewtMs }) };
  openConversation(actor).queue = ids;
  stepScenario(actor, { type: 'queue.changed', effectId, ...ids });
}

/** The answer to a question that is no longer asked: a repeat is nothing, a reservation nobody wants is given back. */
function takeLateNotification(actor: Actor, notification: RoutingNotification): void {
  if (notification.type !== 'reserved' || openConversation(actor).reservation?.requestId === notification.requestId)
    return;
  release(actor, notification.requestId, 'cancelled');
}

function loseReservation(conversation: OpenConversation, requestId: string): void {
  const { reservation, offer, chat } = conversation;
  if (reservation?.requestId === requestId && !offer && !chat) delete conversation.reservation;
}

function loseAgent(actor: Actor, { requestId, cause }: Extract<RoutingNotification, { type: 'agent-lost' }>): void {
  const conversation = openConversation(actor);
  if (conversation.reservation?.requestId !== requestId) return;
  delete conversation.reservation;
  if (conversation.chat) endChat(actor, cause);
  else if (conversation.offer) rejectOffer(actor, conversation.offer.offerId);
}

function acceptOffer(actor: Actor, offerId: string): void {
  const conversation = openConversation(actor);
  const { offer } = conversation;
  if (offer?.offerId !== offerId) return;
  delete conversation.offer;
  conversation.chat = { agent: offer.agent, effectId: offer.effectId };
  conversation.lastAgent = offer.agent;
  if (!conversation.servedBy.includes(offer.agent.username)) conversation.servedBy.push(offer.agent.username);
  tell(actor, {
    type: 'confirm',
    conversationId: conversation.id,
    requestId: conversation.reservation?.requestId ?? '',
    agent: offer.agent.username,
  });
  stepScenario(actor, { type: 'offer.accepted', effectId: offer.effectId, agent: offer.agent });
}

function rejectOffer(actor: Actor, offerId: string): void {
  const { offer } = openConversation(actor);
  if (offer?.offerId !== offerId) return;
  stepScenario(actor, { type: 'offer.rejected', effectId: offer.effectId });
}

function endChat(actor: Actor, cause: DisconnectCause): void {
  const conversation = openConversation(actor);
  const { chat } = conversation;
  if (!chat) return;
  noteChatEnd(actor, cause);
  delete conversation.chat;
  delete conversation.inactivity;
  releaseReservation(actor, 'ended');
  stepScenario(actor, { type: 'chat.ended', effectId: chat.effectId, cause });
}
