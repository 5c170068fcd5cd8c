import { uuid4 } from '@temporalio/workflow';
import type { RoutingDecision } from '../../contracts/routing-decision.ts';
import type { DispatcherState } from './dispatcher-state.ts';
import { match, type Match } from './match.ts';
import { watchReadiness } from './readiness.ts';
import { expectedWaitMs, noteAssignment } from './statistics.ts';
import { takeDueDeadlines, takeItem, type Consequence } from './take-item.ts';

/**
 * One round: everything in the inbox, what is due, one matching. What it decides stands in the state and in its outbox,
 * and is history before anybody hears of it.
 */
export function decideRound(state: DispatcherState, now: number): void {
  const consequences = state.inbox.splice(0).flatMap((item) => takeItem(state, item, now));
  consequences.push(...takeDueDeadlines(state, now));
  for (const consequence of consequences) announce(state, consequence);
  if (isRestating(state, now)) return;
  for (const matched of match(state, now)) {
    if (matched.outcome === 'reserved') noteAssignment(state, now);
    announceMatch(state, matched);
  }
  tellPositions(state, now);
  watchReadiness(state, now);
}

/** Whether a dispatcher that began anew still waits to hear who holds its slots. */
function isRestating(state: DispatcherState, now: number): boolean {
  if (!state.restating) return false;
  if (state.restating.conversationIds.length > 0 && now < state.restating.until) return true;
  delete state.restating;
  return false;
}

function announce(state: DispatcherState, consequence: Consequence): void {
  const { outbox } = state;
  if (consequence.type === 'agent-state') {
    const { agentStatus, username } = consequence;
    const { state: agentState, since, chosenAt, reason } = agentStatus;
    outbox.agentStates.push({
      username,
      state: agentState,
      since,
      chosenAt,
      ...(reason !== undefined && { reason }),
    });
    return;
  }
  const { conversationId, type } = consequence;
  if (consequence.type === 'queue-limit') {
    outbox.notifications.push({ type: 'queue-limit', ...consequence.request });
    decide(state, { conversationId, outcome: type, reason: `the queue of ${state.waiting.length} is full` });
    return;
  }
  const { agent, requestId, number } = consequence.assignment;
  const to = { conversationId, requestId, number };
  if (consequence.type === 'expired') outbox.notifications.push({ ...to, type: 'expired' });
  else outbox.notifications.push({ ...to, type: 'agent-lost', agent, cause: consequence.cause });
  decide(state, {
    conversationId,
    outcome: type,
    agent,
    reason:
      consequence.type === 'expired' ? 'nobody confirmed the reservation' : `the agent is gone: ${consequence.cause}`,
  });
}

function announceMatch(state: DispatcherState, matched: Match): void {
  const { conversationId, requestId, number } = matched.request;
  const to = { conversationId, requestId, number };
  state.outbox.notifications.push(
    matched.outcome === 'reserved'
      ? { type: 'reserved', ...to, agent: matched.agent, expiresAt: matched.expiresAt }
      : { type: 'no-agents', ...to },
  );
  decide(state, {
    conversationId,
    outcome: matched.outcome,
    reason: matched.reason,
    ...(matched.outcome === 'reserved' && { agent: matched.agent.username }),
  });
}

function decide(
  state: DispatcherState,
  decision: Pick<RoutingDecision, 'conversationId' | 'outcome' | 'agent' | 'reason'>,
): void {
  state.outbox.decisions.push({ ...decision, id: uuid4(), group: state.group, at: Date.now() });
}

/** Tells a conversation its position on entering the queue and whenever it has halved; more would be noise. */
function tellPositions(state: DispatcherState, now: number): void {
  state.waiting.forEach((waiting, index) => {
    const position = index + 1;
    if (waiting.announcedPosition !== undefined && position > waiting.announcedPosition / 2) return;
    waiting.announcedPosition = position;
    const { conversationId, requestId, number } = waiting;
    state.outbox.notifications.push({
      type: 'position',
      conversationId,
      requestId,
      number,
      position,
      waiting: state.waiting.length,
      ewtMs: expectedWaitMs(state, position, now),
    });
  });
}
