import type { ClaimedSurgery, OrderedConversation } from '../../adapters/mongo/bulk-surgeries.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { BulkAnswer } from '../../contracts/bulk-surgery.ts';
import type { AppDependencies } from '../dependencies.ts';
import { toSurgery } from './preview-bulk.ts';

/** How often a process looks for operations to go on with. */
export const SURGERY_TICK_MS = 1000;
/** Conversations of one piece, and how many of them are asked at the same time. */
const PIECE = 40;
const AT_ONCE = 8;
/** Of a piece; where its process dies, another goes on after this. */
const LEASE_MS = 30_000;
const RETRY_AFTER_MS = 5000;
/** Those that could not be asked are asked again after so long, doubled each time; so often. */
const FIRST_PAUSE_MS = 1000;
const ROUNDS = 6;

type Deps = Pick<AppDependencies, 'actors' | 'bulkSurgeries' | 'logger' | 'now'>;

/**
 * Goes on with operations until none is due. Any number of processes may do it at once, and any may die: what a conversation
 * answered is kept, and one that was asked by a process that died gives the same answer again and does nothing twice.
 */
export async function carryOutSurgeries(deps: Deps): Promise<void> {
  for (;;) {
    const claimed = await deps.bulkSurgeries.claim(deps.now(), deps.now() + LEASE_MS);
    if (!claimed) return;
    try {
      await carryOn(deps, claimed);
    } catch (error) {
      deps.logger.warn({ err: error, operationId: claimed.id, next: claimed.next }, 'an operation does not go on');
      await deps.bulkSurgeries.postpone(claimed.id, deps.now() + RETRY_AFTER_MS);
    }
  }
}

async function carryOn(deps: Deps, claimed: ClaimedSurgery): Promise<void> {
  const { id, next, total, round } = claimed;
  if (next >= total) return askAgain(deps, claimed);
  const to = Math.min(total, next + PIECE);
  const items = await deps.bulkSurgeries.readItems(id, next, PIECE);
  const places = items.map((item, offset) => ({ index: next + offset, item }));
  const answered = await deps.bulkSurgeries.findAnswered(
    id,
    places.map(({ index }) => index),
  );
  await askEach(
    deps,
    claimed,
    places.filter(({ index }) => !answered.has(index)),
  );
  await deps.bulkSurgeries.commit(claimed, { next: to, round, dueAt: deps.now() });
}

/** All were asked once; those that were busy or away are asked again, for a while. */
async function askAgain(deps: Deps, claimed: ClaimedSurgery): Promise<void> {
  const { bulkSurgeries, now } = deps;
  const { id, next, round } = claimed;
  const unasked = await bulkSurgeries.listUnasked(id);
  if (unasked.length === 0 || round > ROUNDS) return bulkSurgeries.finish(claimed, now());
  // The first look only makes the pause: they were asked a moment ago.
  if (round > 0) {
    const items = await bulkSurgeries.readItems(id, 0, claimed.total);
    const places = unasked.flatMap((index) => (items[index] ? [{ index, item: items[index] }] : []));
    await askEach(deps, claimed, places);
  }
  const isOver = round > 0 && (await bulkSurgeries.listUnasked(id)).length === 0;
  if (isOver) return bulkSurgeries.finish(claimed, now());
  await bulkSurgeries.commit(claimed, { next, round: round + 1, dueAt: now() + FIRST_PAUSE_MS * 2 ** round });
}

interface Place {
  index: number;
  item: OrderedConversation;
}

async function askEach(deps: Deps, claimed: ClaimedSurgery, places: readonly Place[]): Promise<void> {
  for (let at = 0; at < places.length; at += AT_ONCE) {
    // Whoever stops it stops what is not asked yet.
    if (!(await deps.bulkSurgeries.postpone(claimed.id, deps.now() + LEASE_MS))) return;
    await Promise.all(places.slice(at, at + AT_ONCE).map((place) => askOne(deps, claimed, place)));
  }
}

async function askOne(deps: Deps, claimed: ClaimedSurgery, { index, item }: Place): Promise<void> {
  const { conversationId, timer } = item;
  const answer = withoutValues(claimed, await ask(deps, claimed, { index, item }));
  await deps.bulkSurgeries.record({
    operationId: claimed.id,
    index,
    conversationId,
    ...(timer !== undefined && { timer }),
    at: deps.now(),
    answer,
  });
}

/** What customers have told stays with their conversations, which are erased with them. */
function withoutValues({ surgery }: ClaimedSurgery, answer: BulkAnswer): BulkAnswer {
  if (answer.outcome !== 'done' || surgery.kind !== 'set-variable') return answer;
  const { before: _before, after: _after, ...rest } = answer;
  return rest;
}

async function ask(
  deps: Deps,
  { id, by, surgery, round }: ClaimedSurgery,
  { index, item }: Place,
): Promise<BulkAnswer> {
  const { conversationId, workflowId, block, timer, at } = item;
  const ordered = toSurgery(surgery, timer);
  if (!ordered) return { outcome: 'refused', reason: 'no-timer' };
  if (workflowId === '') return { outcome: 'refused', reason: 'ended' };
  const clientId = `${id}:${index}`;
  const seen = { ...(block !== undefined && { block }), ...(at !== undefined && { timerAt: at }) };
  // Temporal answers a repeat of an attempt by itself; one that was busy then is asked anew.
  const order = { clientId, attemptId: `${clientId}:${round}`, conversationId, by, seen, surgery: ordered };
  try {
    const answer = await deps.actors.operateConversation(workflowId, order);
    return isEnded(answer) ? await recallDone(deps, order, answer) : answer;
  } catch (error) {
    if (error instanceof AppError && error.code === 'CONVERSATION_ENDED')
      return recallDone(deps, order, { outcome: 'refused', reason: 'ended' });
    deps.logger.warn({ err: error, conversationId, operationId: id }, 'a conversation could not be operated on');
    return { outcome: 'refused', reason: 'away' };
  }
}

function isEnded(answer: BulkAnswer): boolean {
  return answer.outcome === 'refused' && answer.reason === 'ended';
}

/** A conversation that this very order has ended, before the process that asked wrote so down. */
async function recallDone(
  { bulkSurgeries }: Deps,
  { conversationId, clientId }: { conversationId: string; clientId: string },
  answer: BulkAnswer,
): Promise<BulkAnswer> {
  return (await bulkSurgeries.findDone(conversationId, clientId)) ?? answer;
}
