import type { Collection, Db, Filter } from 'mongodb';
import type { ListPage, ListPageRequest } from '../../contracts/conversation-queries.ts';
import type { AssignmentState, EvaluationAssignment } from '../../contracts/evaluation-assignment.ts';
import { isDuplicateKeyError } from './configuration/natural-key-repository.ts';
import { findEarliestFirst, findNewestFirst } from './paging.ts';

/** Which assignments are listed; what is absent narrows nothing. */
interface AssignmentFilter {
  state: AssignmentState;
  evaluator?: string;
  agents?: readonly string[];
  rule?: string;
  /** Given then or later: what was before is another evaluator's of the name. */
  since?: number;
}

/** How many of one draw's assignments are in which state; `overdue` of the open ones. */
export type AssignmentCounts = Record<AssignmentState | 'overdue', number>;

/** Who is to grade what. */
export interface EvaluationAssignments {
  /** Keeps a new one. False: somebody is, or was, to grade that already. */
  add(assignment: EvaluationAssignment): Promise<boolean>;
  find(id: string): Promise<EvaluationAssignment | undefined>;
  /** Which of some ids are known, in whatever state. */
  findKnown(ids: readonly string[]): Promise<Set<string>>;
  /** Writes it in place of the one with the revision before. False: somebody has changed it meanwhile. */
  replace(assignment: EvaluationAssignment): Promise<boolean>;
  /** It is graded, or nobody is to grade it any more. Nothing where it is not open. */
  settle(id: string, state: Exclude<AssignmentState, 'open'>, now: number): Promise<void>;
  /** Those that are open, a part at a time, in no order. */
  readOpen(): AsyncGenerator<EvaluationAssignment[]>;
  listOfConversation(conversationId: string): Promise<EvaluationAssignment[]>;
  /** Open ones due first, others changed last first. */
  list(filter: AssignmentFilter, page: ListPageRequest): Promise<ListPage<EvaluationAssignment>>;
  /** Of draws by their ids. */
  countOfDraws(draws: readonly string[], now: number): Promise<Map<string, AssignmentCounts>>;
}

type StoredAssignment = Omit<EvaluationAssignment, 'id'> & { _id: string };

export const EVALUATION_ASSIGNMENTS = 'evaluation-assignments';
const MAX_OF_CONVERSATION = 500;
const BATCH = 500;

const toAssignment = ({ _id, ...assignment }: StoredAssignment): EvaluationAssignment => ({ id: _id, ...assignment });

/** Creates the repository over collection `evaluation-assignments`. */
export function createEvaluationAssignments(db: Db): EvaluationAssignments {
  const collection = db.collection<StoredAssignment>(EVALUATION_ASSIGNMENTS);
  return {
    async add({ id, ...assignment }) {
      try {
        await collection.insertOne({ _id: id, ...assignment });
        return true;
      } catch (error) {
        if (isDuplicateKeyError(error)) return false;
        throw error;
      }
    },
    async find(id) {
      const found = await collection.findOne({ _id: id });
      return found ? toAssignment(found) : undefined;
    },
    async findKnown(ids) {
      const found = await collection.find({ _id: { $in: [...ids] } }, { projection: { _id: 1 } }).toArray();
      return new Set(found.map(({ _id }) => _id));
    },
    async replace({ id, ...assignment }) {
      const before = { _id: id, revision: assignment.revision - 1 };
      return (await collection.replaceOne(before, assignment)).matchedCount > 0;
    },
    async settle(id, state, now) {
      await collection.updateOne(
        { _id: id, state: 'open' },
        { $set: { state, changedAt: now }, $inc: { revision: 1 } },
      );
    },
    readOpen: () => readOpen(collection),
    async listOfConversation(conversationId) {
      const found = await collection.find({ conversationId }).sort({ segment: 1 }).limit(MAX_OF_CONVERSATION).toArray();
      return found.map(toAssignment);
    },
    list(filter, page) {
      const list = { filter: toQuery(filter), convert: toAssignment };
      return filter.state === 'open'
        ? findEarliestFirst(collection, page, { ...list, by: 'dueAt' })
        : findNewestFirst(collection, page, { ...list, by: 'changedAt' });
    },
    countOfDraws: (draws, now) => countOfDraws(collection, draws, now),
  };
}

/** In the order of their ids: what is settled meanwhile moves nothing. */
async function* readOpen(collection: Collection<StoredAssignment>): AsyncGenerator<EvaluationAssignment[]> {
  let after = '';
  for (;;) {
    const rest = { state: 'open' as const, _id: { $gt: after } };
    const found = await collection.find(rest).sort({ _id: 1 }).limit(BATCH).toArray();
    if (found.length > 0) yield found.map(toAssignment);
    if (found.length < BATCH) return;
    after = found.at(-1)?._id ?? after;
  }
}

async function countOfDraws(
  collection: Collection<StoredAssignment>,
  draws: readonly string[],
  now: number,
): Promise<Map<string, AssignmentCounts>> {
  const ofDraws = { draw: { $in: [...draws] } };
  const counts = new Map<string, AssignmentCounts>();
  const of = (draw: string): AssignmentCounts => {
    const known = counts.get(draw) ?? { open: 0, done: 0, withdrawn: 0, overdue: 0 };
    counts.set(draw, known);
    return known;
  };
  const groups = await collection
    .aggregate<{ _id: { draw: string; state: AssignmentState }; count: number }>([
      { $match: ofDraws },
      { $group: { _id: { draw: '$draw', state: '$state' }, count: { $sum: 1 } } },
    ])
    .toArray();
  for (const { _id, count } of groups) of(_id.draw)[_id.state] += count;
  const late = await collection
    .aggregate<{ _id: string; count: number }>([
      { $match: { ...ofDraws, state: 'open', dueAt: { $lt: now } } },
      { $group: { _id: '$draw', count: { $sum: 1 } } },
    ])
    .toArray();
  for (const { _id, count } of late) of(_id).overdue += count;
  return counts;
}

function toQuery({ state, evaluator, agents, rule, since }: AssignmentFilter): Filter<StoredAssignment> {
  return {
    state,
    ...(evaluator !== undefined && { evaluator }),
    ...(agents && { agent: { $in: [...agents] } }),
    ...(rule !== undefined && { rule }),
    ...(since !== undefined && { assignedAt: { $gte: since } }),
  };
}

/** Indexes of the collection; creating them again changes nothing. */
export async function ensureEvaluationAssignmentIndexes(db: Db): Promise<void> {
  await db.collection(EVALUATION_ASSIGNMENTS).createIndexes([
    { key: { conversationId: 1 }, name: 'conversation' },
    { key: { pageId: 1, psid: 1 }, name: 'customer' },
    { key: { evaluator: 1, state: 1, dueAt: 1, _id: 1 }, name: 'evaluator' },
    { key: { state: 1, dueAt: 1, _id: 1 }, name: 'due' },
    { key: { state: 1, _id: 1 }, name: 'open' },
    { key: { draw: 1, state: 1 }, name: 'draw', sparse: true },
    { key: { changedAt: -1, _id: -1 }, name: 'changed' },
  ]);
}
