import type { AgentStatusView, QueueQuestion, QueueSnapshot, QueueStatistics } from '../../contracts/actor-messages.ts';
import type { RoutableAgent, SeenAgentState } from '../../contracts/routing.ts';
import { countLoad, loadOf, roomFor } from './capacity.ts';
import { listAssignments, type AgentStatus, type DispatcherState } from './dispatcher-state.ts';
import { hasSkills, isLoggedIn, judgeAvailability, type Moment } from './judge-agents.ts';
import { agedPriority, findWaiting, positionOf } from './queue.ts';

/** Assignments that an expected wait is judged by. */
const REMEMBERED_ASSIGNMENTS = 50;
const ASSIGNMENTS_WINDOW_MS = 30 * 60_000;
/** How long a chat takes where none has ended yet. */
const USUAL_CHAT_MS = 5 * 60_000;

/** Remembers that somebody was served, for the expected wait of those who are not. */
export function noteAssignment(state: DispatcherState, now: number): void {
  const recent = (state.assignedAt ?? []).filter((at) => at > now - ASSIGNMENTS_WINDOW_MS);
  state.assignedAt = [...recent, now].slice(-REMEMBERED_ASSIGNMENTS);
}

/**
 * How long the position in the queue is expected to last, in milliseconds: at the pace of the last half hour's assignments, or,
 * without any, as if a chat of each slot took as long as chats here do. The whole queue is looked at as one.
 */
export function expectedWaitMs(state: DispatcherState, position: number, now: number): number {
  const recent = (state.assignedAt ?? []).filter((at) => at > now - ASSIGNMENTS_WINDOW_MS);
  const [first] = recent;
  if (first !== undefined && recent.length > 1) return Math.round((position * (now - first)) / recent.length);
  const slots = Object.values(state.agents)
    .filter(({ username }) => isLoggedIn(state, username))
    .reduce((sum, agent) => sum + agent.slots, 0);
  return Math.round((position * (state.usualChatMs ?? USUAL_CHAT_MS)) / Math.max(1, slots));
}

/** The queue as a conversation that asks for these skills meets it. */
export function describeQueue(
  state: DispatcherState,
  { conversationId, skills, anySkillOf }: QueueQuestion,
  now: number,
): QueueStatistics {
  const wanted = { skills: skills.map((name) => ({ name, minLevel: 1 })), anySkillOf };
  const moment = { loads: countLoad(state), now, service: undefined };
  const loggedIn = Object.values(state.agents).filter(
    (agent) => hasSkills(agent, wanted) && isLoggedIn(state, agent.username),
  );
  const agentsReady = loggedIn.filter((agent) => judgeAvailability(state, agent, moment) === 'free').length;
  const own = findWaiting(state, conversationId);
  const position = own ? positionOf(state, own) : state.waiting.length + 1;
  const oldest = state.waiting.reduce((earliest, { queuedAt }) => Math.min(earliest, queuedAt), now);
  const isNextServed = agentsReady >= position;
  return {
    position,
    waiting: state.waiting.length,
    ewtSeconds: isNextServed ? 0 : Math.ceil(expectedWaitMs(state, position, now) / 1000),
    agentsLoggedIn: loggedIn.length,
    agentsReady,
    oldestWaitingSeconds: Math.round((now - oldest) / 1000),
  };
}

/** The queue and its agents as they stand; `limit` bounds what is listed of those who wait. */
export function describeSnapshot(state: DispatcherState, limit: number, now: number): QueueSnapshot {
  const moment = { loads: countLoad(state), now };
  return {
    group: state.group,
    waitingCount: state.waiting.length,
    ewtMs: isAnybodyFree(state, moment) ? 0 : expectedWaitMs(state, state.waiting.length + 1, now),
    oldestWaitingMs: state.waiting.reduce((oldest, { queuedAt }) => Math.max(oldest, now - queuedAt), 0),
    waiting: state.waiting.slice(0, limit).map((waiting, index) => ({
      conversationId: waiting.conversationId,
      priority: waiting.priority,
      agedPriority: agedPriority(state, waiting, now),
      queuedAt: waiting.queuedAt,
      skills: waiting.skills.map(({ name }) => name),
      ewtMs: expectedWaitMs(state, index + 1, now),
      ...(waiting.service !== undefined && { service: waiting.service }),
    })),
    agents: Object.keys(state.agents).flatMap((username) => {
      const agentStatus = describeAgent(state, username, moment);
      return agentStatus ? [{ username, ...agentStatus }] : [];
    }),
  };
}

function isAnybodyFree(state: DispatcherState, moment: Moment): boolean {
  return Object.values(state.agents).some(
    (agent) => judgeAvailability(state, agent, { ...moment, service: undefined }) === 'free',
  );
}

/** An agent as they stand; null for one who is not of this group or logged out. */
export function describeAgent(state: DispatcherState, username: string, moment: Moment): AgentStatusView | null {
  const [agent, agentStatus] = [state.agents[username], state.agentStatuses[username]];
  if (!agent || !agentStatus || agentStatus.state === 'logged-out') return null;
  const { chats, afterWork, percent } = loadOf(moment.loads, username);
  const { reason = '', since, setBy, next } = agentStatus;
  return {
    state: seenState(state, agent, { agentStatus, moment }),
    reason,
    chats,
    slots: agent.slots,
    afterWork,
    loadPercent: Math.round(percent),
    since,
    expectedWaitMs: expectedWaitForAgent(state, agent, moment),
    ...(setBy !== undefined && { setBy }),
    ...(next && { next }),
  };
}

/** `busy`: ready, and no room for another chat; `after-call-work`: the same for paper work alone. */
function seenState(
  state: DispatcherState,
  agent: RoutableAgent,
  { agentStatus, moment: { loads } }: { agentStatus: AgentStatus; moment: Moment },
): SeenAgentState {
  if (agentStatus.state === 'logged-out') return 'not-ready';
  const isFull = roomFor(state, { agent, loads, service: undefined }) !== 'room';
  if (agentStatus.state !== 'ready' || !isFull) return agentStatus.state;
  return loadOf(loads, agent.username).chats > 0 ? 'busy' : 'after-call-work';
}

/**
 * How long somebody who asks for this very agent is expected to wait: none where there is room, else until the chat that
 * began first has lasted as long as chats here usually do; behind each who asks for the agent already as long again.
 */
function expectedWaitForAgent(state: DispatcherState, agent: RoutableAgent, { loads, now }: Moment): number {
  const { username } = agent;
  const usual = state.usualChatMs ?? USUAL_CHAT_MS;
  const own = state.waiting.filter(({ onlyAgent }) => onlyAgent === username).length;
  if (roomFor(state, { agent, loads, service: undefined }) === 'room' && own === 0) return 0;
  const ends = [
    ...listAssignments(state)
      .filter(({ assignment }) => assignment.agent === username)
      .map(({ assignment }) => (assignment.connectedAt ?? now) + usual),
    ...(state.afterWork ?? []).filter((each) => each.username === username).map(({ until }) => until),
  ];
  const first = Math.max(0, Math.min(now + usual, ...ends) - now);
  return Math.round(first + (own * usual) / agent.slots);
}
