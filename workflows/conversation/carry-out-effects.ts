import type { Note } from '../../contracts/operation.ts';
import type { Effect } from '../../scenario-dsl/step.ts';
import { openConversation, type Actor } from './actor.ts';
import { startOperation } from './operations.ts';
import { queueScenarioMessage } from './outbox.ts';
import { cancelRequest, releaseReservation, requestMessage } from './reservation.ts';
import { stepScenario } from './scenario-run.ts';
import { withNote } from './take-note.ts';

/** Turns what the scenario wants into parts to send, questions to the dispatcher and offers. New effects may follow. */
export function carryOutEffects(actor: Actor): void {
  for (let effect = actor.effects.shift(); effect; effect = actor.effects.shift()) carryOut(actor, effect);
}

function carryOut(actor: Actor, effect: Effect): void {
  switch (effect.kind) {
    case 'send-message':
      return say(actor, effect);
    case 'find-agent':
      return askForAgent(actor, effect);
    case 'cancel-find-agent':
      return cancelRequest(actor);
    case 'connect-chat':
      return offerChat(actor, effect);
    case 'withdraw-offer':
      return withdrawOffer(actor, effect.outcome);
    case 'end-chat':
      return leaveAgents(actor);
    case 'operation':
      return startOperation(actor, effect);
    case 'note':
      return takeNote(actor, effect.note);
  }
}

/** A text whose variables all came out empty is nothing to send and no failure: the scenario goes on. */
function say(actor: Actor, { kind: _kind, id, ...message }: Extract<Effect, { kind: 'send-message' }>): void {
  const isQueued = queueScenarioMessage(actor, { ...message, effectId: id });
  if (!isQueued) stepScenario(actor, { type: 'message.sent', effectId: id });
}

function askForAgent(actor: Actor, effect: Extract<Effect, { kind: 'find-agent' }>): void {
  const conversation = openConversation(actor);
  releaseReservation(actor, 'cancelled');
  const now = Date.now();
  conversation.queuedAt ??= now;
  const [first, ...later] = effect.intervals;
  let from = now + (first?.forMs ?? 0);
  conversation.request = {
    effectId: effect.id,
    skills: effect.skills,
    priority: effect.priority ?? 0,
    minLevel: first?.minLevel ?? 0,
    widenings: later.map(({ forMs, minLevel }) => {
      const at = from;
      from += forMs;
      return { at, minLevel };
    }),
  };
  actor.unrecorded.isViewStale = true;
  actor.toDispatcher.push(requestMessage(conversation));
}

/** Offers the chat to the reserved agent; without a reservation the block learns at once that nobody takes it. */
function offerChat(actor: Actor, effect: Extract<Effect, { kind: 'connect-chat' }>): void {
  const conversation = openConversation(actor);
  const { reservation } = conversation;
  if (!reservation) return stepScenario(actor, { type: 'offer.rejected', effectId: effect.id });
  const expiresAt = Date.now() + effect.noAnswerMs;
  const { agent, requestId } = reservation;
  conversation.offerCount += 1;
  conversation.offer = {
    offerId: `${conversation.id}:${conversation.offerCount}`,
    effectId: effect.id,
    agent,
    expiresAt,
  };
  actor.unrecorded.isViewStale = true;
  actor.toDispatcher.push({
    type: 'confirm',
    conversationId: conversation.id,
    requestId,
    agent: agent.username,
    until: expiresAt + CONFIRMATION_MARGIN_MS,
  });
}

/** How long after an offer's end its answer may still be under way to the dispatcher. */
const CONFIRMATION_MARGIN_MS = 60_000;

function withdrawOffer(actor: Actor, outcome: 'no-answer' | 'rejected'): void {
  const conversation = openConversation(actor);
  const { offer } = conversation;
  if (!offer) return;
  delete conversation.offer;
  actor.unrecorded.isViewStale = true;
  // Without a reservation the agent was lost, not unwilling.
  if (!conversation.reservation) return;
  if (!conversation.refusedBy.includes(offer.agent.username)) conversation.refusedBy.push(offer.agent.username);
  releaseReservation(actor, outcome);
}

/** The customer's side has ended: whatever there is of an agent is given back. */
function leaveAgents(actor: Actor): void {
  const conversation = openConversation(actor);
  cancelRequest(actor);
  releaseReservation(actor, 'ended');
  delete conversation.offer;
  delete conversation.chat;
  delete conversation.inactivity;
  actor.unrecorded.isViewStale = true;
}

function takeNote(actor: Actor, note: Note): void {
  const conversation = openConversation(actor);
  conversation.notes = withNote(conversation.notes ?? {}, note, Date.now());
  actor.unrecorded.isViewStale = true;
}
