import type { AgentRequest, HeldSlot, RoutingIntent } from '../../contracts/routing-intent.ts';
import type { AskedFor } from '../../contracts/routing-decision.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import { beginAfterWork } from './after-work.ts';
import { putStatus } from './agent-states.ts';
import { countLoad } from './capacity.ts';
import {
  QUEUE_LIMIT,
  QUEUE_LIMIT_BYTES,
  rememberDeparture,
  setAssignments,
  type Assignment,
  type DispatcherState,
  type Waiting,
} from './dispatcher-state.ts';
import { judgeAvailability } from './judge-agents.ts';
import { dequeue, enqueue, findWaiting } from './queue.ts';
import type { Consequence } from './take-item.ts';

/**
 * Makes the state agree with what a conversation says it wants and holds. An intent that is not newer than the last of
 * its conversation changes nothing.
 */
export function takeIntent(state: DispatcherState, intent: RoutingIntent, now: number): Consequence[] {
  const { conversationId, number, request } = intent;
  const before = {
    waiting: findWaiting(state, conversationId),
    assignments: state.assignments[conversationId] ?? [],
  };
  if (number <= knownNumber(state, conversationId, before)) return [];
  noteRestated(state, conversationId);
  delete state.departed[conversationId];
  if (before.waiting) dequeue(state, new Set([before.waiting]));
  const consequences = takeHeld(state, { intent, before: before.assignments, now });
  // The answer to this very request is on its way.
  const isAnswered = before.assignments.some(({ requestId }) => requestId === request?.requestId);
  if (request && !isAnswered) consequences.push(...queue(state, { conversationId, number, request }, before.waiting));
  if (!request && !state.assignments[conversationId]) rememberDeparture(state, conversationId, number);
  if (before.waiting && before.waiting.requestId !== request?.requestId)
    consequences.push(abandon(conversationId, before.waiting));
  return consequences;
}

/** The conversation waits, where there is room; of the same request asked anew it is known what it was told. */
function queue(
  state: DispatcherState,
  { conversationId, number, request }: Required<Pick<RoutingIntent, 'conversationId' | 'number' | 'request'>>,
  before: Waiting | undefined,
): Consequence[] {
  const waiting: Waiting = { ...request, conversationId, number };
  const announced = before?.requestId === request.requestId ? before.announcedPosition : undefined;
  if (announced !== undefined) waiting.announcedPosition = announced;
  if (!isFull(state, waiting)) {
    enqueue(state, waiting);
    return [];
  }
  rememberDeparture(state, conversationId, number);
  const refused = { conversationId, requestId: request.requestId, number };
  return [{ type: 'queue-limit', conversationId, request: refused, asked: toAsked(request) }];
}

/** What was asked for, as a decision tells it. */
export function toAsked({ queuedAt, priority, service, skills, anySkillOf }: AgentRequest): AskedFor {
  return { queuedAt, priority, skills, anySkillOf, ...(service !== undefined && { service }) };
}

function abandon(conversationId: string, waiting: Waiting): Consequence {
  return { type: 'abandoned', conversationId, requestId: waiting.requestId, asked: toAsked(waiting) };
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
    const known = before.find(({ requestId }) => requestId === slot.requestId);
    return hold(state, { intent, held: slot, known, now });
  });
  return [...given, ...taken];
}

function hold(
  state: DispatcherState,
  { intent, held, known, now }: { intent: RoutingIntent; held: HeldSlot; known: Assignment | undefined; now: number },
): Consequence[] {
  const { conversationId, number } = intent;
  const assignment: Assignment = withoutUndefined({
    ...held,
    number,
    service: held.service ?? known?.service,
    isWrappedUp: known?.isWrappedUp,
    connectedAt: held.expiresAt === undefined ? (known?.connectedAt ?? now) : undefined,
  });
  if (known || canTakeAgain(state, held, now)) {
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
function canTakeAgain(state: DispatcherState, { agent: username, expiresAt, service }: HeldSlot, now: number): boolean {
  const [agent, agentStatus] = [state.agents[username], state.agentStatuses[username]];
  if (!agent || !agentStatus || agentStatus.state === 'logged-out') return false;
  if (expiresAt === undefined) return true;
  const verdict = judgeAvailability(state, agent, { loads: countLoad(state), now, service });
  return verdict === 'free' || verdict === 'ramping-up';
}

/** The conversation gives a slot back; an agent who did not take an offer becomes Not Ready. */
function giveBack(
  state: DispatcherState,
  assignment: Assignment,
  { intent, now }: { intent: RoutingIntent; now: number },
): Consequence[] {
  const { agent: username, requestId } = assignment;
  const { conversationId } = intent;
  const agentStatus = state.agentStatuses[username];
  if (!agentStatus) return [];
  agentStatus.idleSince = now;
  const release = intent.releases.findLast((each) => each.requestId === requestId);
  const { reason, detail, afterWorkMs } = release ?? {};
  const after = noteChatOver(state, { conversationId, assignment, now });
  if (afterWorkMs !== undefined)
    return [...after, ...beginAfterWork(state, { conversationId, assignment, afterWorkMs, now })];
  if (reason !== 'rejected' && reason !== 'no-answer') return after;
  const said = { ...(detail !== undefined && { detail }) };
  const refused: Consequence = { type: 'refused', conversationId, assignment, reason, ...said };
  if (agentStatus.state !== 'ready') return [...after, refused];
  // Source: Bright Pattern: an agent who ignores or rejects an offer becomes Not Ready and sets Ready by hand.
  const word = reason === 'no-answer' ? 'No Answer' : 'Rejected';
  return [
    ...after,
    refused,
    ...putStatus(state, { username }, { ...agentStatus, state: 'not-ready', reason: word, since: now }),
  ];
}

/** How much a chat weighs on what the next is expected to take. */
const NEWEST_CHAT_WEIGHT = 0.1;

/** A connected chat has ended for its agent. */
function noteChatOver(
  state: DispatcherState,
  { conversationId, assignment, now }: { conversationId: string; assignment: Assignment; now: number },
): Consequence[] {
  if (assignment.connectedAt === undefined) return [];
  const heldMs = now - assignment.connectedAt;
  const usual = state.usualChatMs ?? heldMs;
  state.usualChatMs = Math.round(usual + (heldMs - usual) * NEWEST_CHAT_WEIGHT);
  return [{ type: 'released', conversationId, assignment, heldMs }];
}

/** Requests are of much the same size: the newest one tells what the whole queue weighs. */
function isFull({ waiting, settings }: DispatcherState, request: Waiting): boolean {
  const limit = Math.min(QUEUE_LIMIT, settings?.queueLimit ?? QUEUE_LIMIT);
  return waiting.length >= limit || waiting.length * JSON.stringify(request).length >= QUEUE_LIMIT_BYTES;
}
