/**
 * Plays recorded arrivals against other staff, by the code of the dispatcher and a clock of its own: weeks in a second.
 */
import type { Arrival } from '../../contracts/queue-view-schema.ts';
import type { RoutingIntent } from '../../contracts/routing-intent.ts';
import type { GroupSettings, RoutableAgent } from '../../contracts/routing.ts';
import { createDispatcherState, type DispatcherState } from '../../workflows/dispatcher/dispatcher-state.ts';
import { match } from '../../workflows/dispatcher/match.ts';
import { nextDeadlineAt, putConfiguration, takeDueDeadlines, takeItem } from '../../workflows/dispatcher/take-item.ts';

/** Somebody who may work; at all times where they have no shift. Times of day in UTC, `from` before `to`. */
export interface StaffMember extends RoutableAgent {
  from?: string | undefined;
  to?: string | undefined;
}

/** What is played. */
export interface WhatIf {
  /** Oldest first. */
  arrivals: readonly Arrival[];
  staff: readonly StaffMember[];
  settings?: GroupSettings;
  loads?: Record<string, number>;
  /** Of arrivals that do not say how long an agent had the chat. */
  usualHandleMs: number;
  /** After so long whoever is not known to have given up does. */
  patienceMs: number;
  /** Of each chat. */
  afterWorkMs?: number;
}

/** What it came to. Waits are of those who were served. */
export interface WhatIfOutcome {
  arrivals: number;
  served: number;
  abandoned: number;
  turnedAway: number;
  waitP50Ms: number;
  waitP90Ms: number;
  longestWaitMs: number;
  /** Percent of the slots of those who were there that were taken, paper work included. */
  occupancyPercent: number;
}

interface Event {
  at: number;
  happen: (now: number) => void;
}

interface Play {
  readonly whatIf: WhatIf;
  readonly state: DispatcherState;
  readonly events: Event[];
  readonly waits: number[];
  /** Number of the last intent, by arrival. */
  readonly numbers: Map<string, number>;
  abandoned: number;
  turnedAway: number;
}

const DAY_MS = 86_400_000;

/** Plays all of it. */
export function playArrivals(whatIf: WhatIf): WhatIfOutcome {
  const play: Play = {
    whatIf,
    state: createDispatcherState('what-if'),
    events: [],
    waits: [],
    numbers: new Map(),
    abandoned: 0,
    turnedAway: 0,
  };
  const { settings, loads, staff, arrivals } = whatIf;
  putConfiguration(play.state, {
    revision: 1,
    agents: [...staff],
    ...(settings && { settings }),
    ...(loads && { loads }),
  });
  scheduleShifts(play);
  arrivals.forEach((arrival, index) =>
    schedule(play, arrival.queuedAt, (now) => arrive(play, { arrival, index, now })),
  );
  play.events.sort((one, other) => one.at - other.at);
  const taken = run(play);
  return summarize(play, taken);
}

function run(play: Play): { takenMs: number; offeredMs: number } {
  let [takenMs, offeredMs, before] = [0, 0, play.events[0]?.at ?? 0];
  for (let event = play.events.shift(); event; event = play.events.shift()) {
    // Between two events nothing of ours happens, but times may run out.
    let now = before;
    for (now = dueAfter(play.state, now); now < event.at; now = dueAfter(play.state, now)) decide(play, now);
    if (isGoingOn(play, before)) {
      takenMs += countTaken(play.state) * (event.at - before);
      offeredMs += countOffered(play.state) * (event.at - before);
    }
    before = event.at;
    event.happen(event.at);
    decide(play, event.at);
  }
  return { takenMs, offeredMs };
}

/** Whether somebody is to come, waits or is talked with: what follows is nobody's idle time. */
function isGoingOn({ whatIf, state }: Play, now: number): boolean {
  return (whatIf.arrivals.at(-1)?.queuedAt ?? 0) > now || state.waiting.length > 0 || countTaken(state) > 0;
}

function dueAfter(state: DispatcherState, now: number): number {
  return Math.max(now + 1, nextDeadlineAt(state, { now }));
}

function countTaken({ assignments, afterWork = [] }: DispatcherState): number {
  return Object.values(assignments).reduce((sum, held) => sum + held.length, 0) + afterWork.length;
}

function countOffered({ agents, agentStatuses }: DispatcherState): number {
  return Object.values(agents).reduce(
    (sum, { username, slots }) => sum + (agentStatuses[username]?.state === 'ready' ? slots : 0),
    0,
  );
}

