import type { AgentEvent, AgentEventData, AgentEventType, HistoryActor } from '../../contracts/history-event.ts';
import type { AfterWorkEnd, AfterWorkRecord } from '../../contracts/routing-decision.ts';
import type { AgentState, RoutableAgent } from '../../contracts/routing.ts';
import type { AgentStatus, DispatcherState } from './dispatcher-state.ts';

interface NewAgentEvent<Type extends AgentEventType> {
  /** What makes it this one among the agent's events: a repeated write changes nothing. */
  key: string;
  username: string;
  type: Type;
  data: AgentEventData[Type];
  actor: HistoryActor;
}

/** Adds an event to the history of an agent: told with what else was decided, from the outbox. */
function noteAgentEvent<Type extends AgentEventType>(
  { outbox, group }: DispatcherState,
  { key, ...event }: NewAgentEvent<Type>,
): void {
  outbox.agentEvents.push({ id: `${event.username}:${key}`, group, at: Date.now(), ...event } as AgentEvent);
}

/**
 * Notes that an agent's state is another one, or has another reason; `by`: who set it. Nothing where it is the same. A dispatcher
 * that has just begun knows the choice already that it is told of: that is the news of it all the same.
 */
export function noteAgentState(
  state: DispatcherState,
  { username, by }: { username: string; by: HistoryActor },
  { before, after }: { before: AgentStatus | undefined; after: AgentStatus },
): void {
  const isChoice = by.kind === 'agent';
  const known = isChoice && before?.chosenAt === after.chosenAt ? undefined : before;
  if ((known?.state ?? 'logged-out') === after.state && known?.reason === after.reason) return;
  const key = isChoice ? `${after.chosenAt}` : `${after.chosenAt}:${after.since}`;
  noteAgentEvent(state, { username, actor: by, key, ...describeChange(known?.state ?? 'logged-out', after) });
}

function describeChange(
  before: AgentState,
  { state, reason }: AgentStatus,
): Pick<NewAgentEvent<'logged-in' | 'logged-out' | 'state-changed'>, 'type' | 'data'> {
  const why = reason === undefined ? {} : { reason };
  if (state === 'logged-out') return { type: 'logged-out', data: why };
  if (before === 'logged-out') return { type: 'logged-in', data: { state, ...why } };
  return { type: 'state-changed', data: { state, before, ...why } };
}

/** An agent, as the one who chose. */
const byAgent = (username: string): HistoryActor => ({ kind: 'agent', name: username });

/** Notes that an agent whom the configuration does not know any more is logged out. */
export function noteRemoval(state: DispatcherState, username: string, now: number): void {
  const before = state.agentStatuses[username];
  if (!before) return;
  const after: AgentStatus = { ...before, state: 'logged-out', reason: 'Removed from the group', since: now };
  noteAgentState(state, { username, by: { kind: 'operator' } }, { before, after });
}

/** Notes paper work after a chat: begun, given more time, or over. */
export function noteAfterWork(
  state: DispatcherState,
  { username, conversationId, requestId, until, ended }: AfterWorkRecord,
  isExtended = false,
): void {
  const about = { username, conversationId, requestId };
  if (ended) return noteAfterWorkEnd(state, about, ended.by);
  const type = isExtended ? 'after-work-extended' : 'after-work-begun';
  const actor: HistoryActor = isExtended ? byAgent(username) : { kind: 'system' };
  const key = `${type}:${requestId}${isExtended ? `:${until}` : ''}`;
  noteAgentEvent(state, { key, username, type, data: { conversationId, until }, actor });
}

function noteAfterWorkEnd(
  state: DispatcherState,
  { username, conversationId, requestId }: Pick<AfterWorkRecord, 'username' | 'conversationId' | 'requestId'>,
  by: AfterWorkEnd,
): void {
  noteAgentEvent(state, {
    key: `after-work-ended:${requestId}`,
    username,
    type: 'after-work-ended',
    data: { conversationId, by },
    actor: by === 'done' ? byAgent(username) : { kind: 'system' },
  });
}

/** Notes whose slots are other ones than before; those of a new agent are told with their first log-in. */
export function noteCapacities(state: DispatcherState, before: Readonly<Record<string, RoutableAgent>>): void {
  for (const { username, slots } of Object.values(state.agents)) {
    const known = before[username];
    if (known && known.slots !== slots)
      noteAgentEvent(state, {
        key: `slots:${state.revision}`,
        username,
        type: 'capacity-changed',
        data: { slots },
        actor: { kind: 'operator' },
      });
  }
}
