import type { AfterWorkChange, AgentStateChange, PresenceChange } from '../../contracts/actor-messages.ts';
import type { AfterWorkRecord, AskedFor } from '../../contracts/routing-decision.ts';
import type { RoutingIntent } from '../../contracts/routing-intent.ts';
import type { GroupConfiguration } from '../../contracts/routing.ts';
import { nextAfterWorkEndAt, takeAfterWork, takeDueAfterWork } from './after-work.ts';
import { nextBreakEndAt, putStatus, takeAgentState, takeDueBreaks } from './agent-states.ts';
import {
  listAssignments,
  PRESENCE_GRACE_MS,
  type AgentStatus,
  type Assignment,
  type DispatcherState,
} from './dispatcher-state.ts';
import { noteCapacities, noteRemoval } from './history.ts';
import { nextRampUpEndAt } from './judge-agents.ts';
import { letGoOf, takeBack } from './let-go.ts';
import { takeIntent } from './take-intent.ts';

/** Everything that can arrive in a dispatcher's inbox. */
export type DispatcherItem =
  | { type: 'intent'; intent: RoutingIntent }
  | { type: 'agent-state'; change: AgentStateChange }
  | { type: 'presence'; change: PresenceChange }
  | { type: 'after-work'; change: AfterWorkChange }
  | { type: 'configuration'; configuration: GroupConfiguration }
  /** Of the agents whose grace is over, those whose lease runs on: the news that they are back was lost. */
  | { type: 'presence-checked'; asked: string[]; present: string[]; asOf?: Record<string, number> }
  /** All holders of slots were asked about. */
  | { type: 'swept' };

/** What taking an item leads to, beside the changed state. */
export type Consequence =
  | {
      type: 'queue-limit';
      conversationId: string;
      request: { conversationId: string; requestId: string; number: number };
      asked: AskedFor;
    }
  | { type: 'agent-lost'; conversationId: string; assignment: Assignment; cause: 'UserLogout' | 'Failure' }
  | { type: 'expired'; conversationId: string; assignment: Assignment }
  /** An agent did not take an offer. `detail`: why, in their words. */
  | {
      type: 'refused';
      conversationId: string;
      assignment: Assignment;
      reason: 'rejected' | 'no-answer';
      detail?: string;
    }
  /** A connected agent was relieved of the chat. */
  | { type: 'released'; conversationId: string; assignment: Assignment; heldMs: number }
  /** A question was taken back before it was answered. */
  | { type: 'abandoned'; conversationId: string; requestId: string; asked: AskedFor }
  | { type: 'after-work'; record: AfterWorkRecord }
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
    case 'after-work':
      return takeAfterWork(state, item.change, now);
    case 'configuration':
      return takeConfiguration(state, item.configuration, now);
    case 'presence-checked':
      return takePresenceCheck(state, item, now);
    case 'swept':
      state.sweptAt = now;
      return [];
  }
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
  { asked, present, asOf }: { asked: string[]; present: string[]; asOf?: Record<string, number> },
  now: number,
): Consequence[] {
  return asked.flatMap((username): Consequence[] => {
    const agentStatus = state.agentStatuses[username];
    // Back meanwhile, or lost anew: another check is to come.
    if (agentStatus?.goneAt === undefined || agentStatus.goneAt > now) return [];
    // What was seen before they were lost anew says nothing of this loss.
    if (asOf && asOf[username] !== (agentStatus.presenceAt ?? 0)) return [];
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
    return [...putStatus(state, { username }, gone), ...letGoOf(state, username, { cause: 'Failure', now })];
  });
}

function takeConfiguration(state: DispatcherState, configuration: GroupConfiguration, now: number): Consequence[] {
  if (configuration.revision <= state.revision) return [];
  const before = state.agents;
  putConfiguration(state, configuration);
  noteCapacities(state, before);
  // An agent taken out of the group keeps no chat of it; one who comes back later brings their state along.
  return Object.keys(before)
    .filter((username) => !state.agents[username])
    .flatMap((username) => {
      noteRemoval(state, username, now);
      delete state.agentStatuses[username];
      return letGoOf(state, username, { cause: 'UserLogout', now });
    });
}

/** The group is to be run so from now on. */
export function putConfiguration(
  state: DispatcherState,
  { revision, agents, settings, loads }: GroupConfiguration,
): void {
  state.revision = revision;
  state.agents = Object.fromEntries(agents.map((agent) => [agent.username, agent]));
  if (settings) state.settings = settings;
  else delete state.settings;
  if (loads) state.loads = loads;
  else delete state.loads;
}

/** What time alone changes: reservations expire, breaks and paper work end. */
export function takeDueDeadlines(state: DispatcherState, now: number): Consequence[] {
  const consequences: Consequence[] = [...takeDueAfterWork(state, now), ...takeDueBreaks(state, now)];
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
export function nextDeadlineAt(
  state: DispatcherState,
  { checked = new Set(), now = -Infinity }: { checked?: ReadonlySet<string>; now?: number } = {},
): number {
  return Math.min(
    nextAfterWorkEndAt(state),
    nextBreakEndAt(state),
    nextRampUpEndAt(state, now),
    ...listAssignments(state).map(({ assignment }) => assignment.expiresAt ?? Infinity),
    ...Object.entries(state.agentStatuses).map(([username, { goneAt = Infinity }]) =>
      checked.has(username) ? Infinity : goneAt,
    ),
    state.restating?.until ?? Infinity,
  );
}
