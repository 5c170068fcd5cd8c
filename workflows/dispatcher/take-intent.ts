import type { HeldSlot, RoutingIntent } from '../../contracts/routing-intent.ts';
import {
  QUEUE_LIMIT,
  QUEUE_LIMIT_BYTES,
  rememberDeparture,
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
  const { conversationId, number, request, held } = intent;
  const waitingAt = state.waiting.findIndex((waiting) => waiting.conversationId === conversationId);
  const before = { waiting: state.waiting[waitingAt], assignment: state.assignments[conversationId] };
  if (number <= knownNumber(state, conversationId, before)) return [];
  noteRestated(state, conversationId);
  delete state.departed[conversationId];
  if (waitingAt >= 0) state.waiting.splice(waitingAt, 1);
  const consequences = takeHeld(state, { intent, before: before.assignment, now });
  // The answer to this very request is on its way.
  const isAnswered = state.assignments[conversationId] !== undefined && held === undefined;
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
  assignment: Assignment | undefined;
}

function knownNumber(state: DispatcherState, conversationId: string, { waiting, assignment }: Before): number {
  return Math.max(waiting?.number ?? 0, assignment?.number ?? 0, state.departed[conversationId] ?? 0);
}

function noteRestated({ restating }: DispatcherState, conversationId: string): void {
  if (!restating) return;
  restating.conversationIds = restating.conversationIds.filter((id) => id !== conversationId);
}

/** Keeps, gives back or takes the slot, as the intent says. */
function takeHeld(
  state: DispatcherState,
  { intent, before, now }: { intent: RoutingIntent; before: Assignment | undefined; now: number },
): Consequence[] {
  const { conversationId, number, request, held } = intent;
  if (before && !held && request?.requestId === before.requestId) {
    before.number = number;
    return [];
  }
  delete state.assignments[conversationId];
  const isSame = before !== undefined && before.requestId === held?.requestId;
  const given = before && !isSame ? giveBack(state, before, { intent, now }) : [];
  return held ? [...given, ...hold(state, { intent, held, isKnown: isSame })] : given;
}

function hold(
  state: DispatcherState,
  { intent, held, isKnown }: { intent: RoutingIntent; held: HeldSlot; isKnown: boolean },
): Consequence[] {
  const { conversationId, number } = intent;
  const assignment: Assignment = { ...held, number };
  if (isKnown || canTakeAgain(state, held)) {
    state.assignments[conversationId] = assignment;
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
