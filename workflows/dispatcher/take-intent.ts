import type { HeldSlot, RoutingIntent } from '../../contracts/routing-intent.ts';
import {
  QUEUE_LIMIT,
  QUEUE_LIMIT_BYTES,
  rememberDeparture,
  setAssignments,
  type Assignment,
  type DispatcherState,
  type Waiting,
} from './dispatcher-state.ts';
import { countLoad, enqueue, isFree } from './match.ts';
import type { Consequence } from './take-item.ts';

/**
 * Makes the state agree with what a conversation says it wants and holds. An intent that is not newer than the last of
 * its conversation changes nothing.
 */
export function takeIntent(state: DispatcherState, intent: RoutingIntent, now: number): Consequence[] {
  const { conversationId, number, request } = intent;
  const waitingAt = state.waiting.findIndex((waiting) => waiting.conversationId === conversationId);
  const before = { waiting: state.waiting[waitingAt], assignments: state.assignments[conversationId] ?? [] };
  if (number <= knownNumber(state, conversationId, before)) return [];
  noteRestated(state, conversationId);
  delete state.departed[conversationId];
  if (waitingAt >= 0) state.waiting.splice(waitingAt, 1);
  const consequences = takeHeld(state, { intent, before: before.assignments, now });
  // The answer to this very request is on its way.
  const isAnswered = before.assignments.some(({ requestId }) => requestId === request?.requestId);
  if (request && !isAnswered) {
    const waiting: Waiting = { ...request, conversationId, number };
    const announced = before.waiting?.requestId === request.requestId ? before.waiting.announcedPosition : undefined;
    if (announced !== undefined) waiting.announcedPosition = announced;
    if (isFull(state, waiting)) {
      const refused = { conversationId, requestId: request.requestId, number };
      consequences.push({ type: 'queue-limit', conversationId, request: refused });
      rememberDeparture(state, conversationId, number);
    } else enqueue(state, waiting);
  }
  if (!request && !state.assignments[conversationId]) rememberDeparture(state, conversationId, number);
  return consequences;
}

interface Before {
  waiting: Waiting | undefined;
  assignments: Assignment[];
}

function knownNumber(state: DispatcherState, conversationId: string, { waiting, assignments }: Before): number {
  const numbers = assignments.map((assignment) => assignment.number);
  return Math.max(waiting?.number ?? 0, ...numbers, state.departed[conversationId] ?? 0);
}

function noteRestated({ restating }: DispatcherState, conversationId: string): void {
  if (!restating) return;
  restating.conversationIds = restating.conversationIds.filter((id) => id !== conversationId);
}

/** Keeps, gives back and takes slots, as the intent says; one that answers its request is kept until it is heard of. */
function takeHeld(
  state: DispatcherState,
  { intent, before, now }: { intent: RoutingIntent; before: Assignment[]; now: number },
): Consequence[] {
  const { conversationId, number, request, held } = intent;
  const isStated = ({ requestId }: Assignment): boolean => held.some((slot) => slot.requestId === requestId);
  const answers = before.filter((assignment) => assignment.requestId === request?.requestId && !isStated(assignment));
  for (const answer of answers) answer.number = number;
  setAssignments(state, conversationId, answers);
  const given = before
    .filter((assignment) => !answers.includes(assignment) && !isStated(assignment))
    .flatMap((assignment) => giveBack(state, assignment, { intent, now }));
  const taken = held.flatMap((slot) => {
    const isKnown = before.some(({ requestId }) => requestId === slot.requestId);
    return hold(state, { intent, held: slot, isKnown });
  });
  return [...given, ...taken];
}

function hold(
  state: DispatcherState,
  { intent, held, isKnown }: { intent: RoutingIntent; held: HeldSlot; isKnown: boolean },
): Consequence[] {
  const { conversationId, number } = intent;
  const assignment: Assignment = { ...held, number };
  if (isKnown || canTakeAgain(state, held)) {
    setAssignments(state, conversationId, [...(state.assignments[conversationId] ?? []), assignment]);
    return [];
  }
  rememberDeparture(state, conversationId, number);
  const cause = state.agentStatuses[held.agent]?.state === 'logged-out' ? 'UserLogout' : 'Failure';
  return [{ type: 'agent-lost', conversationId, assignment, cause }];
}

/**
 * A slot that this dispatcher does not know: it expired meanwhile, or the dispatcher began anew. A chat that is connected
 * is real and stands while its agent is there; an offer needs a free slot.
 */
function canTakeAgain(state: DispatcherState, { agent: username, expiresAt }: HeldSlot): boolean {
  const [agent, agentStatus] = [state.agents[username], state.agentStatuses[username]];
  if (!agent || !agentStatus || agentStatus.state === 'logged-out') return false;
  return expiresAt === undefined || isFree(state, agent, countLoad(state));
}

/** The conversation gives a slot back; an agent who did not take an offer becomes Not Ready. */
function giveBack(
  state: DispatcherState,
  { agent: username, requestId }: Assignment,
  { intent, now }: { intent: RoutingIntent; now: number },
): Consequence[] {
  const agentStatus = state.agentStatuses[username];
  if (!agentStatus) return [];
  agentStatus.idleSince = now;
  const reason = intent.releases.findLast((release) => release.requestId === requestId)?.reason;
  if (reason !== 'rejected' && reason !== 'no-answer') return [];
  if (agentStatus.state !== 'ready') return [];
  // Source: Bright Pattern: an agent who ignores or rejects an offer becomes Not Ready and sets Ready by hand.
  agentStatus.state = 'not-ready';
  agentStatus.reason = reason === 'no-answer' ? 'No Answer' : 'Rejected';
  agentStatus.since = now;
  return [{ type: 'agent-state', username, agentStatus }];
}

/** Requests are of much the same size: the newest one tells what the whole queue weighs. */
function isFull({ waiting }: DispatcherState, request: Waiting): boolean {
  return waiting.length >= QUEUE_LIMIT || waiting.length * JSON.stringify(request).length >= QUEUE_LIMIT_BYTES;
}
