/** What agents choose, what is chosen for them, and what follows by itself. */
import type { AgentStateChange } from '../../contracts/actor-messages.ts';
import type { HistoryActor } from '../../contracts/history-event.ts';
import type { AgentState, NextAgentState } from '../../contracts/routing.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import { countLoad, loadOf } from './capacity.ts';
import type { AgentStatus, DispatcherState } from './dispatcher-state.ts';
import { noteAgentState } from './history.ts';
import { letGoOf } from './let-go.ts';
import type { Consequence } from './take-item.ts';

/** An agent, or a supervisor for them, has chosen a state; one that is older than the last choice changes nothing. */
export function takeAgentState(state: DispatcherState, change: AgentStateChange, now: number): Consequence[] {
  const { username, state: next, reason, at, setBy } = change;
  const by: HistoryActor = { kind: 'agent', name: setBy ?? username };
  const before = state.agentStatuses[username];
  if (before && before.chosenAt > at) return [];
  if (before && isForLater(change, before) && isNextState(next)) {
    const pending: NextAgentState = withoutUndefined({ state: next, reason });
    return putStatus(state, { username, by }, withoutUndefined({ ...before, setBy, chosenAt: at, next: pending }));
  }
  const agentStatus: AgentStatus = withoutUndefined({
    state: next,
    since: now,
    chosenAt: at,
    idleSince: before?.state === next ? before.idleSince : now,
    givenAt: before?.givenAt,
    reason,
    setBy,
    ...(next !== 'logged-out' && lossAfter(before, at, now)),
  });
  const changed = putStatus(state, { username, by }, agentStatus);
  return next === 'logged-out' ? [...changed, ...letGoOf(state, username, { cause: 'UserLogout', now })] : changed;
}

const isForLater = ({ when }: AgentStateChange, before: AgentStatus): boolean =>
  when === 'chats-ended' && before.state !== 'logged-out';

const isNextState = (state: AgentState): state is NextAgentState['state'] =>
  state === 'not-ready' || state === 'logged-out';

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

/** Agents who wanted another state once their chats have ended, and have none any more. */
export function takeNextStates(state: DispatcherState, now: number): Consequence[] {
  const waiting = Object.entries(state.agentStatuses).filter(([, { next }]) => next !== undefined);
  if (waiting.length === 0) return [];
  const loads = countLoad(state);
  return waiting.flatMap(([username, { next, ...kept }]) => {
    const { chats, afterWork } = loadOf(loads, username);
    if (!next || chats + afterWork > 0) return [];
    return follow(state, username, { kept, next, now });
  });
}

/** Breaks that are over by their time: the agent is ready again, or logged out. */
export function takeDueBreaks(state: DispatcherState, now: number): Consequence[] {
  return Object.entries(state.agentStatuses).flatMap(([username, agentStatus]) => {
    const end = breakEndOf(state, agentStatus);
    if (end.at > now) return [];
    const { reason: _reason, ...kept } = agentStatus;
    if (end.state === 'logged-out') {
      return follow(state, username, { kept, next: { state: end.state, reason: 'Break too long' }, now });
    }
    const { setBy: _setBy, ...own } = kept;
    return putStatus(state, { username }, { ...own, state: 'ready', since: now, idleSince: now });
  });
}

/** When the next break is over by its time; Infinity where none is. */
export function nextBreakEndAt(state: DispatcherState): number {
  return Math.min(
    Infinity,
    ...Object.values(state.agentStatuses).map((agentStatus) => breakEndOf(state, agentStatus).at),
  );
}

/** Whoever is lost does not become ready: their grace decides. */
function breakEndOf(
  { settings }: DispatcherState,
  { state, reason, since, goneAt }: AgentStatus,
): { at: number; state: 'ready' | 'logged-out' } {
  const taken = state === 'not-ready' ? settings?.breaks?.find(({ name }) => name === reason) : undefined;
  const { returnAfterMs = Infinity, logOutAfterMs = Infinity } = taken ?? {};
  if (goneAt === undefined && returnAfterMs <= logOutAfterMs) return { at: since + returnAfterMs, state: 'ready' };
  return { at: since + logOutAfterMs, state: 'logged-out' };
}

function follow(
  state: DispatcherState,
  username: string,
  { kept, next, now }: { kept: AgentStatus; next: NextAgentState; now: number },
): Consequence[] {
  const { goneAt, presenceAt, reason: _reason, ...rest } = kept;
  const changed = putStatus(
    state,
    { username },
    {
      ...rest,
      state: next.state,
      since: now,
      ...(next.reason !== undefined && { reason: next.reason }),
      ...(presenceAt !== undefined && { presenceAt }),
      ...(goneAt !== undefined && next.state !== 'logged-out' && { goneAt }),
    },
  );
  if (next.state !== 'logged-out') return changed;
  return [...changed, ...letGoOf(state, username, { cause: 'UserLogout', now })];
}

/** An agent stands so from now on; told as it is at this moment, and noted in their history where it is another state. */
export function putStatus(
  state: DispatcherState,
  { username, by = { kind: 'system' } }: { username: string; by?: HistoryActor },
  agentStatus: AgentStatus,
): Consequence[] {
  noteAgentState(state, { username, by }, { before: state.agentStatuses[username], after: agentStatus });
  state.agentStatuses[username] = agentStatus;
  return [{ type: 'agent-state', username, agentStatus: { ...agentStatus } }];
}
