import { isSilent, type CustomerEvent } from '../../contracts/customer-event.ts';
import { PAYLOAD_LIMITS } from '../../contracts/payload-limits.ts';
import type { SendResult } from '../../contracts/part.ts';
import type { RoutingNotification } from '../../contracts/actor-messages.ts';
import { openConversation, type Actor } from './actor.ts';
import type { ScenarioEvent } from '../../scenario-dsl/run/step.ts';
import { rememberKey, type Answer, type InboxItem, type OpenConversation, type OutboxEntry } from './actor-state.ts';
import { takeQueueTarget, refuseSearch } from './agent-search.ts';
import { noteAnswerOwed } from './agent-silence.ts';
import { endBlocked } from './blocked.ts';
import { carryOutEffects } from './carry-out-effects.ts';
import { loseAgent, takePicked } from './chat.ts';
import { listSlots, openSearch } from './chat-state.ts';
import { isHoldingCustomer } from './closing.ts';
import { endConversation, sayAtTheEnd } from './ending.ts';
import { fireDueDeadline } from './deadlines.ts';
import { noteEvent, noteInbound, SYSTEM } from './history.ts';
import { noteAgentHeard, noteCustomerSpoke } from './inactivity.ts';
import { inboundMessage } from './inbound-message.ts';
import { loseInvited, offerInvitation, settleInvitation, takeInvitationTarget } from './invitation.ts';
import { offerReserved } from './offer.ts';
import { dropRest, isOutboxFull } from './outbox.ts';
import { parkEntry, takeRelease } from './parking.ts';
import { giveUpRequeue, noteFoundBy } from './requeue.ts';
import { noteDecided, restate, restateAll } from './routing-intents.ts';
import { stepScenario } from './scenario-run.ts';
import { askingEffect, goOnElsewhere } from './search-elsewhere.ts';
import { wakeChat } from './snooze.ts';
import { hasSpilled } from './spill.ts';
import { noteWrittenToUs, takeThreadOwnerChange } from './thread-owner.ts';
import { noteCustomerActed } from './window.ts';

/**
 * Takes everything that can be taken now, in order: answers of effects, then the inbox, then due deadlines. The effects of
 * each are carried out before the next is looked at, so that it meets the state that the one before has led to.
 * Pure of awaits, so an update handler may call it and answer with the outcome.
 */
export function drainInbox(actor: Actor): void {
  do carryOutEffects(actor);
  while (takeNext(actor));
}

/** False: there is nothing more to take. */
function takeNext(actor: Actor): boolean {
  const answer = actor.answers.shift();
  if (answer) {
    takeAnswer(actor, answer);
    return true;
  }
  // What comes after the end is the next conversation's.
  if (actor.state.conversation?.ended) return false;
  const item = nextItem(actor, true);
  if (item) {
    takeItem(actor, item);
    return true;
  }
  return fireDueDeadline(actor);
}

/** Whether something lies in the inbox that can be taken now. */
export function hasNext(actor: Actor): boolean {
  return nextItem(actor, false) !== undefined;
}

/**
 * The next thing to take. What the customer says waits while too much waits to be sent to them, and while something older
 * of theirs is still in MongoDB; all else goes ahead of it.
 */
function nextItem(actor: Actor, takesIt: boolean): InboxItem | undefined {
  const { inbox, reloaded } = actor.state;
  const isHeard = !isHoldingCustomer(actor) && !isOutboxFull(openConversation(actor), PAYLOAD_LIMITS.outboxBytes);
  const [event] = isHeard ? reloaded : [];
  if (event) {
    if (takesIt) reloaded.shift();
    return { type: 'customer', event };
  }
  const isBlocked = !isHeard || hasSpilled(actor.state);
  const index = inbox.findIndex(({ type }) => type !== 'customer' || !isBlocked);
  return takesIt && index >= 0 ? inbox.splice(index, 1)[0] : inbox[index];
}

function takeAnswer(actor: Actor, answer: Answer): void {
  if ('partId' in answer) return takeSendResult(actor, answer);
  if ('searchId' in answer) return takeSearchTarget(actor, answer);
  const { effectId, result } = answer;
  stepScenario(actor, { type: 'operation.completed', effectId, ...result });
}

function takeSearchTarget(actor: Actor, { searchId, target }: Extract<Answer, { searchId: string }>): void {
  if (actor.state.conversation?.invitation?.search?.effectId === searchId)
    return takeInvitationTarget(actor, searchId, target);
  takeQueueTarget(actor, searchId, target);
}

function takeSendResult(actor: Actor, { partId, result }: Extract<Answer, { partId: string }>): void {
  const conversation = openConversation(actor);
  const index = conversation.outbox.findIndex(({ part }) => part.id === partId);
  const sent = conversation.outbox[index];
  if (!sent) throw new Error(`Part ${partId} was answered but is not the one in flight`);
  actor.isSending = false;
  if (result.status === 'parked' && result.by !== 'person') return parkEntry(actor, sent, result.by);
  conversation.outbox.splice(index, 1);
  if (sent.part.author.kind === 'agent' && sent.endedConversationId === undefined)
    noteAgentHeard(conversation, { seq: sent.part.seq, now: Date.now() });
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
    case 'reaction':
      return noteCustomerActed(actor, { kind: 'reaction', at: item.at });
    case 'parts-released':
      return takeRelease(actor);
    case 'picked':
      return takePicked(actor);
    case 'outbound':
      // A repeat, or a conversation with this customer is open already: whoever asks is told so by its record.
      return;
    case 'cancelled':
      return endByOperator(actor);
    case 'blocked':
      return endBlocked(actor);
  }
}

