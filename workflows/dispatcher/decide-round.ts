import { uuid4 } from '@temporalio/workflow';
import type { AgentStateRecord, RoutingDecision } from '../../contracts/routing-decision.ts';
import { takeNextStates } from './agent-states.ts';
import type { DispatcherState } from './dispatcher-state.ts';
import { match, type Match } from './match.ts';
import { watchReadiness } from './readiness.ts';
import { expectedWaitMs, noteAssignment } from './statistics.ts';
import { toAsked } from './take-intent.ts';
import { takeDueDeadlines, takeItem, type Consequence } from './take-item.ts';

/**
 * One round: everything in the inbox, what is due, one matching. What it decides stands in the state and in its outbox,
 * and is history before anybody hears of it.
 */
export function decideRound(state: DispatcherState, now: number): void {
  const consequences = state.inbox.splice(0).flatMap((item) => takeItem(state, item, now));
  consequences.push(...takeDueDeadlines(state, now));
  consequences.push(...takeNextStates(state, now));
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
  switch (consequence.type) {
    case 'agent-state':
      outbox.agentStates.push(toRecord(consequence));
      return;
    case 'after-work':
      (outbox.afterWork ??= []).push(consequence.record);
      return;
    case 'abandoned': {
      const { conversationId, requestId, asked } = consequence;
      return decide(state, {
        conversationId,
        requestId,
        asked,
        outcome: 'abandoned',
        reason: 'the question was taken back',
      });
    }
    case 'queue-limit': {
      const { conversationId, request, asked } = consequence;
      outbox.notifications.push({ type: 'queue-limit', ...request });
      const reason = `the queue of ${state.waiting.length} is full`;
      return decide(state, { conversationId, requestId: request.requestId, asked, outcome: 'queue-limit', reason });
    }
    case 'expired':
    case 'agent-lost':
    case 'refused':
    case 'released':
      return announceSlot(state, consequence);
  }
}

function toRecord({ username, agentStatus }: Extract<Consequence, { type: 'agent-state' }>): AgentStateRecord {
  const { state, since, chosenAt, reason, setBy, next } = agentStatus;
  return {
    username,
    state,
    since,
    chosenAt,
    ...(reason !== undefined && { reason }),
    ...(setBy !== undefined && { setBy }),
    ...(next && { next }),
  };
}

type SlotConsequence = Extract<Consequence, { type: 'expired' | 'agent-lost' | 'refused' | 'released' }>;

/** What became of a slot that a conversation held. Of what it gave back itself it is told nothing. */
function announceSlot(state: DispatcherState, consequence: SlotConsequence): void {
  const { conversationId, assignment, type } = consequence;
  const { agent, requestId, number } = assignment;
  const about = { conversationId, requestId, agent };
  const to = { conversationId, requestId, number };
  switch (type) {
    case 'expired':
      state.outbox.notifications.push({ ...to, type });
      return decide(state, { ...about, outcome: type, reason: 'nobody confirmed the reservation' });
    case 'agent-lost': {
      const { cause } = consequence;
      state.outbox.notifications.push({ ...to, type, agent, cause });
      return decide(state, { ...about, outcome: type, reason: `the agent is gone: ${cause}` });
    }
    case 'refused': {
      const { reason: outcome, detail } = consequence;
      const said = detail === undefined ? 'the agent refused the offer' : `the agent refused the offer: ${detail}`;
      return decide(state, {
        ...about,
        outcome,
        reason: outcome === 'rejected' ? said : 'the agent let the offer pass',
      });
    }
    case 'released': {
      const { heldMs } = consequence;
      const reason = `the chat ended for the agent after ${Math.round(heldMs / 1000)} s`;
      return decide(state, { ...about, outcome: type, heldMs, reason });
    }
  }
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
    requestId,
    outcome: matched.outcome,
    reason: matched.reason,
    asked: toAsked(matched.request),
    ...(matched.outcome === 'reserved' && { agent: matched.agent.username, chosen: matched.chosen }),
  });
}

function decide(state: DispatcherState, decision: Omit<RoutingDecision, 'id' | 'group' | 'at'>): void {
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
