import type { AfterWorkChange } from '../../contracts/actor-messages.ts';
import type { AfterWorkEnd, AfterWorkRecord } from '../../contracts/routing-decision.ts';
import type { AfterWork, Assignment, DispatcherState } from './dispatcher-state.ts';
import { noteAfterWork } from './history.ts';
import type { Consequence } from './take-item.ts';

/**
 * The agent has been relieved of a chat and has paper work to do; the slot stays taken until it is done, or its time is over.
 * The customer and the scenario wait for none of it.
 */
export function beginAfterWork(
  state: DispatcherState,
  { conversationId, assignment, afterWorkMs, now }: BegunAfterWork,
): Consequence[] {
  const { agent: username, requestId, service, isWrappedUp } = assignment;
  const isThere = (state.agentStatuses[username]?.state ?? 'logged-out') !== 'logged-out';
  if (isWrappedUp || !isThere) return [];
  const until = now + afterWorkMs;
  const begun: AfterWork = {
    conversationId,
    requestId,
    username,
    since: now,
    until,
    ...(service !== undefined && { service }),
  };
  state.afterWork = [...(state.afterWork ?? []), begun];
  return [tell(state, begun)];
}

interface BegunAfterWork {
  conversationId: string;
  assignment: Assignment;
  afterWorkMs: number;
  now: number;
}

/** The agent is done, or needs longer. Who is done before the chat has ended has none to do after it. */
export function takeAfterWork(
  state: DispatcherState,
  { username, conversationId, change }: AfterWorkChange,
  now: number,
): Consequence[] {
  const own = (state.afterWork ?? []).filter(
    (each) => each.username === username && each.conversationId === conversationId,
  );
  if (change.type === 'extend') {
    for (const each of own) each.until += change.moreMs;
    return own.map((each) => tell(state, each, { isExtended: true }));
  }
  const assignment = state.assignments[conversationId]?.find(({ agent }) => agent === username);
  if (assignment) assignment.isWrappedUp = true;
  return endAfterWork(state, (each) => own.includes(each), { by: 'done', now });
}

/** Ends what paper work is over by its time. */
export function takeDueAfterWork(state: DispatcherState, now: number): Consequence[] {
  return endAfterWork(state, ({ until }) => until <= now, { by: 'timeout', now });
}

/** The agent is gone and does no more of it. */
export function dropAfterWork(state: DispatcherState, username: string, now: number): Consequence[] {
  return endAfterWork(state, (each) => each.username === username, { by: 'logged-out', now });
}

/** When the next paper work is over by its time; Infinity where there is none. */
export function nextAfterWorkEndAt({ afterWork = [] }: DispatcherState): number {
  return Math.min(Infinity, ...afterWork.map(({ until }) => until));
}

function endAfterWork(
  state: DispatcherState,
  isOver: (each: AfterWork) => boolean,
  { by, now }: { by: AfterWorkEnd; now: number },
): Consequence[] {
  const over = (state.afterWork ?? []).filter(isOver);
  if (over.length === 0) return [];
  state.afterWork = (state.afterWork ?? []).filter((each) => !over.includes(each));
  for (const { username } of over) {
    const agentStatus = state.agentStatuses[username];
    if (agentStatus) agentStatus.idleSince = now;
  }
  return over.map((each) => tell(state, each, { ended: { at: now, by } }));
}

function tell(
  state: DispatcherState,
  { service: _service, ...afterWork }: AfterWork,
  { ended, isExtended }: { ended?: AfterWorkRecord['ended']; isExtended?: true } = {},
): Consequence {
  const record: AfterWorkRecord = { ...afterWork, ...(ended && { ended }) };
  noteAfterWork(state, record, isExtended);
  return { type: 'after-work', record };
}
