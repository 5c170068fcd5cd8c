import type { AgentRequest, DispatcherMessage } from '../../contracts/dispatcher-message.ts';
import type { AgentState, GroupConfiguration } from '../../contracts/routing.ts';
import {
  PRESENCE_GRACE_MS,
  QUEUE_LIMIT,
  QUEUE_LIMIT_BYTES,
  type DispatcherState,
  type Holding,
  type Standing,
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
  | { type: 'agent-lost'; conversationId: string; holding: Holding; cause: 'UserLogout' | 'Failure' }
  | { type: 'lapsed'; conversationId: string; holding: Holding }
  | { type: 'agent-state'; username: string; standing: Standing };

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
  // A reservation that lapsed meanwhile is taken again: the chat is real, the slot count must say so.
  state.holdings[message.conversationId] = {
    agent: message.agent,
    requestId: message.requestId,
    ...(message.until !== undefined && { lapsesAt: message.until }),
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
  const held = state.holdings[conversationId];
  if (!held || !isMeant(held.requestId)) return [];
  delete state.holdings[conversationId];
  const standing = state.standings[held.agent];
  if (!standing) return [];
  standing.idleSince = now;
  if (reason !== 'rejected' && reason !== 'no-answer') return [];
  if (standing.state !== 'ready') return [];
  // Source: Bright Pattern: an agent who ignores or rejects an offer becomes Not Ready and sets Ready by hand.
  standing.state = 'not-ready';
  standing.reason = reason === 'no-answer' ? 'No Answer' : 'Rejected';
  standing.since = now;
  return [{ type: 'agent-state', username: held.agent, standing }];
}

function takeAgentState(state: DispatcherState, { username, state: next, reason, at }: AgentChange): Consequence[] {
  const before = state.standings[username];
  if (before && before.since > at) return [];
  const standing: Standing = {
    state: next,
    since: at,
    idleSince: before?.state === next ? before.idleSince : at,
    ...(reason !== undefined && { reason }),
  };
  state.standings[username] = standing;
  const changed: Consequence = { type: 'agent-state', username, standing };
  return next === 'logged-out' ? [changed, ...letGoOf(state, username, 'UserLogout')] : [changed];
}

function takePresence(state: DispatcherState, { username, presence, at }: PresenceChange): Consequence[] {
  const standing = state.standings[username];
  if (!standing || standing.state === 'logged-out') return [];
  if (presence === 'back') delete standing.goneAt;
  else standing.goneAt ??= at + PRESENCE_GRACE_MS;
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
  return Object.entries(state.holdings)
    .filter(([, holding]) => holding.agent === username)
    .map(([conversationId, holding]) => {
      delete state.holdings[conversationId];
      return { type: 'agent-lost', conversationId, holding, cause };
    });
}

/** What time alone changes: reservations lapse, lost agents are given up. */
export function takeDueDeadlines(state: DispatcherState, now: number): Consequence[] {
  const consequences: Consequence[] = [];
  for (const [conversationId, holding] of Object.entries(state.holdings)) {
    if (holding.lapsesAt === undefined || holding.lapsesAt > now) continue;
    delete state.holdings[conversationId];
    consequences.push({ type: 'lapsed', conversationId, holding });
  }
  for (const [username, standing] of Object.entries(state.standings)) {
    if (standing.goneAt === undefined || standing.goneAt > now) continue;
    const gone: Standing = { state: 'logged-out', reason: 'Connection lost', since: now, idleSince: now };
    state.standings[username] = gone;
    consequences.push({ type: 'agent-state', username, standing: gone }, ...letGoOf(state, username, 'Failure'));
  }
  return consequences;
}

/** The earliest moment at which `takeDueDeadlines` has something to do; Infinity for never. */
export function nextDeadlineAt(state: DispatcherState): number {
  return Math.min(
    Infinity,
    ...Object.values(state.holdings).map((holding) => holding.lapsesAt ?? Infinity),
    ...Object.values(state.standings).map((standing) => standing.goneAt ?? Infinity),
  );
}
