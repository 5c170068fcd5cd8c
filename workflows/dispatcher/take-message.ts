import type { AgentRequest, DispatcherMessage } from '../../contracts/dispatcher-message.ts';
import type { AgentState, GroupConfiguration } from '../../contracts/routing.ts';
import {
  PRESENCE_GRACE_MS,
  QUEUE_LIMIT,
  QUEUE_LIMIT_BYTES,
  type DispatcherState,
  type Assignment,
  type AgentStatus,
} from './dispatcher-state.ts';
import { enqueue } from './match.ts';

type AgentChange = { username: string; state: AgentState; reason?: string; at: number };
type PresenceChange = { username: string; presence: 'lost' | 'back'; at: number };

/** Everything that can arrive in a dispatcher's inbox. */
export type DispatcherItem =
  | { type: 'message'; message: DispatcherMessage }
  | { type: 'agent-state'; change: AgentChange }
  | { type: 'presence'; change: PresenceChange }
  | { type: 'configuration'; configuration: GroupConfiguration };

/** What taking an item leads to, beside the changed state. */
export type Consequence =
  | { type: 'queue-limit'; conversationId: string; requestId: string }
  | { type: 'agent-lost'; conversationId: string; assignment: Assignment; cause: 'UserLogout' | 'Failure' }
  | { type: 'expired'; conversationId: string; assignment: Assignment }
  | { type: 'agent-state'; username: string; agentStatus: AgentStatus };

/** Takes one item into the state; matching comes after the whole inbox. */
export function takeItem(state: DispatcherState, item: DispatcherItem, now: number): Consequence[] {
  switch (item.type) {
    case 'message':
      return takeMessage(state, item.message, now);
    case 'agent-state':
      return takeAgentState(state, item.change);
    case 'presence':
      return takePresence(state, item.change);
    case 'configuration':
      return takeConfiguration(state, item.configuration);
  }
}

function takeMessage(state: DispatcherState, message: DispatcherMessage, now: number): Consequence[] {
  const { conversationId } = message;
  if (message.type === 'request') {
    const { type: _type, ...request } = message;
    dequeue(state, conversationId, () => true);
    if (isFull(state, request)) return [{ type: 'queue-limit', conversationId, requestId: request.requestId }];
    enqueue(state, request);
    return [];
  }
  if (message.type === 'confirm') return confirm(state, message);
  return release(state, message, now);
}

/** Takes a conversation's request out of the queue, where it is there and meant. */
function dequeue(state: DispatcherState, conversationId: string, isMeant: (requestId: string) => boolean): void {
  const index = state.waiting.findIndex((waiting) => waiting.conversationId === conversationId);
  const found = state.waiting[index];
  if (found && isMeant(found.requestId)) state.waiting.splice(index, 1);
}

/** Requests are of much the same size: the newest one tells what the whole queue weighs. */
function isFull({ waiting }: DispatcherState, request: AgentRequest): boolean {
  return waiting.length >= QUEUE_LIMIT || waiting.length * JSON.stringify(request).length >= QUEUE_LIMIT_BYTES;
}

function confirm(state: DispatcherState, message: Extract<DispatcherMessage, { type: 'confirm' }>): Consequence[] {
  // A reservation that expired meanwhile is taken again: the chat is real, the slot count must say so.
  state.assignments[message.conversationId] = {
    agent: message.agent,
    requestId: message.requestId,
    ...(message.until !== undefined && { expiresAt: message.until }),
  };
  return [];
}

