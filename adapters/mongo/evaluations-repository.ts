import { createHash } from 'node:crypto';
import type { Db, Filter } from 'mongodb';
import type { ListPage, ListPageRequest } from '../../contracts/conversation-queries.ts';
import type { EvaluationForm } from '../../contracts/evaluation-form.ts';
import type { Evaluation, EvaluationState } from '../../contracts/evaluation.ts';
import { isDuplicateKeyError } from './configuration/natural-key-repository.ts';
import { findNewestFirst } from './paging.ts';

/** Which evaluations are listed; what is absent narrows nothing. */
interface EvaluationFilter {
  states?: readonly EvaluationState[];
  agents?: readonly string[];
  form?: string;
  /** Stretches that began then or later: what was before is another user's of the name. */
  since?: number;
}

/** Grades of agents' stretches. */
export interface EvaluationsRepository {
  /** Keeps a new one. False: the stretch has one by this form already. */
  add(evaluation: Evaluation): Promise<boolean>;
  find(id: string): Promise<Evaluation | undefined>;
  /** By their ids; those that are not there are left out. */
  findMany(ids: readonly string[]): Promise<Map<string, Evaluation>>;
  /** Writes it in place of the one with the revision before. False: somebody has changed or deleted it meanwhile. */
  replace(evaluation: Evaluation): Promise<boolean>;
  /** Deletes a draft; false where there is none of this id. */
  deleteDraft(evaluation: Pick<Evaluation, 'id' | 'conversationId'>): Promise<boolean>;
  listOfConversation(conversationId: string): Promise<Evaluation[]>;
  /** Changed last first. */
  list(filter: EvaluationFilter, page: ListPageRequest): Promise<ListPage<Evaluation>>;
  /** Which version of its form a content is: counted from 1, in the order in which they were first graded by. */
  numberForm(form: EvaluationForm): Promise<number>;
}

type StoredEvaluation = Omit<Evaluation, 'id'> & { _id: string };

interface StoredFormVersion {
  /** The name, a line, the content's hash. */
  _id: string;
  form: string;
  number: number;
}

export const EVALUATIONS = 'evaluations';
const FORM_VERSIONS = 'evaluation-form-versions';
const MAX_OF_CONVERSATION = 500;
const MAX_ATTEMPTS = 50;

/** Of a stretch and a form there is one: two who begin at once come to the same id. */
export function evaluationIdOf({
  conversationId,
  segment,
  form,
}: Pick<Evaluation, 'conversationId' | 'segment'> & { form: string }): string {
  const key = JSON.stringify([conversationId, segment, form]);
  return createHash('sha256').update(key).digest('hex').slice(0, 32);
}

const toEvaluation = ({ _id, ...evaluation }: StoredEvaluation): Evaluation => ({ id: _id, ...evaluation });

/** False where there is one of its key already. */
async function isInserted(insert: () => Promise<unknown>): Promise<boolean> {
  try {
    await insert();
    return true;
  } catch (error) {
    if (isDuplicateKeyError(error)) return false;
    throw error;
  }
}

/** Creates the repository over collections `evaluations` and `evaluation-form-versions`. */
export function createEvaluationsRepository(db: Db): EvaluationsRepository {
  const collection = db.collection<StoredEvaluation>(EVALUATIONS);
  const versions = db.collection<StoredFormVersion>(FORM_VERSIONS);

  return {
    add: ({ id, ...evaluation }) => isInserted(() => collection.insertOne({ _id: id, ...evaluation })),
    async find(id) {
      const found = await collection.findOne({ _id: id });
      return found ? toEvaluation(found) : undefined;
    },
    async findMany(ids) {
      if (ids.length === 0) return new Map();
      const found = await collection.find({ _id: { $in: [...ids] } }).toArray();
      return new Map(found.map((stored) => [stored._id, toEvaluation(stored)]));
    },
    async replace({ id, ...evaluation }) {
      const before = { _id: id, revision: evaluation.revision - 1 };
      return (await collection.replaceOne(before, evaluation)).matchedCount > 0;
    },
    async deleteDraft({ id }) {
      return (await collection.deleteOne({ _id: id, state: 'draft' })).deletedCount > 0;
    },
    async listOfConversation(conversationId) {
      const found = await collection
        .find({ conversationId })
        .sort({ segment: 1, createdAt: 1 })
        .limit(MAX_OF_CONVERSATION)
        .toArray();
      return found.map(toEvaluation);
    },
    list: (filter, page) =>
      findNewestFirst(collection, page, { filter: toQuery(filter), by: 'changedAt', convert: toEvaluation }),
    async numberForm(form) {
      const content = JSON.stringify([form.name, form.questions]);
      const _id = `${form.name}\n${createHash('sha256').update(content).digest('hex')}`;
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
        const known = await versions.findOne({ _id });
        if (known) return known.number;
        const [last] = await versions.find({ form: form.name }).sort({ number: -1 }).limit(1).toArray();
        const number = (last?.number ?? 0) + 1;
        // Another version may take the number at the same moment: the index lets one of them have it.
        if (await isInserted(() => versions.insertOne({ _id, form: form.name, number }))) return number;
      }
      throw new Error(`No number is free for a version of evaluation form "${form.name}"`);
    },
  };
}

function toQuery({ states, agents, form, since }: EvaluationFilter): Filter<StoredEvaluation> {
  return {
    ...(states && { state: { $in: [...states] } }),
    ...(agents && { agent: { $in: [...agents] } }),
    ...(form !== undefined && { 'form.name': form }),
    ...(since !== undefined && { from: { $gte: since } }),
  };
}

/** Indexes of the collections; creating them again changes nothing. */
export async function ensureEvaluationIndexes(db: Db): Promise<void> {
  await db.collection(EVALUATIONS).createIndexes([
    { key: { conversationId: 1 }, name: 'conversation' },
    { key: { agent: 1, changedAt: -1, _id: -1 }, name: 'agent' },
    { key: { changedAt: -1, _id: -1 }, name: 'changed' },
  ]);
  await db.collection(FORM_VERSIONS).createIndex({ form: 1, number: 1 }, { name: 'number', unique: true });
}
