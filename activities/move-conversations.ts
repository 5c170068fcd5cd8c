import { heartbeat } from '@temporalio/activity';
import type { RunningConversation } from '../adapters/mongo/scenario-moves-repository.ts';
import { AppError } from '../contracts/app-error.ts';
import type { MoveAnswer, MoveRecord, MoveStart, ScenarioPin } from '../contracts/scenario-move.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { findScenario } from './load-scenario.ts';
import { pinStartedScenarios } from './pin-started-scenarios.ts';

/** Conversations asked in one activity, and at the same time. */
const BATCH = 50;
const AT_ONCE = 8;

/** The next conversations of an operation: behind an id (none: from the first), or those that were busy. */
export interface MoveBatch {
  start: MoveStart;
  /** Where all go; each back to its own version where absent. */
  pin?: ScenarioPin;
  from: { after?: string } | { ids: string[] };
}

/** Who was busy. `next`: the id behind which it goes on; absent where there are no more. */
export interface MovedBatch {
  busy: string[];
  next?: string;
}

type Ordered = { conversation: RunningConversation; to: ScenarioPin };

/**
 * Asks conversations to go to another version, each once: what one has said is kept, and an attempt that is repeated after a crash asks
 * only the others. A conversation answers a repeat as before.
 */
export function createMoveConversations(deps: ActivityDependencies): (batch: MoveBatch) => Promise<MovedBatch> {
  return async function moveConversations(batch) {
    const { operationId, ordered, next } = await findOrdered(deps, batch);
    const known = await deps.readModel.scenarioMoves.findMoved(
      operationId,
      ordered.map(({ conversation }) => conversation.conversationId),
    );
    const isKnown = new Set(known.flatMap((one) => (isBusy(one.answer) ? [] : [one.conversationId])));
    const rest = ordered.filter(({ conversation }) => !isKnown.has(conversation.conversationId));
    const result: MovedBatch = { busy: [], ...(next !== undefined && { next }) };
    for (let at = 0; at < rest.length; at += AT_ONCE) {
      heartbeat();
      await Promise.all(rest.slice(at, at + AT_ONCE).map((one) => moveOne(deps, { batch, one, result })));
    }
    return result;
  };
}

async function moveOne(
  deps: ActivityDependencies,
  { batch, one: { conversation, to }, result }: { batch: MoveBatch; one: Ordered; result: MovedBatch },
): Promise<void> {
  const { id: operationId, blocks, by } = batch.start;
  const { conversationId, workflowId } = conversation;
  const answer = await ask(deps, workflowId, { operationId, conversationId, by, to, blocks });
  await deps.readModel.scenarioMoves.recordMoved({ operationId, conversationId, at: deps.now(), answer });
  if (isBusy(answer)) result.busy.push(conversationId);
}

async function ask(
  { actors, logger }: ActivityDependencies,
  workflowId: string,
  order: Omit<Parameters<ActivityDependencies['actors']['moveConversation']>[1], 'clientId'>,
): Promise<MoveAnswer> {
  const clientId = `${order.operationId}:${order.conversationId}:${crypto.randomUUID()}`;
  try {
    return await actors.moveConversation(workflowId, { ...order, clientId });
  } catch (error) {
    if (error instanceof AppError && error.code === 'CONVERSATION_ENDED')
      return { outcome: 'refused', reason: 'ended' };
    // It could not answer in this moment; it is asked again.
    logger.warn({ err: error, conversationId: order.conversationId }, 'a conversation could not be moved');
    return { outcome: 'refused', reason: 'busy' };
  }
}

function isBusy(answer: MoveAnswer): boolean {
  return answer.outcome === 'refused' && answer.reason === 'busy';
}

/** Whom the batch is about, and where each goes. */
async function findOrdered(
  { readModel: { scenarioMoves } }: ActivityDependencies,
  { start, pin, from }: MoveBatch,
): Promise<{ operationId: string; ordered: Ordered[]; next?: string }> {
  const { id: operationId, to, scenario, exceptEntries } = start;
  if ('ids' in from) {
    const ordered = await toOrdered(scenarioMoves, { start, pin, ids: from.ids });
    return { operationId, ordered };
  }
  const page = { ...(from.after !== undefined && { after: from.after }), limit: BATCH };
  if ('undo' in to) {
    const moved = await scenarioMoves.listMoved(to.undo, { ...page, isMovedOnly: true });
    const ids = moved.map(({ conversationId }) => conversationId);
    const last = ids.length === BATCH ? ids.at(-1) : undefined;
    const ordered = await toOrdered(scenarioMoves, { start, pin, ids });
    return { operationId, ordered, ...(last !== undefined && { next: last }) };
  }
  const found = await scenarioMoves.listRunning({ scenario, exceptEntries, exceptVersion: to.version, ...page });
  const last = found.length === BATCH ? found.at(-1)?.conversationId : undefined;
  const ordered = pin ? found.map((conversation) => ({ conversation, to: pin })) : [];
  return { operationId, ordered, ...(last !== undefined && { next: last }) };
}

async function toOrdered(
  scenarioMoves: ActivityDependencies['readModel']['scenarioMoves'],
  { start, pin, ids }: { start: MoveStart; pin: ScenarioPin | undefined; ids: readonly string[] },
): Promise<Ordered[]> {
  const conversations = await scenarioMoves.findRunning(ids);
  if (pin) return conversations.map((conversation) => ({ conversation, to: pin }));
  const before = 'undo' in start.to ? await scenarioMoves.findMoved(start.to.undo, ids) : [];
  const pins = new Map(
    before.flatMap(({ conversationId, answer }) =>
      answer.outcome === 'refused' ? [] : [[conversationId, answer.from] as const],
    ),
  );
  return conversations.flatMap((conversation) => {
    const to = pins.get(conversation.conversationId);
    return to ? [{ conversation, to }] : [];
  });
}

/** Whether what the operation waits for is in force, and where its conversations go then. */
export function createPrepareMove(
  deps: ActivityDependencies,
): (start: MoveStart) => Promise<{ isInForce: boolean; pin?: ScenarioPin }> {
  return async function prepareMove({ scenario, to, awaits }) {
    // Whom the operation before is just moving would be missed: it ends first.
    if ('undo' in to) {
      const undone = await deps.readModel.scenarioMoves.find(to.undo);
      return { isInForce: undone?.endedAt !== undefined };
    }
    const configuration = await deps.configuration.get();
    const head = configuration.scenarioHead(scenario);
    if (awaits !== undefined && (head?.version !== to.version || (head.number ?? 1) < awaits))
      return { isInForce: false };
    const { document } = await findScenario(deps, to.version);
    const { versions } = await pinStartedScenarios(deps, configuration, document);
    const isAlone = Object.keys(versions).length === 0;
    return { isInForce: true, pin: { name: scenario, version: to.version, ...(!isAlone && { scenarios: versions }) } };
  };
}

/** Writes down how the operation stands: what was counted is what was answered, however often a batch was tried. */
export function createRecordMove({
  readModel: { scenarioMoves },
}: ActivityDependencies): (move: Omit<MoveRecord, 'counts' | 'busy'>) => Promise<void> {
  return async function recordMove(move) {
    const counts = await scenarioMoves.countMoved(move.id);
    const { busy = 0, ...settled } = counts;
    const isOver = move.endedAt !== undefined;
    await scenarioMoves.record({ ...move, counts: isOver ? counts : settled, busy: isOver ? 0 : busy });
  };
}
