import type { AgentCriteria, AgentRequest, ReleaseReason, RoutingIntent } from '../../contracts/routing-intent.ts';
import { openConversation, type Actor } from './actor.ts';
import type { AgentSearch, OpenConversation, SearchTarget } from './actor-state.ts';

/** Where a request went. */
export function targetOf(
  { context, foreignTargets = [] }: OpenConversation,
  requestId: string | undefined,
): SearchTarget {
  const foreign = foreignTargets.findLast((each) => each.requestId === requestId);
  if (foreign) {
    const { requestId: _requestId, ...target } = foreign;
    return target;
  }
  const { group, service, serviceTerms: { afterWorkMs } = {} } = context;
  return { group, ...(service !== undefined && { service }), ...(afterWorkMs !== undefined && { afterWorkMs }) };
}

/** The group that a request went to. */
function groupOf(conversation: OpenConversation, requestId: string | undefined): string {
  return targetOf(conversation, requestId).group;
}

const REMEMBERED_TARGETS = 10;

/** Remembers where a request went, so that what follows from it goes there, too. */
export function rememberTarget(conversation: OpenConversation, requestId: string, target: SearchTarget): void {
  const { group, service } = conversation.context;
  if (target.group === group && target.service === service) return;
  const before = conversation.foreignTargets ?? [];
  conversation.foreignTargets = [...before, { requestId, ...target }].slice(-REMEMBERED_TARGETS);
}

/** An intent and the group whose dispatcher is to hear it. */
export interface AddressedIntent {
  group: string;
  intent: RoutingIntent;
}

/** Slots given back that an intent still names. */
const STATED_RELEASES = 5;
/** Differs from everything that can be stated: the dispatcher has to hear it anew. */
const UNKNOWN = '?';

/**
 * What the dispatchers have to hear: of each group whose dispatcher does not know it, all that the conversation wants of
 * it and holds there. Counts as stated from now on; whoever takes it delivers it.
 */
export function takeIntents(conversation: OpenConversation): AddressedIntent[] {
  const { routing } = conversation;
  const wanted = wantedByGroup(conversation);
  return [...new Set([...Object.keys(routing.stated), ...wanted.keys()])].flatMap((group) => {
    const content = wanted.get(group);
    if ((routing.stated[group] ?? '') === writeContent(content)) return [];
    state(conversation, group, content);
    const { id: conversationId } = conversation;
    const number = routing.nextNumber++;
    return [{ group, intent: { conversationId, number, held: [], ...content, releases: [...routing.releases] } }];
  });
}

/** Whether `takeIntents` would give something. */
export function hasIntents(conversation: OpenConversation): boolean {
  const { stated } = conversation.routing;
  const wanted = wantedByGroup(conversation);
  const groups = [...new Set([...Object.keys(stated), ...wanted.keys()])];
  return groups.some((group) => (stated[group] ?? '') !== writeContent(wanted.get(group)));
}

/**
 * The dispatcher has decided something of which the conversation's state has taken note: it knows what follows. Unless a
 * newer intent than the one it decided on was stated: then it hears once more how things stand.
 */
export function noteDecided(
  conversation: OpenConversation,
  { requestId, number }: { requestId: string; number: number },
): void {
  const group = groupOf(conversation, requestId);
  if (number === conversation.routing.nextNumber - 1)
    state(conversation, group, wantedByGroup(conversation).get(group));
  else conversation.routing.stated[group] = UNKNOWN;
}

/** The dispatcher of this request is to hear how things stand, whatever it was told. */
export function restate(conversation: OpenConversation, requestId: string): void {
  conversation.routing.stated[groupOf(conversation, requestId)] = UNKNOWN;
}

/** Every dispatcher that knows of this conversation is to hear how things stand. */
export function restateAll(conversation: OpenConversation): void {
  const { stated } = conversation.routing;
  for (const group of [conversation.context.group, ...Object.keys(stated)]) stated[group] = UNKNOWN;
}

type IntentContent = Pick<RoutingIntent, 'request' | 'held'>;

function wantedByGroup(conversation: OpenConversation): Map<string, IntentContent> {
  const wanted = new Map<string, IntentContent>();
  for (const { agent, requestId, expiresAt } of listSlots(conversation)) {
    const { group, service } = targetOf(conversation, requestId);
    const slot = {
      requestId,
      agent: agent.username,
      ...(expiresAt !== undefined && { expiresAt }),
      ...(service !== undefined && { service }),
    };
    wanted.set(group, { held: [...(wanted.get(group)?.held ?? []), slot] });
  }
  const { request } = conversation;
  if (request && !request.isTargetPending) {
    const group = groupOf(conversation, request.effectId);
    wanted.set(group, { held: [], ...wanted.get(group), request: toAgentRequest(conversation, request) });
  }
  return wanted;
}

/** The slots that the conversation holds. */
function listSlots({ reservation }: OpenConversation): NonNullable<OpenConversation['reservation']>[] {
  return reservation ? [reservation] : [];
}

function writeContent(content: IntentContent | undefined): string {
  return content ? JSON.stringify(content) : '';
}

/** A group that is wanted nothing of is forgotten. */
function state({ routing }: OpenConversation, group: string, content: IntentContent | undefined): void {
  if (content) routing.stated[group] = writeContent(content);
  else delete routing.stated[group];
}

function toAgentRequest(conversation: OpenConversation, request: AgentSearch): AgentRequest {
  const { service } = targetOf(conversation, request.effectId);
  const widensAt = widensAtOf(request);
  return {
    requestId: request.effectId,
    ...(service !== undefined && { service }),
    ...(widensAt !== undefined && { widensAt }),
    ...criteriaOf(conversation, request),
    ...(request.escalations.length > 0 && { laterCriteria: laxestToCome(conversation, request) }),
    ...(request.onlyAgent !== undefined && { onlyAgent: request.onlyAgent }),
    ...(request.preferred && { preferredAgent: request.preferred.username }),
    priority: request.priority,
    queuedAt: conversation.queuedAt ?? conversation.startedAt,
    refusedBy: conversation.refusedBy,
  };
}

/** When less will do, or others are asked. */
function widensAtOf({ escalations, preferred, overflows, narrowed }: AgentSearch): number | undefined {
  const times = [escalations[0]?.at, preferred?.until, overflows?.[0]?.at, narrowed?.until];
  const known = times.filter((at) => at !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
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

/**
 * Gives the reserved agent's slot back, where one is reserved. An agent whose connected chat has ended has time for its paper
 * work; nothing here waits for it. `detail`: why, in the agent's words.
 */
export function releaseReservation(actor: Actor, reason: ReleaseReason, detail?: string): void {
  const conversation = openConversation(actor);
  const { reservation, routing } = conversation;
  if (!reservation) return;
  delete conversation.reservation;
  const { requestId, expiresAt } = reservation;
  const { afterWorkMs } = targetOf(conversation, requestId);
  const isChatOver = reason === 'ended' && expiresAt === undefined;
  const release = {
    requestId,
    reason,
    ...(detail !== undefined && { detail }),
    ...(isChatOver && afterWorkMs !== undefined && { afterWorkMs }),
  };
  routing.releases = [...routing.releases, release].slice(-STATED_RELEASES);
}

/** Takes an open question back. */
export function cancelRequest(actor: Actor): void {
  const conversation = openConversation(actor);
  delete conversation.request;
  delete conversation.queue;
  delete conversation.pickedBy;
}
