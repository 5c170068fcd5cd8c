import type { AgentIdentity } from '../../contracts/conversation.ts';
import type { ChosenBy } from '../../contracts/routing-decision.ts';
import type { RoutableAgent } from '../../contracts/routing.ts';
import { addLoad, countLoad, loadOf } from './capacity.ts';
import { rememberDeparture, RESERVATION_MS, type DispatcherState, type Waiting } from './dispatcher-state.ts';
import { hasSkills, isFit, isLoggedIn, isPreferred, judgeAgents, type Moment } from './judge-agents.ts';
import { agedPriority, compareWaiting, dequeue, listKinds } from './queue.ts';

/** What became of a waiting conversation in one round of matching. */
export type Match =
  | { outcome: 'reserved'; request: Waiting; agent: AgentIdentity; expiresAt: number; reason: string; chosen: ChosenBy }
  | { outcome: 'no-agents'; request: Waiting; reason: string };

/** Requests alike, and how many of them were served in this round. */
interface Line {
  alike: Waiting[];
  at: number;
}

/**
 * One round over the whole queue, in its order. Gives each conversation one of the ready agents who have its skills and
 * room for it, as the group chooses; agents who refused it last; sends it away when nobody who has the skills, or those that
 * a later escalation interval asks for, is logged in. Requests alike share one look: what the first cannot have none can.
 * Changes the state; the answer says what it did and why.
 */
export function match(state: DispatcherState, now: number): Match[] {
  const matches: Match[] = [];
  const moment = { loads: countLoad(state), now };
  const lines = listKinds(state)
    .map((alike): Line => ({ alike, at: 0 }))
    .toSorted((a, b) => compareLines(state, a, b));
  for (let line = lines.shift(); line; line = lines.shift()) {
    const request = line.alike[line.at];
    const result = request && serve(state, request, moment);
    if (!result) continue;
    matches.push(result);
    line.at += 1;
    if (line.at < line.alike.length) insertLine(state, lines, line);
  }
  dequeue(state, new Set(matches.map(({ request }) => request)));
  for (const { outcome, request } of matches)
    if (outcome === 'no-agents') rememberDeparture(state, request.conversationId, request.number);
  return matches;
}

function compareLines(state: DispatcherState, a: Line, b: Line): number {
  const [first, second] = [a.alike[a.at], b.alike[b.at]];
  return first && second ? compareWaiting(state, first, second) : 0;
}

function insertLine(state: DispatcherState, lines: Line[], line: Line): void {
  const before = lines.findIndex((other) => compareLines(state, line, other) < 0);
  lines.splice(before < 0 ? lines.length : before, 0, line);
}

function serve(state: DispatcherState, request: Waiting, moment: Moment): Match | undefined {
  const judged = judgeAgents(state, request, moment);
  const skilled = judged.filter(isFit);
  const loggedIn = skilled.filter(({ agent }) => isLoggedIn(state, agent.username));
  if (loggedIn.length === 0) {
    if (isFoundLater(state, request)) return undefined;
    return { outcome: 'no-agents', request, reason: `${skilled.length} agents have the skills, none is logged in` };
  }
  const free = judged.filter(({ verdict }) => verdict === 'free').map(({ agent }) => agent);
  const chosen = choose(state, free, { request, moment });
  if (!chosen) return undefined;
  const why = whyChosen(state, chosen, { request, moment });
  const said = tellWhy(state, chosen, { why, moment });
  const expiresAt = reserve(state, chosen.username, { request, moment });
  return {
    outcome: 'reserved',
    request,
    agent: { username: chosen.username, name: chosen.name },
    expiresAt,
    chosen: { ...why, free: free.length },
    reason: `${said} of ${free.length} free, ${loggedIn.length} logged in, ${skilled.length} with the skills${atPriority(state, request, moment)}`,
  };
}

/** Takes a slot of the agent; gives when it is taken back unless somebody confirms it. */
function reserve(
  state: DispatcherState,
  username: string,
  { request, moment: { loads, now } }: { request: Waiting; moment: Moment },
): number {
  const { conversationId, requestId, number, service } = request;
  addLoad(state, loads, { username, service, kind: 'chats' });
  const agentStatus = state.agentStatuses[username];
  if (agentStatus) Object.assign(agentStatus, { idleSince: now, givenAt: now });
  const expiresAt = now + RESERVATION_MS;
  const assignment = { agent: username, requestId, number, expiresAt, ...(service !== undefined && { service }) };
  state.assignments[conversationId] = [...(state.assignments[conversationId] ?? []), assignment];
  return expiresAt;
}

function whyChosen(
  state: DispatcherState,
  { username }: RoutableAgent,
  { request, moment: { now } }: { request: Waiting; moment: Moment },
): Omit<ChosenBy, 'free'> {
  const idleMs = now - (state.agentStatuses[username]?.idleSince ?? now);
  if (request.onlyAgent === username) return { by: 'asked-for', idleMs };
  if (isPreferred(request, username)) return { by: 'last-agent', idleMs };
  const choice = state.settings?.choice ?? 'longest-idle';
  return { by: choice === 'round-robin' ? 'next-in-turn' : choice, idleMs };
}

/** For operators, in the decision. */
function tellWhy(
  state: DispatcherState,
  { username }: RoutableAgent,
  { why: { by, idleMs }, moment: { loads } }: { why: Omit<ChosenBy, 'free'>; moment: Moment },
): string {
  const idle = `${Math.round(idleMs / 1000)} s`;
  switch (by) {
    case 'asked-for':
      return 'asked for by name,';
    case 'last-agent':
      return `last agent, idle (${idle})`;
    case 'least-loaded':
      return `least loaded (${Math.round(loadOf(loads, username).percent)} %)`;
    case 'next-in-turn':
      return 'next in turn';
    case 'longest-idle':
      return `longest idle (${idle})`;
  }
}

function atPriority(state: DispatcherState, request: Waiting, { now }: Moment): string {
  const aged = agedPriority(state, request, now);
  if (aged === 0) return '';
  const gained = aged - request.priority;
  return `; priority ${aged}${gained > 0 ? `, ${gained} of it by waiting` : ''}`;
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

/** The one who comes first: not who has refused, then as the group chooses. */
function choose(
  state: DispatcherState,
  free: readonly RoutableAgent[],
  { request, moment }: { request: Waiting; moment: Moment },
): RoutableAgent | undefined {
  let best: { agent: RoutableAgent; rank: readonly number[] } | undefined;
  for (const agent of free) {
    const { username } = agent;
    const hasRefused = Number(request.refusedBy.includes(username));
    const rank = [hasRefused, rankOf(state, agent, moment), state.agentStatuses[username]?.idleSince ?? 0];
    if (!best || isBefore({ agent, rank }, best)) best = { agent, rank };
  }
  return best?.agent;
}

function isBefore(
  one: { agent: RoutableAgent; rank: readonly number[] },
  other: { agent: RoutableAgent; rank: readonly number[] },
): boolean {
  const differs = one.rank.findIndex((value, at) => value !== other.rank[at]);
  if (differs < 0) return one.agent.username < other.agent.username;
  return (one.rank[differs] ?? 0) < (other.rank[differs] ?? 0);
}

/** What the group chooses by; the smallest comes first, of equals the one who has been idle longest. */
function rankOf({ settings, agentStatuses }: DispatcherState, { username }: RoutableAgent, { loads }: Moment): number {
  switch (settings?.choice ?? 'longest-idle') {
    case 'longest-idle':
      return 0;
    case 'least-loaded':
      return loadOf(loads, username).percent;
    case 'round-robin':
      return agentStatuses[username]?.givenAt ?? 0;
  }
}