function release(
  state: DispatcherState,
  { conversationId, requestId, reason }: Extract<DispatcherMessage, { type: 'release' }>,
  now: number,
): Consequence[] {
  const isMeant = (id: string): boolean => requestId === undefined || id === requestId;
  dequeue(state, conversationId, isMeant);
  const held = state.assignments[conversationId];
  if (!held || !isMeant(held.requestId)) return [];
  delete state.assignments[conversationId];
  const agentStatus = state.agentStatuses[held.agent];
  if (!agentStatus) return [];
  agentStatus.idleSince = now;
  if (reason !== 'rejected' && reason !== 'no-answer') return [];
  if (agentStatus.state !== 'ready') return [];
  // Source: Bright Pattern: an agent who ignores or rejects an offer becomes Not Ready and sets Ready by hand.
  agentStatus.state = 'not-ready';
  agentStatus.reason = reason === 'no-answer' ? 'No Answer' : 'Rejected';
  agentStatus.since = now;
  return [{ type: 'agent-state', username: held.agent, agentStatus }];
}

function takeAgentState(state: DispatcherState, { username, state: next, reason, at }: AgentChange): Consequence[] {
  const before = state.agentStatuses[username];
  if (before && before.since > at) return [];
  const agentStatus: AgentStatus = {
    state: next,
    since: at,
    idleSince: before?.state === next ? before.idleSince : at,
    ...(reason !== undefined && { reason }),
  };
  state.agentStatuses[username] = agentStatus;
  const changed: Consequence = { type: 'agent-state', username, agentStatus };
  return next === 'logged-out' ? [changed, ...letGoOf(state, username, 'UserLogout')] : [changed];
}

function takePresence(state: DispatcherState, { username, presence, at }: PresenceChange): Consequence[] {
  const agentStatus = state.agentStatuses[username];
  if (!agentStatus || agentStatus.state === 'logged-out') return [];
  if (presence === 'back') delete agentStatus.goneAt;
  else agentStatus.goneAt ??= at + PRESENCE_GRACE_MS;
  return [];
}

function takeConfiguration(state: DispatcherState, { revision, agents }: GroupConfiguration): Consequence[] {
  if (revision <= state.revision) return [];
  state.revision = revision;
  const before = state.agents;
  state.agents = Object.fromEntries(agents.map((agent) => [agent.username, agent]));
  // An agent taken out of the group keeps no chat of it.
  return Object.keys(before)
    .filter((username) => !state.agents[username])
    .flatMap((username) => letGoOf(state, username, 'UserLogout'));
}

/** Takes every chat and reservation from an agent who is gone. */
function letGoOf(state: DispatcherState, username: string, cause: 'UserLogout' | 'Failure'): Consequence[] {
  return Object.entries(state.assignments)
    .filter(([, assignment]) => assignment.agent === username)
    .map(([conversationId, assignment]) => {
      delete state.assignments[conversationId];
      return { type: 'agent-lost', conversationId, assignment, cause };
    });
}

/** What time alone changes: reservations expire, lost agents are given up. */
export function takeDueDeadlines(state: DispatcherState, now: number): Consequence[] {
  const consequences: Consequence[] = [];
  for (const [conversationId, assignment] of Object.entries(state.assignments)) {
    if (assignment.expiresAt === undefined || assignment.expiresAt > now) continue;
    delete state.assignments[conversationId];
    consequences.push({ type: 'expired', conversationId, assignment });
  }
  for (const [username, agentStatus] of Object.entries(state.agentStatuses)) {
    if (agentStatus.goneAt === undefined || agentStatus.goneAt > now) continue;
    const gone: AgentStatus = { state: 'logged-out', reason: 'Connection lost', since: now, idleSince: now };
    state.agentStatuses[username] = gone;
    consequences.push({ type: 'agent-state', username, agentStatus: gone }, ...letGoOf(state, username, 'Failure'));
  }
  return consequences;
}

/** The earliest moment at which `takeDueDeadlines` has something to do; Infinity for never. */
export function nextDeadlineAt(state: DispatcherState): number {
  return Math.min(
    Infinity,
    ...Object.values(state.assignments).map((assignment) => assignment.expiresAt ?? Infinity),
    ...Object.values(state.agentStatuses).map((agentStatus) => agentStatus.goneAt ?? Infinity),
  );
}
