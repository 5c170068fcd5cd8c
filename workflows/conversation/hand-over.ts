import type { AgentIdentity, DisconnectCause } from '../../contracts/conversation.ts';
import { openConversation, type Actor } from './actor.ts';
import { noteAnswerOwed } from './agent-silence.ts';
import { noteChatEnd } from './chat-end.ts';
import { membersOf, type Slot } from './chat-state.ts';
import { beginSegment, noteEvent, SYSTEM } from './history.ts';
import { noteServedBy, removeMember } from './members.ts';
import { releaseReservation } from './routing-intents.ts';
import { stepScenario } from './scenario-run.ts';

/**
 * Somebody holds the chat from now on; whoever held it has left it. The scenario learns of it as of an agent who takes over:
 * `$(agent)` is who talks now.
 */
export function handChatTo(actor: Actor, agent: AgentIdentity, slot: Slot | undefined): void {
  const conversation = openConversation(actor);
  const { chat } = conversation;
  if (!chat) return;
  releaseReservation(actor, 'ended');
  if (slot) conversation.reservation = { agent: slot.agent, requestId: slot.requestId };
  const { username } = agent;
  noteEvent(actor, { type: 'transferred', data: { from: chat.agent.username, to: username }, actor: SYSTEM });
  const { snooze: _snooze, ...rest } = chat;
  conversation.chat = { ...rest, agent };
  beginSegment(actor, username);
  conversation.lastAgent = agent;
  noteServedBy(actor, agent);
  if (conversation.agentSilence) {
    // The time of whoever held it is not theirs.
    delete conversation.agentSilence;
    noteAnswerOwed(actor, Date.now());
  }
  stepScenario(actor, { type: 'offer.accepted', effectId: chat.effectId, agent });
}

/** The holder leaves: the member who came first holds the chat. False: there is nobody. */
export function passOnChat(actor: Actor, cause: DisconnectCause): boolean {
  const next = membersOf(openConversation(actor)).find(({ role }) => role === 'member');
  if (!next) return false;
  noteChatEnd(actor, cause);
  removeMember(actor, next.agent.username);
  handChatTo(actor, next.agent, next.slot);
  return true;
}
