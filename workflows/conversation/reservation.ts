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

type ReleaseReason = Extract<DispatcherMessage, { type: 'release' }>['reason'];

/** Gives the dispatcher back what it holds for one request of this conversation. */
export function release(actor: Actor, requestId: string, reason: ReleaseReason): void {
  actor.toDispatcher.push({ type: 'release', conversationId: openConversation(actor).id, requestId, reason });
}

/** Gives the reserved agent's slot back, where one is reserved. */
export function releaseReservation(actor: Actor, reason: ReleaseReason): void {
  const { reservation } = openConversation(actor);
  if (!reservation) return;
  delete openConversation(actor).reservation;
  release(actor, reservation.requestId, reason);
}

/** Takes an open question back. */
export function cancelRequest(actor: Actor): void {
  const conversation = openConversation(actor);
  const { request } = conversation;
  if (!request) return;
  delete conversation.request;
  delete conversation.queue;
  actor.unrecorded.isViewStale = true;
  release(actor, request.effectId, 'cancelled');
}