function schedule({ events }: Play, at: number, happen: Event['happen']): void {
  let [from, to] = [0, events.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((events[middle]?.at ?? 0) <= at) from = middle + 1;
    else to = middle;
  }
  events.splice(from, 0, { at, happen });
}

/** Everybody begins when the first customer comes, or with their shift of each day. */
function scheduleShifts(play: Play): void {
  const { arrivals, staff } = play.whatIf;
  const first = Math.min(...arrivals.map(({ queuedAt }) => queuedAt));
  const last = Math.max(...arrivals.map(({ queuedAt }) => queuedAt));
  if (arrivals.length === 0) return;
  for (const { username, from, to } of staff) {
    if (from === undefined || to === undefined) {
      schedule(play, first, (now) => choose(play, username, { state: 'ready', now }));
      continue;
    }
    for (let day = Math.floor(first / DAY_MS) * DAY_MS; day <= last; day += DAY_MS) {
      schedule(play, day + timeOfDayMs(from), (now) => choose(play, username, { state: 'ready', now }));
      schedule(play, day + timeOfDayMs(to), (now) => choose(play, username, { state: 'not-ready', now }));
    }
  }
}

function timeOfDayMs(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return (hours * 60 + minutes) * 60_000;
}

function choose(
  { state }: Play,
  username: string,
  { state: next, now }: { state: 'ready' | 'not-ready'; now: number },
): void {
  takeItem(state, { type: 'agent-state', change: { username, state: next, at: now } }, now);
}

function arrive(play: Play, { arrival, index, now }: { arrival: Arrival; index: number; now: number }): void {
  const conversationId = String(index);
  const { queuedAt, priority, service, skills, anySkillOf, patienceMs = play.whatIf.patienceMs } = arrival;
  const told = tell(play, conversationId, {
    now,
    request: {
      requestId: 'find',
      queuedAt,
      priority,
      skills,
      anySkillOf,
      refusedBy: [],
      ...(service !== undefined && { service }),
    },
  });
  if (told.some(({ type }) => type === 'queue-limit')) play.turnedAway += 1;
  else schedule(play, now + patienceMs, (later) => giveUp(play, conversationId, later));
}

function giveUp(play: Play, conversationId: string, now: number): void {
  if (!play.state.waiting.some((waiting) => waiting.conversationId === conversationId)) return;
  play.abandoned += 1;
  tell(play, conversationId, { now });
}

function tell(
  { state, numbers }: Play,
  conversationId: string,
  { now, ...intent }: { now: number } & Partial<RoutingIntent>,
): ReturnType<typeof takeItem> {
  const number = (numbers.get(conversationId) ?? 0) + 1;
  numbers.set(conversationId, number);
  return takeItem(
    state,
    { type: 'intent', intent: { held: [], releases: [], ...intent, conversationId, number } },
    now,
  );
}

function decide(play: Play, now: number): void {
  const { state, waits } = play;
  takeDueDeadlines(state, now);
  for (const matched of match(state, now)) {
    const { conversationId, requestId, queuedAt } = matched.request;
    if (matched.outcome === 'no-agents') {
      play.turnedAway += 1;
      continue;
    }
    waits.push(now - queuedAt);
    const held = [{ requestId, agent: matched.agent.username }];
    tell(play, conversationId, { now, held });
    const { handleMs = play.whatIf.usualHandleMs } = play.whatIf.arrivals[Number(conversationId)] ?? {};
    schedule(play, now + handleMs, (later) => end(play, { conversationId, requestId, now: later }));
  }
}

function end(
  play: Play,
  { conversationId, requestId, now }: { conversationId: string; requestId: string; now: number },
): void {
  const { afterWorkMs } = play.whatIf;
  const release = { requestId, reason: 'ended' as const, ...(afterWorkMs !== undefined && { afterWorkMs }) };
  tell(play, conversationId, { now, releases: [release] });
}

function summarize(
  { whatIf, waits, abandoned, turnedAway }: Play,
  { takenMs, offeredMs }: { takenMs: number; offeredMs: number },
): WhatIfOutcome {
  const sorted = waits.toSorted((one, other) => one - other);
  const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  return {
    arrivals: whatIf.arrivals.length,
    served: waits.length,
    abandoned,
    turnedAway,
    waitP50Ms: at(0.5),
    waitP90Ms: at(0.9),
    longestWaitMs: sorted.at(-1) ?? 0,
    occupancyPercent: offeredMs === 0 ? 0 : Math.round((100 * takenMs) / offeredMs),
  };
}
