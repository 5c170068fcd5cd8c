import type { AgentStateChange, PresenceChange } from '../../contracts/actor-messages.ts';
import type { RoutingIntent } from '../../contracts/routing-intent.ts';
import type { GroupConfiguration } from '../../contracts/routing.ts';
import {
  listAssignments,
  PRESENCE_GRACE_MS,
  rememberDeparture,
  setAssignments,
  type AgentStatus,
  type Assignment,
  type DispatcherState,
} from './dispatcher-state.ts';
import { takeIntent } from './take-intent.ts';

/** Everything that can arrive in a dispatcher's inbox. */
export type DispatcherItem =
  | { type: 'intent'; intent: RoutingIntent }
  | { type: 'agent-state'; change: AgentStateChange }
  | { type: 'presence'; change: PresenceChange }
  | { type: 'configuration'; configuration: GroupConfiguration }
  /** Of the agents whose grace is over, those whose lease runs on: the news that they are back was lost. */
  | { type: 'presence-checked'; asked: string[]; present: string[] }
  /** All holders of slots were asked about. */
  | { type: 'swept' };

/** What taking an item leads to, beside the changed state. */
export type Consequence =
  | {
      type: 'queue-limit';
      conversationId: string;
      request: { conversationId: string; requestId: string; number: number };
    }
  | { type: 'agent-lost'; conversationId: string; assignment: Assignment; cause: 'UserLogout' | 'Failure' }
  | { type: 'expired'; conversationId: string; assignment: Assignment }
  | { type: 'agent-state'; username: string; agentStatus: AgentStatus };

/** Takes one item into the state; matching comes after the whole inbox. */
export function takeItem(state: DispatcherState, item: DispatcherItem, now: number): Consequence[] {
  switch (item.type) {
    case 'intent':
      return takeIntent(state, item.intent, now);
    case 'agent-state':
      return takeAgentState(state, item.change, now);
    case 'presence':
      return takePresence(state, item.change);
    case 'configuration':
      return takeConfiguration(state, item.configuration);
    case 'presence-checked':
      return takePresenceCheck(state, item, now);
    case 'swept':
      state.sweptAt = now;
      return [];
  }
}

function takeAgentState(state: DispatcherState, change: AgentStateChange, now: number): Consequence[] {
  const { username, state: next, reason, at } = change;
  const before = state.agentStatuses[username];
  if (before && before.chosenAt > at) return [];
  const agentStatus: AgentStatus = {
    state: next,
    since: now,
    chosenAt: at,
    idleSince: before?.state === next ? before.idleSince : now,
    ...(reason !== undefined && { reason }),
    ...(next !== 'logged-out' && lossAfter(before, at, now)),
  };
  state.agentStatuses[username] = agentStatus;
  const changed: Consequence = { type: 'agent-state', username, agentStatus };
  return next === 'logged-out' ? [changed, ...letGoOf(state, username, 'UserLogout')] : [changed];
}

/**
 * Who chooses is there, unless their client was lost after that: news of a choice can come late, and even after they were
 * given up. Then their lease is looked up once more.
 */
function lossAfter(
  before: AgentStatus | undefined,
  chosenAt: number,
  now: number,
): Pick<AgentStatus, 'goneAt' | 'presenceAt'> {
  const { goneAt, presenceAt = 0, state } = before ?? {};
  const isLost = goneAt !== undefined || state === 'logged-out';
  return isLost && presenceAt > chosenAt ? { goneAt: goneAt ?? now, presenceAt } : {};
}

function takePresence(state: DispatcherState, { username, presence, at }: PresenceChange): Consequence[] {
  const agentStatus = state.agentStatuses[username];
  if (!agentStatus || agentStatus.state === 'logged-out' || at < (agentStatus.presenceAt ?? 0)) return [];
  agentStatus.presenceAt = at;
  if (presence === 'back') delete agentStatus.goneAt;
  else agentStatus.goneAt ??= at + PRESENCE_GRACE_MS;
  return [];
}

function takePresenceCheck(
  state: DispatcherState,
  { asked, present }: { asked: string[]; present: string[] },
  now: number,
): Consequence[] {
  return asked.flatMap((username): Consequence[] => {
    const agentStatus = state.agentStatuses[username];
    // Back meanwhile, or lost anew: another check is to come.
    if (agentStatus?.goneAt === undefined || agentStatus.goneAt > now) return [];
    if (present.includes(username)) {
      delete agentStatus.goneAt;
      return [];
    }
    const { chosenAt, presenceAt } = agentStatus;
    const gone: AgentStatus = {
      state: 'logged-out',
      reason: 'Connection lost',
      since: now,
      chosenAt,
      idleSince: now,
      ...(presenceAt !== undefined && { presenceAt }),
    };
    state.agentStatuses[username] = gone;
    return [{ type: 'agent-state', username, agentStatus: gone }, ...letGoOf(state, username, 'Failure')];
  });
}

function takeConfiguration(state: DispatcherState, { revision, agents }: GroupConfiguration): Consequence[] {
  if (revision <= state.revision) return [];
  state.revision = revision;
  const before = state.agents;
  state.agents = Object.fromEntries(agents.map((agent) => [agent.username, agent]));
  // An agent taken out of the group keeps no chat of it; one who comes back later brings their state along.
  return Object.keys(before)
    .filter((username) => !state.agents[username])
    .flatMap((username) => {
      delete state.agentStatuses[username];
      return letGoOf(state, username, 'UserLogout');
    });
}

/** Takes every chat and reservation from an agent who is gone. */
function letGoOf(state: DispatcherState, username: string, cause: 'UserLogout' | 'Failure'): Consequence[] {
  return listAssignments(state)
    .filter(({ assignment }) => assignment.agent === username)
    .map(({ conversationId, assignment }) => {
      takeBack(state, conversationId, assignment);
      return { type: 'agent-lost', conversationId, assignment, cause };
    });
}

function takeBack(state: DispatcherState, conversationId: string, assignment: Assignment): void {
  const kept = (state.assignments[conversationId] ?? []).filter((each) => each !== assignment);
  setAssignments(state, conversationId, kept);
  rememberDeparture(state, conversationId, assignment.number);
}

/** What time alone changes: reservations expire. */
export function takeDueDeadlines(state: DispatcherState, now: number): Consequence[] {
  const consequences: Consequence[] = [];
  for (const { conversationId, assignment } of listAssignments(state)) {
    if (assignment.expiresAt === undefined || assignment.expiresAt > now) continue;
    takeBack(state, conversationId, assignment);
    consequences.push({ type: 'expired', conversationId, assignment });
  }
  return consequences;
}

/** Agents whose grace is over: they are gone unless their lease runs on. */
export function listGone(state: DispatcherState, now: number): string[] {
  return Object.entries(state.agentStatuses).flatMap(([username, { goneAt }]) =>
    goneAt !== undefined && goneAt <= now ? [username] : [],
  );
}

/** The earliest moment at which time alone changes something; Infinity for never. `checked`: agents being looked up. */
export function nextDeadlineAt(state: DispatcherState, checked: ReadonlySet<string> = new Set()): number {
  return Math.min(
    Infinity,
    ...listAssignments(state).map(({ assignment }) => assignment.expiresAt ?? Infinity),
    ...Object.entries(state.agentStatuses).map(([username, { goneAt = Infinity }]) =>
      checked.has(username) ? Infinity : goneAt,
    ),
    state.restating?.until ?? Infinity,
  );
}
