import type { Collection, Db } from 'mongodb';
import type {
  BulkAnswer,
  BulkCounts,
  BulkOutcome,
  BulkSurgery,
  BulkSurgeryItem,
  BulkSurgeryRecord,
  OperatedConversation,
} from '../../contracts/bulk-surgery.ts';
import { CONVERSATION_EVENTS, type StoredPiece } from './history-repository.ts';

/** A conversation of an operation, and the actor that is asked. */
export type OrderedConversation = BulkSurgeryItem & { workflowId: string };

/** An operation whose next conversations are to be asked. */
export interface ClaimedSurgery {
  id: string;
  by: string;
  surgery: BulkSurgery;
  total: number;
  /** How many were asked; from there on it goes on. */
  next: number;
  /** How often those that could not be asked were asked again. */
  round: number;
}

/** Operations on many conversations: one document each, and a row for what each conversation came to. */
export interface BulkSurgeries {
  /** Durable once it resolves, with all that it is for. Of one that is there already that one is given. */
  open(of: Omit<BulkSurgeryRecord, 'state' | 'total'> & { items: OrderedConversation[] }): Promise<BulkSurgeryRecord>;
  find(id: string): Promise<BulkSurgeryRecord | undefined>;
  /** The latest, newest first; of one person where named. */
  list(limit: number, by?: string): Promise<BulkSurgeryRecord[]>;
  /** Takes the one whose turn it is, until `until`: another process takes it then. */
  claim(now: number, until: number): Promise<ClaimedSurgery | undefined>;
  /** From a place on. */
  readItems(id: string, from: number, count: number): Promise<OrderedConversation[]>;
  /** Places that have an answer. */
  findAnswered(id: string, indexes: readonly number[]): Promise<Set<number>>;
  /** Places of those that could not be asked. */
  listUnasked(id: string): Promise<number[]>;
  /** What a conversation has said stays; that it could not be asked does not. */
  record(row: OperatedConversation): Promise<void>;
  count(id: string): Promise<BulkCounts>;
  listRows(id: string, page: { after: number; limit: number }): Promise<OperatedConversation[]>;
  /** How far it is, and when it goes on. Nothing where another process has come further, or it is over. */
  commit(claimed: ClaimedSurgery, progress: { next: number; round: number; dueAt: number }): Promise<void>;
  finish(claimed: ClaimedSurgery, at: number): Promise<void>;
  /** Others take it then, and not before. False: it is over. */
  postpone(id: string, dueAt: number): Promise<boolean>;
  /** False: it is over already. */
  stop(id: string, at: number): Promise<boolean>;
  /** What a conversation that is over was done by an order, as its history tells. */
  findDone(conversationId: string, clientId: string): Promise<BulkAnswer | undefined>;
}

interface StoredSurgery extends Omit<BulkSurgeryRecord, 'id'> {
  _id: string;
  next: number;
  round: number;
  /** When it goes on; absent once it is over, and so are its conversations. */
  dueAt?: number;
  items?: OrderedConversation[];
}
type StoredRow = OperatedConversation & { _id: string };

export const OPERATED_CONVERSATIONS = 'operated-conversations';
const SURGERIES = 'bulk-surgeries';
const UNASKED = ['busy', 'away'] as const satisfies BulkOutcome[];
const WITHOUT_ITEMS = { projection: { items: 0 } } as const;

/** Creates the repository over collections `bulk-surgeries` and `operated-conversations`; it reads the history. */
export function createBulkSurgeries(db: Db): BulkSurgeries {
  const surgeries = db.collection<StoredSurgery>(SURGERIES);
  const over = { $unset: { dueAt: '', items: '' } } as const;
  async function find(id: string): Promise<BulkSurgeryRecord | undefined> {
    const stored = await surgeries.findOne({ _id: id }, WITHOUT_ITEMS);
    return stored ? toRecord(stored) : undefined;
  }
  async function readItems(id: string, from: number, count: number): Promise<OrderedConversation[]> {
    const stored = await surgeries.findOne({ _id: id }, { projection: { items: { $slice: [from, count] } } });
    return stored?.items ?? [];
  }
  return {
    async open({ id, items, ...of }) {
      const begin = { state: 'running', total: items.length, next: 0, round: 0, dueAt: of.startedAt } as const;
      // One write: an operation of which a part is known there is not.
      await surgeries.updateOne({ _id: id }, { $setOnInsert: { ...of, ...begin, items } }, { upsert: true });
      const opened = await find(id);
      if (!opened) throw new Error(`Operation ${id} was written and is not there`);
      return opened;
    },
    find,
    async list(limit, by) {
      const of = by === undefined ? {} : { by };
      return (await surgeries.find(of, WITHOUT_ITEMS).sort({ startedAt: -1 }).limit(limit).toArray()).map(toRecord);
    },
    async claim(now, until) {
      const claimed = await surgeries.findOneAndUpdate(
        { dueAt: { $lte: now }, state: 'running' },
        { $set: { dueAt: until } },
        { sort: { dueAt: 1 }, returnDocument: 'after', ...WITHOUT_ITEMS },
      );
      if (!claimed) return undefined;
      const { _id: id, by, surgery, total, next, round } = claimed;
      return { id, by, surgery, total, next, round };
    },
    readItems,
    ...createRows(db),
    async commit({ id, next, round }, progress) {
      await surgeries.updateOne({ _id: id, state: 'running', next, round }, { $set: progress });
    },
    async finish({ id }, endedAt) {
      await surgeries.updateOne({ _id: id, state: 'running' }, { $set: { state: 'done', endedAt }, ...over });
    },
    async postpone(id, dueAt) {
      return (await surgeries.updateOne({ _id: id, state: 'running' }, { $set: { dueAt } })).matchedCount > 0;
    },
    async stop(id, endedAt) {
      const end = { $set: { state: 'stopped', endedAt }, ...over } as const;
      return (await surgeries.updateOne({ _id: id, state: 'running' }, end)).modifiedCount > 0;
    },
  };
}

