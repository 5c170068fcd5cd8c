import type { RoutingNotification } from '../../contracts/actor-messages.ts';
import type { DisconnectCause } from '../../contracts/conversation.ts';
import { openConversation, type Actor } from './actor.ts';
import { endAgentSilence, noteAnswerOwed } from './agent-silence.ts';
import { noteChatEnd } from './chat-end.ts';
import { membersOf } from './chat-state.ts';
import { beginSegment, noteOfferEnd } from './history.ts';
import { loseInvited } from './invitation.ts';
import { passOnChat } from './hand-over.ts';
import { disbandChat, loseMember, noteServedBy } from './members.ts';
import { passOver, requeueChat } from './requeue.ts';
import { noteDecided, releaseReservation } from './routing-intents.ts';
import { stepScenario } from './scenario-run.ts';

/** The agent takes the open offer. */
export function acceptOffer(actor: Actor): void {
  const conversation = openConversation(actor);
  const { offer, reservation } = conversation;
  if (!offer) return;
  noteOfferEnd(actor, offer, { type: 'accepted' });
  delete conversation.offer;
  delete conversation.requeue;
  conversation.chat = { agent: offer.agent, effectId: offer.effectId };
  conversation.lastAgent = offer.agent;
  noteServedBy(actor, offer.agent);
  conversation.history.acceptedAt ??= Date.now();
  beginSegment(actor, offer.agent.username);
  noteAnswerOwed(actor, Date.now());
  // From now on the slot is held for good.
  delete reservation?.expiresAt;
  stepScenario(actor, { type: 'offer.accepted', effectId: offer.effectId, agent: offer.agent });
}

/** Who picked the chat from the queue is offered it: they have said that they take it. */
export function takePicked(actor: Actor): void {
  const conversation = openConversation(actor);
  const { offer, pickedBy } = conversation;
  delete conversation.pickedBy;
  if (offer && offer.agent.username === pickedBy) acceptOffer(actor);
}

/** The open offer is not taken. `reason`: in the agent's words. */
export function rejectOffer(actor: Actor, reason?: string): void {
  const { offer, requeue } = openConversation(actor);
  if (!offer) return;
  if (reason !== undefined) offer.refusal = reason;
  if (requeue) return passOver(actor, 'rejected');
  stepScenario(actor, { type: 'offer.rejected', effectId: offer.effectId });
}

/** The agent's side of the chat ends. */
export function endChat(actor: Actor, cause: DisconnectCause): void {
  const conversation = openConversation(actor);
  const { chat } = conversation;
  if (!chat) return;
  leaveAgent(actor, cause);
  stepScenario(actor, { type: 'chat.ended', effectId: chat.effectId, cause });
}

/** The agent has left the customer waiting for too long: another one is looked for, or the scenario goes on, as the entry says. */
export function takeChatFromSilent(actor: Actor): void {
  const { chat, context, refusedBy } = openConversation(actor);
  if (!chat) return;
  if (context.settings.onAgentSilence !== 'queue') return endChat(actor, 'AgentSilent');
  leaveAgent(actor, 'AgentSilent');
  if (!refusedBy.includes(chat.agent.username)) refusedBy.push(chat.agent.username);
  if (!requeueChat(actor, chat.effectId))
    stepScenario(actor, { type: 'chat.ended', effectId: chat.effectId, cause: 'AgentSilent' });
}

/** The chat is over for everybody of ours in it, and the holder's slot goes back; the scenario is not told. */
export function leaveAgent(actor: Actor, cause: DisconnectCause | 'Transferred'): void {
  const conversation = openConversation(actor);
  noteChatEnd(actor, cause);
  endAgentSilence(actor);
  disbandChat(actor);
  delete conversation.chat;
  delete conversation.inactivity;
  // An agent who is silent is not offered the next chat either.
  releaseReservation(actor, cause === 'AgentSilent' ? 'no-answer' : 'ended');
}

/** The agent who holds the chat, the offer or the reservation is gone. */
export function loseAgent(actor: Actor, notification: Extract<RoutingNotification, { type: 'agent-lost' }>): void {
  const { requestId, cause } = notification;
  const conversation = openConversation(actor);
  if (conversation.reservation?.requestId !== requestId) return loseInvitedOrMember(actor, notification);
  delete conversation.reservation;
  noteDecided(conversation, notification);
  if (conversation.chat) leaveChat(actor, cause);
  else if (conversation.offer) rejectOffer(actor);
}

function loseInvitedOrMember(actor: Actor, notification: Extract<RoutingNotification, { type: 'agent-lost' }>): void {
  const conversation = openConversation(actor);
  const member = membersOf(conversation).find(({ slot }) => slot?.requestId === notification.requestId);
  if (member) loseMember(actor, member.agent.username, notification.cause);
  else if (!loseInvited(actor, notification.requestId)) return;
  noteDecided(conversation, notification);
}

/** The holder leaves: the next member holds the chat; without one it is over. */
export function leaveChat(actor: Actor, cause: DisconnectCause): void {
  if (!passOnChat(actor, cause)) endChat(actor, cause);
}
