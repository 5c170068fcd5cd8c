import type { AgentStatusView, QueueQuestion, QueueStatistics } from '../messages.ts';
import type { DispatcherState } from './dispatcher-state.ts';
import { countLoad, hasSkills, isFree, isLoggedIn } from './match.ts';

/** Assignments that an expected wait is judged by. */
const REMEMBERED_ASSIGNMENTS = 50;
const ASSIGNMENTS_WINDOW_MS = 30 * 60_000;
/** How long a chat takes where nothing was assigned lately. */
const USUAL_CHAT_MS = 5 * 60_000;

/** Remembers that somebody was served, for the expected wait of those who are not. */
export function noteAssignment(state: DispatcherState, now: number): void {
  const recent = (state.assignedAt ?? []).filter((at) => at > now - ASSIGNMENTS_WINDOW_MS);
  state.assignedAt = [...recent, now].slice(-REMEMBERED_ASSIGNMENTS);
}

/**
 * How long the position in the queue is expected to last, in milliseconds: at the pace of the last half hour's assignments, or,
 * without any, as if a chat of each slot took five minutes. The whole queue is looked at as one.
 */
export function expectedWaitMs(state: DispatcherState, position: number, now: number): number {
  const recent = (state.assignedAt ?? []).filter((at) => at > now - ASSIGNMENTS_WINDOW_MS);
  const [first] = recent;
  if (first !== undefined && recent.length > 1) return Math.round((position * (now - first)) / recent.length);
  const slots = Object.values(state.agents)
    .filter(({ username }) => isLoggedIn(state, username))
    .reduce((sum, agent) => sum + agent.slots, 0);
  return Math.round((position * USUAL_CHAT_MS) / Math.max(1, slots));
}

/** The queue as a conversation that asks for these skills meets it. */
export function describeQueue(
  state: DispatcherState,
  { conversationId, skills, anySkillOf }: QueueQuestion,
  now: number,
): QueueStatistics {
  const wanted = { skills: skills.map((name) => ({ name, minLevel: 1 })), anySkillOf };
  const load = countLoad(state);
  const loggedIn = Object.values(state.agents).filter(
    (agent) => hasSkills(agent, wanted) && isLoggedIn(state, agent.username),
  );
  const agentsReady = loggedIn.filter((agent) => isFree(state, agent, load)).length;
  const own = state.waiting.findIndex((waiting) => waiting.conversationId === conversationId);
  const position = own < 0 ? state.waiting.length + 1 : own + 1;
  const oldest = Math.min(now, ...state.waiting.map(({ queuedAt }) => queuedAt));
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

/** An agent as they stands; null for one who is not of this group or logged out. `busy`: ready, and every slot taken. */
export function describeAgent(state: DispatcherState, username: string): AgentStatusView | null {
  const [agent, agentStatus] = [state.agents[username], state.agentStatuses[username]];
  if (!agent || !agentStatus || agentStatus.state === 'logged-out') return null;
  const chats = countLoad(state).get(username) ?? 0;
  const isBusy = agentStatus.state === 'ready' && chats >= agent.slots;
  return { state: isBusy ? 'busy' : agentStatus.state, reason: agentStatus.reason ?? '', chats, slots: agent.slots };
}
