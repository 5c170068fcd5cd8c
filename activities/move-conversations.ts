import { heartbeat } from '@temporalio/activity';
import type { RunningConversation } from '../adapters/mongo/scenario-moves-repository.ts';
import { AppError } from '../contracts/app-error.ts';
import type { MoveAnswer, MovedConversation, MoveRecord, MoveStart, ScenarioPin } from '../contracts/scenario-move.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { findScenario } from './load-scenario.ts';
import { pinStartedScenarios } from './pin-started-scenarios.ts';

/** Conversations asked in one activity, and at the same time. */
const BATCH = 50;
const AT_ONCE = 8;

/** Conversations of an operation. */
export interface MoveBatch {
  start: MoveStart;
  /** Where all go; each back to its own version where absent. */
  pin?: ScenarioPin;
  ids: readonly string[];
}

type Ordered = { conversation: RunningConversation; to: ScenarioPin };

/**
 * The next conversations of an operation, behind an id (none: from the first). `next`: the id behind which it goes on; absent where there
 * are no more. Whom an operation asks is history before any of them is asked: one who was moved in an attempt that died is found nowhere by
 * their version, and would be missing from what was counted and from the undo.
 */
export function createFindMoveBatch({
  readModel: { scenarioMoves },
}: ActivityDependencies): (of: { start: MoveStart; after?: string }) => Promise<{ ids: string[]; next?: string }> {
  return async function findMoveBatch({ start: { to, scenario, exceptEntries }, after }) {
    const page = { ...(after !== undefined && { after }), limit: BATCH };
    const found = await ('undo' in to
      ? scenarioMoves.listMoved(to.undo, { ...page, isMovedOnly: true })
      : scenarioMoves.listRunning({ scenario, exceptEntries, exceptVersion: to.version, ...page }));
    const ids = found.map(({ conversationId }) => conversationId);
    const next = ids.length === BATCH ? ids.at(-1) : undefined;
    return { ids, ...(next !== undefined && { next }) };
  };
}

/**
 * Asks conversations to go to another version, each once: what one has said is kept, and an attempt that is repeated after a crash asks
 * only the others. A conversation answers a repeat as before. Returns the ids of those that were busy.
 */
export function createMoveConversations(deps: ActivityDependencies): (batch: MoveBatch) => Promise<string[]> {
  const { scenarioMoves } = deps.readModel;
  return async function moveConversations(batch) {
    const known = await scenarioMoves.findMoved(batch.start.id, batch.ids);
    const isKnown = new Set(known.flatMap((one) => (isBusy(one.answer) ? [] : [one.conversationId])));
    const ordered = await findOrdered(deps, { ...batch, ids: batch.ids.filter((id) => !isKnown.has(id)) });
    const busy: string[] = [];
    for (let at = 0; at < ordered.length; at += AT_ONCE) {
      heartbeat();
      const answers = await Promise.all(
        ordered.slice(at, at + AT_ONCE).map((one) => moveOne(deps, { start: batch.start, ...one })),
      );
      busy.push(...answers.filter(({ answer }) => isBusy(answer)).map(({ conversationId }) => conversationId));
    }
    return busy;
  };
}

async function moveOne(
  deps: ActivityDependencies,
  { start: { id: operationId, blocks, by }, conversation, to }: Ordered & { start: MoveStart },
): Promise<MovedConversation> {
  const { conversationId, workflowId } = conversation;
  const answer = await ask(deps, workflowId, { operationId, conversationId, by, to, blocks });
  const moved = { operationId, conversationId, at: deps.now(), answer };
  await deps.readModel.scenarioMoves.recordMoved(moved);
  return moved;
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

/** The conversations, and where each goes. */
async function findOrdered(
  { readModel: { scenarioMoves } }: ActivityDependencies,
  { start, pin, ids }: MoveBatch,
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
