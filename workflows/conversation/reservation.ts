import type { AgentCriteria, DispatcherMessage } from '../../contracts/dispatcher-message.ts';
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
    ...criteriaOf(conversation, request),
    ...(request.escalations.length > 0 && { laterCriteria: laxestToCome(conversation, request) }),
    ...(request.onlyAgent !== undefined && { onlyAgent: request.onlyAgent }),
    priority: request.priority,
    queuedAt: conversation.queuedAt ?? conversation.startedAt,
    refusedBy: conversation.refusedBy,
  };
}

function criteriaOf(
  { context }: OpenConversation,
  { skills, minLevel, anySkillOf = context.serviceSkills }: Pick<AgentSearch, 'skills' | 'minLevel' | 'anySkillOf'>,
): AgentCriteria {
  return {
    skills: skills.map((name) => ({ name, minLevel: Math.max(1, minLevel) })),
    anySkillOf: skills.length === 0 ? anySkillOf : [],
  };
}

/**
 * Intervals only widen the circle, so the last is the laxest; one that drops the last skill asks for the service's instead,
 * which is another circle: the last that names a skill stands beside it.
 */
function laxestToCome(conversation: OpenConversation, request: AgentSearch): AgentCriteria[] {
  const toCome = request.escalations.map((escalation) =>
    criteriaOf(conversation, {
      ...request,
      skills: escalation.skills ?? request.skills,
      minLevel: escalation.minLevel,
    }),
  );
  const laxest = [
    toCome.findLast(({ skills }) => skills.length > 0),
    toCome.findLast(({ skills }) => skills.length === 0),
  ];
  return laxest.filter((criteria) => criteria !== undefined);
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
  release(actor, request.effectId, 'cancelled');
}
