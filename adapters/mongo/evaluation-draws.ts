import type { Collection, Db } from 'mongodb';
import type { EvaluationDraw } from '../../contracts/evaluation-assignment.ts';
import type { Segment } from '../../contracts/history-event.ts';
import { isDuplicateKeyError } from './configuration/natural-key-repository.ts';
import type { StoredConversation } from './conversations-repository.ts';

/** A conversation that agents had, as far as a draw asks. */
interface EndedConversation {
  conversationId: string;
  service?: string;
  segments: Segment[];
}

/** What rules have drawn, and from when on each is to draw next. Times are epoch milliseconds. */
export interface EvaluationDraws {
  /** From when on a rule draws next; `first` where it is new. */
  turnOf(rule: string, first: number): Promise<number>;
  /** What lies before `to` is drawn. Nothing where another process was first. */
  advance(rule: string, turn: { from: number; to: number }): Promise<void>;
  /** Forgets when others are to draw: one that comes again, or is not paused any more, begins anew. */
  keepOnly(rules: readonly string[]): Promise<void>;
  /** Turns of rules, as far as they have one. */
  listTurns(): Promise<Map<string, number>>;
  has(id: string): Promise<boolean>;
  /** Keeps what is drawn, as a whole. False: it was drawn already, and that stands. */
  plan(draw: EvaluationDraw): Promise<boolean>;
  /** Draws of which not everything is given out. */
  listPlanned(): Promise<EvaluationDraw[]>;
  /** Everything of it is given out. */
  finish(id: string): Promise<void>;
  /** The latest of a rule, newest first. */
  listOfRule(rule: string, limit: number): Promise<EvaluationDraw[]>;
  /** Conversations that agents had and that ended in the time, `to` exclusive, a part at a time. */
  readEnded(range: { from: number; to: number; services?: readonly string[] }): AsyncGenerator<EndedConversation[]>;
}

type StoredDraw = Omit<EvaluationDraw, 'id'> & { _id: string; isPlanned?: true };

const DRAWS = 'evaluation-draws';
const TURNS = 'evaluation-draw-turns';
const BATCH = 500;

const toDraw = ({ _id, isPlanned: _isPlanned, ...draw }: StoredDraw): EvaluationDraw => ({ id: _id, ...draw });

/** Creates the repository over collections `evaluation-draws` and `evaluation-draw-turns`. */
export function createEvaluationDraws(db: Db): EvaluationDraws {
  const draws = db.collection<StoredDraw>(DRAWS);
  const turns = db.collection<{ _id: string; from: number }>(TURNS);
  return {
    async turnOf(rule, first) {
      await turns.updateOne({ _id: rule }, { $setOnInsert: { from: first } }, { upsert: true });
      return (await turns.findOne({ _id: rule }))?.from ?? first;
    },
    async advance(rule, { from, to }) {
      await turns.updateOne({ _id: rule, from }, { $set: { from: to } });
    },
    async keepOnly(rules) {
      await turns.deleteMany({ _id: { $nin: [...rules] } });
    },
    async listTurns() {
      return new Map((await turns.find().toArray()).map(({ _id, from }) => [_id, from]));
    },
    async has(id) {
      return (await draws.findOne({ _id: id }, { projection: { _id: 1 } })) !== null;
    },
    async plan({ id, ...draw }) {
      try {
        await draws.insertOne({ _id: id, ...draw, isPlanned: true });
        return true;
      } catch (error) {
        if (isDuplicateKeyError(error)) return false;
        throw error;
      }
    },
    async listPlanned() {
      return (await draws.find({ isPlanned: true }).sort({ _id: 1 }).toArray()).map(toDraw);
    },
    async finish(id) {
      await draws.updateOne({ _id: id }, { $unset: { isPlanned: '', stretches: '' } });
    },
    async listOfRule(rule, limit) {
      const found = await draws
        .find({ rule }, { projection: { stretches: 0 } })
        .sort({ from: -1 })
        .limit(limit)
        .toArray();
      return found.map(toDraw);
    },
    readEnded: (range) => readEnded(db.collection<StoredConversation>('conversations'), range),
  };
}

async function* readEnded(
  conversations: Collection<StoredConversation>,
  { from, to, services }: { from: number; to: number; services?: readonly string[] },
): AsyncGenerator<EndedConversation[]> {
  const cursor = conversations
    .find({
      endedAt: { $gte: from, $lt: to },
      state: 'ended',
      'segments.0': { $exists: true },
      ...(services && { service: { $in: [...services] } }),
    })
    .project<Pick<StoredConversation, '_id' | 'service' | 'segments'>>({ service: 1, segments: 1 })
    .batchSize(BATCH);
  let batch: EndedConversation[] = [];
  for await (const { _id: conversationId, service, segments = [] } of cursor) {
    batch.push({ conversationId, segments, ...(service !== undefined && { service }) });
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Indexes of the collections; creating them again changes nothing. */
export async function ensureEvaluationDrawIndexes(db: Db): Promise<void> {
  await db.collection(DRAWS).createIndexes([
    { key: { rule: 1, from: -1 }, name: 'rule' },
    { key: { isPlanned: 1 }, name: 'planned', sparse: true },
  ]);
}
