import type { AgentVerdict } from '../../contracts/actor-messages.ts';
import type { AgentCriteria } from '../../contracts/routing-intent.ts';
import type { RoutableAgent } from '../../contracts/routing.ts';
import { loadOf, roomFor, type Loads } from './capacity.ts';
import type { DispatcherState, Waiting } from './dispatcher-state.ts';

/** An agent, and what stands in the way of a request. */
export interface JudgedAgent {
  agent: RoutableAgent;
  verdict: AgentVerdict;
}

/** How things stand at the moment of a decision. `loads`: of `countLoad`. */
export interface Moment {
  loads: Loads;
  now: number;
}

/** What is asked for, as far as it decides who may take it. */
type Question = Pick<
  Waiting,
  'skills' | 'anySkillOf' | 'onlyAgent' | 'excludedAgents' | 'preferredAgent' | 'refusedBy' | 'service'
>;

/** Never changes while the request stands: who is meant. */
const UNFIT: ReadonlySet<AgentVerdict> = new Set(['lacks-skills', 'not-asked-for', 'in-the-chat']);

/** Says of every agent of the group whether they may take a request now. What matches and what explains both ask this. */
export function judgeAgents(state: DispatcherState, request: Question, moment: Moment): JudgedAgent[] {
  const judged = Object.values(state.agents).map((agent): JudgedAgent => ({
    agent,
    verdict: findUnfitness(agent, request) ?? judgeAvailability(state, agent, { ...moment, service: request.service }),
  }));
  const isPreferredThere = judged.some(
    (each) => isPreferred(request, each.agent.username) && isFit(each) && each.verdict !== 'logged-out',
  );
  if (!isPreferredThere) return judged;
  return judged.map((each) =>
    each.verdict === 'free' && !isPreferred(request, each.agent.username)
      ? { ...each, verdict: 'last-agent-first' }
      : each,
  );
}

/** Whether it is an agent whom the request means, whatever they are doing. */
export function isFit({ verdict }: JudgedAgent): boolean {
  return !UNFIT.has(verdict);
}

/** Who last talked with the customer, unless they did not want to this time. */
export function isPreferred({ preferredAgent, refusedBy }: Question, username: string): boolean {
  return username === preferredAgent && !refusedBy.includes(username);
}

/** Whether an agent can serve what is asked for. */
export function hasSkills(
  agent: RoutableAgent,
  request: AgentCriteria & Pick<Waiting, 'onlyAgent' | 'excludedAgents'>,
): boolean {
  return findUnfitness(agent, request) === undefined;
}

function findUnfitness(
  agent: RoutableAgent,
  request: AgentCriteria & Pick<Waiting, 'onlyAgent' | 'excludedAgents'>,
): AgentVerdict | undefined {
  const { skills, anySkillOf, onlyAgent, excludedAgents } = request;
  if (excludedAgents?.includes(agent.username)) return 'in-the-chat';
  if (onlyAgent !== undefined && agent.username !== onlyAgent) return 'not-asked-for';
  const hasAll = skills.every(({ name, minLevel }) => (agent.skills[name] ?? 0) >= minLevel);
  const hasOne = anySkillOf.length === 0 || anySkillOf.some((name) => (agent.skills[name] ?? 0) > 0);
  return hasAll && hasOne ? undefined : 'lacks-skills';
}

/** Not ready counts as logged in: such an agent may become ready in a moment. */
export function isLoggedIn(state: DispatcherState, username: string): boolean {
  return (state.agentStatuses[username]?.state ?? 'logged-out') !== 'logged-out';
}

/** Whether an agent may be given one chat of a service more, or why not. */
export function judgeAvailability(
  state: DispatcherState,
  agent: RoutableAgent,
  { loads, now, service }: Moment & { service: string | undefined },
): AgentVerdict {
  const agentStatus = state.agentStatuses[agent.username];
  if (!agentStatus || agentStatus.state === 'logged-out') return 'logged-out';
  if (agentStatus.state !== 'ready') return agentStatus.state;
  if (agentStatus.goneAt !== undefined) return 'connection-lost';
  if (agentStatus.next) return 'finishing';
  const room = roomFor(state, { agent, loads, service });
  if (room !== 'room') return room;
  const isLeftAlone = loadOf(loads, agent.username).chats > 0 && rampUpEndsAt(state, agent.username) > now;
  return isLeftAlone ? 'ramping-up' : 'free';
}

/** Until when an agent who has a chat is given no other; in the past where they may be. */
function rampUpEndsAt({ settings, agentStatuses }: DispatcherState, username: string): number {
  return (agentStatuses[username]?.givenAt ?? -Infinity) + (settings?.rampUpMs ?? 0);
}

/** When the next agent who is left alone may be given another chat; Infinity where nobody waits or none is. */
export function nextRampUpEndAt(state: DispatcherState, now: number): number {
  if (state.settings?.rampUpMs === undefined || state.waiting.length === 0) return Infinity;
  const ends = Object.keys(state.agents).map((username) => rampUpEndsAt(state, username));
  return Math.min(Infinity, ...ends.filter((at) => at > now));
}