type Rows = Pick<BulkSurgeries, 'findAnswered' | 'listUnasked' | 'record' | 'count' | 'listRows' | 'findDone'>;

/** What conversations came to. */
function createRows(db: Db): Rows {
  const rows = db.collection<StoredRow>(OPERATED_CONVERSATIONS);
  return {
    async findAnswered(id, indexes) {
      const ids = indexes.map((index) => rowIdOf(id, index));
      return new Set((await rows.find({ _id: { $in: ids } }).toArray()).map(({ index }) => index));
    },
    async listUnasked(id) {
      const found = await rows.find({ operationId: id, 'answer.reason': { $in: [...UNASKED] } }).toArray();
      return found.map(({ index }) => index).toSorted((one, other) => one - other);
    },
    async record(row) {
      const _id = rowIdOf(row.operationId, row.index);
      // A process that stood still knows less than the one that went on: what a conversation has said stays.
      await rows.updateOne({ _id }, { $setOnInsert: row }, { upsert: true });
      await rows.replaceOne({ _id, 'answer.reason': { $in: [...UNASKED] } }, row);
    },
    count: (id) => countRows(rows, id),
    async listRows(id, { after, limit }) {
      const found = await rows
        .find({ operationId: id, index: { $gt: after } })
        .sort({ index: 1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id, ...row }) => row);
    },
    async findDone(conversationId, clientId) {
      const events = db.collection<StoredPiece>(CONVERSATION_EVENTS);
      const found = await events.findOne({ conversationId, 'events.data.operationId': clientId });
      return found ? doneOf(found, clientId) : undefined;
    },
  };
}

function doneOf({ events }: StoredPiece, clientId: string): BulkAnswer | undefined {
  for (const event of events) {
    if (event.type !== 'operated' || event.data.operationId !== clientId) continue;
    const { block, to } = event.data;
    return { outcome: 'done', block, to, isOver: true };
  }
  return undefined;
}

async function countRows(rows: Collection<StoredRow>, operationId: string): Promise<BulkCounts> {
  const counted = await rows
    .aggregate<{ _id: { outcome: 'done' | 'refused'; reason?: BulkOutcome }; count: number }>([
      { $match: { operationId } },
      { $group: { _id: { outcome: '$answer.outcome', reason: '$answer.reason' }, count: { $sum: 1 } } },
    ])
    .toArray();
  return Object.fromEntries(counted.map(({ _id: { outcome, reason }, count }) => [reason ?? outcome, count]));
}

function rowIdOf(operationId: string, index: number): string {
  return `${operationId}:${index}`;
}

function toRecord({ _id: id, by, surgery, state, total, startedAt, endedAt }: StoredSurgery): BulkSurgeryRecord {
  return { id, by, surgery, state, total, startedAt, ...(endedAt !== undefined && { endedAt }) };
}

/** Indexes of the collections; creating them again changes nothing. */
export async function ensureBulkSurgeryIndexes(db: Db): Promise<void> {
  await db.collection(SURGERIES).createIndexes([
    { key: { dueAt: 1 }, name: 'due', sparse: true },
    { key: { startedAt: -1 }, name: 'newest' },
  ]);
  await db.collection(OPERATED_CONVERSATIONS).createIndexes([
    { key: { operationId: 1, index: 1 }, name: 'operation' },
    { key: { at: 1 }, name: 'oldest' },
  ]);
}
