import { condition, setHandler } from '@temporalio/workflow';
import { liveScenarioQuery, moveConversationUpdate, type LiveScenario } from '../../contracts/actor-messages.ts';
import type { MoveAnswer, MoveOrder } from '../../contracts/scenario-move.ts';
import type { CompiledScenario } from '../../scenario-dsl/compile/compile-scenario.ts';
import { decideMove, isSamePin } from '../../scenario-dsl/move/decide-move.ts';
import { traceMove } from '../../scenario-dsl/move/undo-move.ts';
import { openConversation, runningScenario, type Actor } from './actor.ts';
import { listTimers } from './deadlines.ts';
import { drainInbox } from './drain-inbox.ts';
import { noteEvent } from './history.ts';
import { loadCompiled } from './opening.ts';
import { recordMoved } from './recorded-inputs.ts';
import { applyStep } from './scenario-run.ts';

/** Registers what takes a conversation to another version of its scenario, and what tells where it is in it. */
export function registerMoves(actor: Actor): void {
  setHandler(moveConversationUpdate, (order) => takeOrder(actor, order));
  setHandler(liveScenarioQuery, () => describeLive(actor));
}

function describeLive(actor: Actor): LiveScenario | null {
  const { conversation } = actor.state;
  if (!conversation || conversation.ended) return null;
  const { id: conversationId, context, scenario: state, move: last } = conversation;
  const earlier = last && { from: last.from, blocks: last.blocks, trace: last.trace };
  return { conversationId, scenario: context.scenario, state, timers: listTimers(actor), ...(earlier && { earlier }) };
}

/** Loads the version while the run is kept open, then decides and moves in one breath. */
async function takeOrder(actor: Actor, order: MoveOrder): Promise<MoveAnswer> {
  actor.pending += 1;
  try {
    // Only in the first moments of a run, while the scenario is being loaded.
    if (!actor.scenario) await condition(() => actor.scenario !== undefined);
    const early = answerWithoutMove(actor, order);
    if (early) return early;
    const to = await loadCompiled(actor, order.to);
    drainInbox(actor);
    // What came meanwhile may have ended the conversation, or another order moved it.
    return answerWithoutMove(actor, order) ?? move(actor, order, to);
  } finally {
    actor.pending -= 1;
    actor.isTurnDue = true;
  }
}

/** What there is to say where nothing is to be moved; also to a repeat. */
function answerWithoutMove({ state: { conversation } }: Actor, order: MoveOrder): MoveAnswer | undefined {
  if (conversation?.id !== order.conversationId) return { outcome: 'refused', reason: 'ended' };
  if (conversation.move?.operationId === order.operationId) return conversation.move.answer;
  if (conversation.ended) return { outcome: 'refused', reason: 'ended' };
  const { block, context } = conversation;
  if (context.scenario.name !== order.to.name) return { outcome: 'refused', reason: 'left-out', block };
  return isSamePin(context.scenario, order.to) ? { outcome: 'refused', reason: 'there', block } : undefined;
}

function move(actor: Actor, order: MoveOrder, to: CompiledScenario): MoveAnswer {
  const conversation = openConversation(actor);
  const from = runningScenario(actor);
  const { scenario: state, move: earlier } = conversation;
  const { to: pin, blocks } = order;
  const moved = decideMove({ from, to, pin, blocks, state, earlier, now: Date.now() });
  if (moved.outcome === 'refused') return moved;
  const { block, outcome, step } = moved;
  const before = conversation.context.scenario;
  const answer = { outcome, from: before, block, to: step.block, isOver: step.status === 'done' } as const;
  const trace = traceMove({ from }, state, moved);
  conversation.move = { operationId: order.operationId, answer, from: before, blocks, trace };
  noteMoved(actor, order, answer);
  recordMoved(conversation);
  conversation.context = { ...conversation.context, scenario: pin };
  actor.scenario = to;
  applyStep(actor, step);
  drainInbox(actor);
  return answer;
}

function noteMoved(
  actor: Actor,
  { operationId, by, to: pin }: MoveOrder,
  answer: Exclude<MoveAnswer, { outcome: 'refused' }>,
): void {
  const { from, block, to, outcome: how } = answer;
  const data = { from: from.version, version: pin.version, block, to, how, operationId };
  noteEvent(actor, { type: 'moved', data, actor: { kind: 'operator', name: by } });
}
