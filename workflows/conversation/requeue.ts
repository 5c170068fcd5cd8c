import { openConversation, type Actor } from './actor.ts';
import type { AgentSearch, OpenConversation } from './actor-state.ts';
import { noteQueued } from './history.ts';
import { withdrawOffer } from './offer.ts';
import { cancelRequest, rememberTarget, targetOf } from './routing-intents.ts';
import { stepScenario } from './scenario-run.ts';

/** How long a customer whose agent fell silent waits for another one: as long as Find Agent where it says nothing. */
const REQUEUE_MS = 10 * 60_000;

/** Remembers what an agent was found by: what is asked again if they fall silent. One who was asked for by name has no queue. */
export function noteFoundBy(conversation: OpenConversation, request: AgentSearch): void {
  const { skills, priority, minLevel, anySkillOf, onlyAgent, effectId } = request;
  if (onlyAgent === undefined) {
    const target = targetOf(conversation, effectId);
    conversation.foundBy = { skills, priority, minLevel, ...target, ...(anySkillOf && { anySkillOf }) };
  } else delete conversation.foundBy;
}

/**
 * Puts a customer whose chat was taken from its agent back into the queue that the agent was found in, at their old place.
 * The scenario notices nothing until somebody else has taken the chat, or nobody has in time.
 * False: there is no queue to go back to.
 */
export function requeueChat(actor: Actor, effectId: string): boolean {
  const conversation = openConversation(actor);
  if (!conversation.foundBy || !conversation.offerTerms) return false;
  conversation.requeue = { effectId, until: Date.now() + REQUEUE_MS };
  searchAgain(actor);
  return true;
}

/** The offer to the next agent was not taken; the customer waits on. */
export function passOver(actor: Actor, outcome: 'no-answer' | 'rejected'): void {
  withdrawOffer(actor, outcome);
  searchAgain(actor);
}

/** Nobody takes the chat: the scenario goes on as if the customer had not been put back into the queue. */
export function giveUpRequeue(actor: Actor): void {
  const conversation = openConversation(actor);
  const { requeue } = conversation;
  if (!requeue) return;
  delete conversation.requeue;
  if (conversation.offer) withdrawOffer(actor, 'no-answer');
  cancelRequest(actor);
  stepScenario(actor, { type: 'chat.ended', effectId: requeue.effectId, cause: 'AgentSilent' });
}

/** Each search has an id of its own: the slot that an earlier one got was given back under the other. */
function searchAgain(actor: Actor): void {
  const conversation = openConversation(actor);
  const { requeue, foundBy, offerTerms } = conversation;
  if (!requeue || !foundBy || !offerTerms) return;
  const { skills, priority, minLevel, anySkillOf, ...target } = foundBy;
  conversation.requeueCount = (conversation.requeueCount ?? 0) + 1;
  const effectId = `${requeue.effectId}:again-${conversation.requeueCount}`;
  rememberTarget(conversation, effectId, target);
  const criteria = { skills, priority, minLevel, ...(anySkillOf && { anySkillOf }) };
  conversation.request = { effectId, ...criteria, escalations: [], offer: offerTerms };
  noteQueued(actor, conversation.request, true);
}
