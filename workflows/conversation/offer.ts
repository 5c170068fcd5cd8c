import type { Effect } from '../../scenario-dsl/run/step.ts';
import { openConversation, receive, type Actor } from './actor.ts';
import type { AgentIdentity } from '../../contracts/conversation.ts';
import type { Offer, OfferTerms, OpenConversation } from './actor-state.ts';
import { askForDestination, toTerms } from './agent-search.ts';
import { endAgentSilence } from './agent-silence.ts';
import { noteChatEnd } from './chat-end.ts';
import { noteOffer, noteOfferEnd } from './history.ts';
import { disbandChat } from './members.ts';
import { cancelRequest, releaseReservation } from './routing-intents.ts';
import { stepScenario } from './scenario-run.ts';

type ConnectChat = Extract<Effect, { kind: 'connect-chat' }>;

/** How long after an offer's end its answer may still be under way to the dispatcher. */
const CONFIRMATION_MARGIN_MS = 60_000;

/** Offers the chat to the reserved agent, or asks for the one that the block wants instead. */
export function offerChat(actor: Actor, effect: ConnectChat): void {
  const { reservation } = openConversation(actor);
  const { destination } = effect;
  const wanted = typeof destination === 'string' ? destination : 'username' in destination ? destination.username : '';
  if (reservation?.agent.username !== wanted) return askForDestination(actor, effect);
  if (!reservation) return stepScenario(actor, { type: 'offer.rejected', effectId: effect.id });
  offerReserved(actor, effect.id, toTerms(effect));
}

/** Offers the chat to the agent whose slot is held. */
export function offerReserved(actor: Actor, effectId: string, terms: OfferTerms): void {
  const conversation = openConversation(actor);
  const { reservation } = conversation;
  if (!reservation) throw new Error('Nobody is reserved to offer the chat to');
  const { offer, slotUntil } = makeOffer(actor, { effectId, agent: reservation.agent, terms });
  conversation.offer = offer;
  conversation.history.offeredAt ??= Date.now();
  noteOffer(actor, offer);
  conversation.offerTerms = terms;
  if (terms.isOverflow) conversation.isOverflow = true;
  reservation.expiresAt = slotUntil;
  if (conversation.pickedBy === reservation.agent.username) receive(actor, { type: 'picked' });
}

/** A new offer to an agent, and until when their slot is held for it. */
export function makeOffer(
  actor: Actor,
  { effectId, agent, terms }: { effectId: string; agent: AgentIdentity; terms: OfferTerms },
): { offer: Offer; slotUntil: number } {
  const conversation = openConversation(actor);
  const now = Date.now();
  const { noAnswerMs, autoAnswerMs } = terms;
  const expiresAt = now + noAnswerMs;
  conversation.offerCount += 1;
  const offerId = `${conversation.id}:${conversation.offerCount}`;
  const byItself = autoAnswerMs === undefined ? {} : { autoAnswerAt: Math.min(expiresAt, now + autoAnswerMs) };
  return {
    offer: { offerId, effectId, agent, expiresAt, ...byItself },
    slotUntil: expiresAt + CONFIRMATION_MARGIN_MS,
  };
}

/** The block has given its offer up, or the search for the one it wanted to offer the chat to. */
export function withdrawOffer(actor: Actor, outcome: 'no-answer' | 'rejected'): void {
  const conversation = openConversation(actor);
  const { offer } = conversation;
  if (conversation.request?.offer) return cancelRequest(actor);
  if (!offer) return;
  noteOfferEnd(actor, offer, offerEndOf(conversation, outcome));
  delete conversation.offer;
  // Without a reservation the agent was lost, not unwilling.
  if (!conversation.reservation) return;
  if (!conversation.refusedBy.includes(offer.agent.username)) conversation.refusedBy.push(offer.agent.username);
  releaseReservation(actor, outcome, offer.refusal);
}

/** The customer's side has ended and the scenario goes on without the agent, who is told why. */
export function leaveAgents(actor: Actor, cause: string): void {
  const conversation = openConversation(actor);
  cancelRequest(actor);
  disbandChat(actor);
  releaseReservation(actor, 'ended');
  noteChatEnd(actor, cause);
  endAgentSilence(actor);
  if (conversation.offer) noteOfferEnd(actor, conversation.offer, { type: 'withdrawn' });
  delete conversation.offer;
  delete conversation.requeue;
  delete conversation.chat;
  delete conversation.inactivity;
}

/** Without a reservation the agent was lost: the offer is not theirs to answer any more. */
function offerEndOf(
  { offer, reservation }: OpenConversation,
  outcome: 'no-answer' | 'rejected',
): Parameters<typeof noteOfferEnd>[2] {
  if (!reservation) return { type: 'withdrawn' };
  if (outcome === 'no-answer') return { type: 'ignored' };
  return { type: 'rejected', ...(offer?.refusal !== undefined && { reason: offer.refusal }) };
}
