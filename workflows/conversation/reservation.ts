import type { DispatcherMessage } from '../../contracts/dispatcher-message.ts';
import { openConversation, type Actor } from './actor.ts';
import type { OpenConversation } from './actor-state.ts';

/** The conversation's request as the dispatcher takes it. */
export function requestMessage(conversation: OpenConversation): DispatcherMessage {
  const { request } = conversation;
  if (!request) throw new Error('The conversation asks for nobody');
  return {
    type: 'request',
    conversationId: conversation.id,
    requestId: request.effectId,
    skills: request.skills.map((name) => ({ name, minLevel: Math.max(1, request.minLevel) })),
    anySkillOf: request.skills.length === 0 ? conversation.context.serviceSkills : [],
    priority: request.priority,
    queuedAt: conversation.queuedAt ?? conversation.startedAt,
    refusedBy: conversation.refusedBy,
  };
}

/** Gives the dispatcher back what it holds for this conversation. */
export function giveBack(actor: Actor, reason: 'cancelled' | 'ended' | 'rejected' | 'no-answer'): void {
  const conversation = openConversation(actor);
  delete conversation.reserved;
  actor.toDispatcher.push({ type: 'release', conversationId: conversation.id, reason });
}
