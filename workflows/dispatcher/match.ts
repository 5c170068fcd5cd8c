import type { AgentIdentity } from '../../contracts/conversation.ts';
import type { AgentCriteria } from '../../contracts/routing-intent.ts';
import type { RoutableAgent } from '../../contracts/routing.ts';
import { rememberDeparture, RESERVATION_MS, type DispatcherState, type Waiting } from './dispatcher-state.ts';

/** What became of a waiting conversation in one round of matching. */
export type Match =
  | { outcome: 'reserved'; request: Waiting; agent: AgentIdentity; expiresAt: number; reason: string }
  | { outcome: 'no-agents'; request: Waiting; reason: string };

/**
 * One round over the whole queue: priority first, then age. Gives each conversation the longest idle ready agent with
 * its skills and a free slot, agents who refused it last; sends it away when nobody who has the skills, or those that a later
 * escalation interval asks for, is logged in.
 * Changes the state; the answer says what it did and why.
 */
export function match(state: DispatcherState, now: number): Match[] {
  const matches: Match[] = [];
  const load = countLoad(state);
  // Requests alike in skills share one look: a full queue of one kind is passed over in one go.
  const exhausted = new Set<string>();
  const served = new Set<Waiting>();
  for (const request of state.waiting) {
    const kind = kindOf(request);
    if (exhausted.has(kind)) continue;
    const result = serve(state, { request, load, now });
    if (!result) {
      exhausted.add(kind);
      continue;
    }
    matches.push(result);
    if (result.outcome === 'no-agents') rememberDeparture(state, request.conversationId, request.number);
    served.add(request);
  }
  if (served.size > 0) state.waiting = state.waiting.filter((request) => !served.has(request));
  return matches;
}

/** Kinds of requests, computed once each; rebuilt after a continue-as-new, so it is no part of the state. */
const kinds = new WeakMap<Waiting, string>();

/** Same text for requests that the same agents can take. */
function kindOf(request: Waiting): string {
  const known = kinds.get(request);
  if (known !== undefined) return known;
  const kind = JSON.stringify([
    request.skills,
    request.anySkillOf,
    request.onlyAgent,
    request.excludedAgents,
    request.preferredAgent,
    request.laterCriteria,
  ]);
  kinds.set(request, kind);
  return kind;
}

/** Puts a request where it belongs in a queue that is in order. */
export function enqueue(state: DispatcherState, request: Waiting): void {
  let [from, to] = [0, state.waiting.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const other = state.waiting[middle];
    if (other && byPriorityThenAge(other, request) < 0) from = middle + 1;
    else to = middle;
  }
  state.waiting.splice(from, 0, request);
}

function serve(
  state: DispatcherState,
  { request, load, now }: { request: Waiting; load: Map<string, number>; now: number },
): Match | undefined {
  const skilled = Object.values(state.agents).filter((agent) => hasSkills(agent, request));
  const loggedIn = skilled.filter((agent) => isLoggedIn(state, agent.username));
  if (loggedIn.length === 0) {
    if (isFoundLater(state, request)) return undefined;
    return { outcome: 'no-agents', request, reason: `${skilled.length} agents have the skills, none is logged in` };
  }
  const preferred = loggedIn.filter(({ username }) => isPreferred(request, username));
  const wanted = preferred.length > 0 ? preferred : loggedIn;
  const free = wanted.filter((agent) => isFree(state, agent, load));
  const chosen = free.toSorted((a, b) => compareCandidates(state, request, [a, b]))[0];
  if (!chosen) return undefined;
  load.set(chosen.username, (load.get(chosen.username) ?? 0) + 1);
  const agentStatus = state.agentStatuses[chosen.username];
  const idleMs = agentStatus ? now - agentStatus.idleSince : 0;
  if (agentStatus) agentStatus.idleSince = now;
  const expiresAt = now + RESERVATION_MS;
  const { conversationId, requestId, number } = request;
  const assignment = { agent: chosen.username, requestId, number, expiresAt };
  state.assignments[conversationId] = [...(state.assignments[conversationId] ?? []), assignment];
  return {
    outcome: 'reserved',
    request,
    agent: { username: chosen.username, name: chosen.name },
    expiresAt,
    reason: `${preferred.length > 0 ? 'last agent, idle' : 'longest idle'} (${Math.round(idleMs / 1000)} s) of ${free.length} free, ${loggedIn.length} logged in, ${skilled.length} with the skills`,
  };
}

/** Who last talked with the customer, unless they did not want to this time. */
function isPreferred({ preferredAgent, refusedBy }: Waiting, username: string): boolean {
  return username === preferredAgent && !refusedBy.includes(username);
}

/** Whether somebody is logged in whom a later escalation interval asks for. */
function isFoundLater(
  state: DispatcherState,
  { laterCriteria = [], onlyAgent, excludedAgents = [] }: Waiting,
): boolean {
  const loggedIn = Object.values(state.agents).filter(({ username }) => isLoggedIn(state, username));
  return laterCriteria.some((criteria) =>
    loggedIn.some((agent) =>
      hasSkills(agent, { ...criteria, excludedAgents, ...(onlyAgent !== undefined && { onlyAgent }) }),
    ),
  );
}

function byPriorityThenAge(a: Waiting, b: Waiting): number {
  return b.priority - a.priority || a.queuedAt - b.queuedAt || (a.conversationId < b.conversationId ? -1 : 1);
}

/** Whether an agent can serve what is asked for. */
export function hasSkills(
  agent: RoutableAgent,
  request: AgentCriteria & Pick<Waiting, 'onlyAgent' | 'excludedAgents'>,
): boolean {
  const { skills, anySkillOf, onlyAgent = agent.username, excludedAgents = [] } = request;
  return (
    !excludedAgents.includes(agent.username) &&
    agent.username === onlyAgent &&
    skills.every(({ name, minLevel }) => (agent.skills[name] ?? 0) >= minLevel) &&
    (anySkillOf.length === 0 || anySkillOf.some((name) => (agent.skills[name] ?? 0) > 0))
  );
}

/** Not ready counts as logged in: such an agent may become ready in a moment. */
export function isLoggedIn(state: DispatcherState, username: string): boolean {
  return (state.agentStatuses[username]?.state ?? 'logged-out') !== 'logged-out';
}

/** Whether an agent may be given one chat more. `load`: of `countLoad`. */
export function isFree(state: DispatcherState, agent: RoutableAgent, load: Map<string, number>): boolean {
  const agentStatus = state.agentStatuses[agent.username];
  return (
    agentStatus?.state === 'ready' && agentStatus.goneAt === undefined && (load.get(agent.username) ?? 0) < agent.slots
  );
}

function compareCandidates(state: DispatcherState, request: Waiting, [a, b]: [RoutableAgent, RoutableAgent]): number {
  const refused = Number(request.refusedBy.includes(a.username)) - Number(request.refusedBy.includes(b.username));
  const idle = (state.agentStatuses[a.username]?.idleSince ?? 0) - (state.agentStatuses[b.username]?.idleSince ?? 0);
  return refused || idle || (a.username < b.username ? -1 : 1);
}

/** Chats and reservations by agent. */
export function countLoad(state: DispatcherState): Map<string, number> {
  const load = new Map<string, number>();
  for (const held of Object.values(state.assignments))
    for (const { agent } of held) load.set(agent, (load.get(agent) ?? 0) + 1);
  return load;
}
