import type { DispatcherMessage } from '../../contracts/dispatcher-message.ts';
import { openConversation, type Actor } from './actor.ts';
import type { AgentSearch, OpenConversation } from './actor-state.ts';

/** Has a message leave for the dispatcher of the group that its request went to. */
export function tell(actor: Actor, message: DispatcherMessage): void {
  actor.toDispatcher.push({ group: groupOf(openConversation(actor), message.requestId), message });
}

/** The group that a request went to. */
function groupOf({ context, foreignGroups = [] }: OpenConversation, requestId: string | undefined): string {
  return foreignGroups.findLast((foreign) => foreign.requestId === requestId)?.group ?? context.group;
}

const REMEMBERED_GROUPS = 10;

/** Remembers where a request went, so that what follows from it goes there, too. */
export function rememberGroup(conversation: OpenConversation, requestId: string, group: string): void {
  if (group === conversation.context.group) return;
  const before = conversation.foreignGroups ?? [];
  conversation.foreignGroups = [...before, { requestId, group }].slice(-REMEMBERED_GROUPS);
}

/** The conversation's request as the dispatcher takes it. */
export function requestMessage(conversation: OpenConversation): DispatcherMessage {
  const { request } = conversation;
  if (!request) throw new Error('The conversation asks for nobody');
  return {
    type: 'request',
    conversationId: conversation.id,
    requestId: request.effectId,
    skills: request.skills.map((name) => ({ name, minLevel: Math.max(1, request.minLevel) })),
    anySkillOf: anySkillOf(conversation, request),
    ...(request.onlyAgent !== undefined && { onlyAgent: request.onlyAgent }),
    priority: request.priority,
    queuedAt: conversation.queuedAt ?? conversation.startedAt,
    refusedBy: conversation.refusedBy,
  };
}

function anySkillOf({ context }: OpenConversation, { skills, anySkillOf: ofQueue }: AgentSearch): string[] {
  return skills.length === 0 ? (ofQueue ?? context.serviceSkills) : [];
}

type ReleaseReason = Extract<DispatcherMessage, { type: 'release' }>['reason'];

/** Gives the dispatcher back what it holds for one request of this conversation. */
export function release(actor: Actor, requestId: string, reason: ReleaseReason): void {
  tell(actor, { type: 'release', conversationId: openConversation(actor).id, requestId, reason });
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