/** Records a customer's message and gives it to the scenario; a message handled before changes nothing. */
function takeCustomerEvent(actor: Actor, event: CustomerEvent): void {
  if (!recordCustomerEvent(actor, event)) return;
  if (isSilent(event)) return stepScenario(actor, { type: 'customer.referred', referral: event.referral ?? {} });
  stepScenario(actor, { type: 'customer.message', message: toScenarioMessage(event) });
}

/** Puts a message into the transcript once. False: it is there already. */
export function recordCustomerEvent(actor: Actor, event: CustomerEvent): boolean {
  if (actor.seen.has(event.key)) return false;
  const conversation = openConversation(actor);
  actor.seen.add(event.key);
  rememberKey(actor.state, event.key);
  noteWrittenToUs(actor, event.at);
  wakeChat(actor, 'customer');
  if (!isSilent(event)) noteCustomerSpoke(conversation, conversation.nextSeq);
  noteAnswerOwed(actor, Date.now());
  noteCustomerActed(actor, event);
  const ids = { conversationId: conversation.id, seq: conversation.nextSeq++ };
  actor.unrecordedMessages.push(inboundMessage(event, ids));
  noteInbound(actor, event, ids.seq);
  return true;
}

function toScenarioMessage(event: CustomerEvent): Extract<ScenarioEvent, { type: 'customer.message' }>['message'] {
  return {
    mid: event.key,
    at: event.at,
    attachments: event.attachments,
    ...(event.text !== undefined && { text: event.text }),
    ...(event.payload !== undefined && { payload: event.payload }),
    ...(event.referral && { referral: event.referral }),
  };
}

function takeNotification(actor: Actor, notification: RoutingNotification): void {
  const conversation = openConversation(actor);
  if (notification.conversationId !== conversation.id) return;
  if (notification.type === 'restate') return restateAll(conversation);
  if (notification.type === 'agent-lost') return loseAgent(actor, notification);
  if (notification.type === 'expired') return loseReservation(actor, notification);
  if (openSearch(conversation)?.effectId !== notification.requestId)
    return takeLateNotification(conversation, notification);
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
  if (!request) return takeInvitationOutcome(actor, notification);
  delete conversation.request;
  delete conversation.queue;
  if (notification.type !== 'reserved') {
    noteDecided(conversation, notification);
    if (goOnElsewhere(actor, request)) return;
    noteEvent(actor, {
      type: 'not-queued',
      data: { requestId: request.effectId, why: notification.type },
      actor: SYSTEM,
    });
    if (conversation.requeue) return giveUpRequeue(actor);
    return refuseSearch(actor, request, notification.type === 'no-agents' ? 'agent.none' : 'agent.queue-limit');
  }
  const { agent, requestId, expiresAt } = notification;
  conversation.reservation = { agent, requestId, expiresAt };
  noteEvent(actor, { type: 'reserved', data: { requestId, agent: agent.username }, actor: SYSTEM });
  noteFoundBy(conversation, request);
  const effectId = askingEffect(request);
  noteDecided(conversation, notification);
  if (request.offer) return offerReserved(actor, conversation.requeue?.effectId ?? effectId, request.offer);
  stepScenario(actor, { type: 'agent.reserved', effectId, agent });
}

/** The dispatcher has decided on somebody who is to come into the chat. */
function takeInvitationOutcome(
  actor: Actor,
  notification: Extract<RoutingNotification, { type: 'reserved' | 'no-agents' | 'queue-limit' }>,
): void {
  if (notification.type === 'reserved') offerInvitation(actor, notification);
  else settleInvitation(actor, 'no-agents');
  noteDecided(openConversation(actor), notification);
}

function takePosition(actor: Actor, notification: Extract<RoutingNotification, { type: 'position' }>): void {
  const { position, waiting, ewtMs } = notification;
  const queue = { position, waiting, ...(ewtMs !== undefined && { ewtMs }) };
  const conversation = openConversation(actor);
  // Whoever is asked into a chat is waited for by nobody but its holder.
  if (!conversation.request) return;
  conversation.queue = queue;
  noteEvent(actor, { type: 'position', data: { ...queue }, actor: SYSTEM });
  const effectId = askingEffect(conversation.request);
  stepScenario(actor, { type: 'queue.changed', effectId, ...queue });
}

/**
 * The answer to a question that is no longer asked. A repeat is nothing; a dispatcher that decides on an intent older than
 * the last will hear that one, and one that was told everything hears it again.
 */
function takeLateNotification(conversation: OpenConversation, { requestId, number }: RoutingNotification): void {
  const isHeld = listSlots(conversation).some((slot) => slot.requestId === requestId);
  if (!isHeld && number === conversation.routing.nextNumber - 1) restate(conversation, requestId);
}

function loseReservation(actor: Actor, notification: RoutingNotification): void {
  const conversation = openConversation(actor);
  const { reservation, offer, chat } = conversation;
  if (loseInvited(actor, notification.requestId)) return noteDecided(conversation, notification);
  if (reservation?.requestId !== notification.requestId) return;
  if (!offer && !chat) delete conversation.reservation;
  noteDecided(conversation, notification);
}

/** An operator cancelled the workflow: the customer is told what the entry says of errors, and everybody is set free. */
function endByOperator(actor: Actor): void {
  sayAtTheEnd(actor, openConversation(actor).context.settings.onErrorText ?? '');
  endConversation(actor, 'cancelled');
}
