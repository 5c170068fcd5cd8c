import type { Collection, Db, Filter } from 'mongodb';
import { OPEN_STATES } from '../../contracts/conversation.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import {
  MOVE_KINDS,
  type MoveCounts,
  type MovedConversation,
  type MoveKind,
  type MoveRecord,
  type MoveRefusal,
} from '../../contracts/scenario-move.ts';

/** A running conversation of a scenario, as far as whoever moves it has to know. */
export interface RunningConversation {
  conversationId: string;
  workflowId: string;
  version: string;
  block: string;
  state: ConversationRecord['state'];
}

/** Of which conversations: those of a scenario that do not run `exceptVersion`. In the order of their ids. */
interface RunningPage {
  scenario: string;
  exceptVersion?: string;
  exceptEntries: readonly string[];
  /** The id behind which it goes on. */
  after?: string;
  limit: number;
}

/** Operations that take running conversations to another version, and what each of these came to. */
export interface ScenarioMovesRepository {
  listRunning(page: RunningPage): Promise<RunningConversation[]>;
  countRunning(of: Omit<RunningPage, 'after' | 'limit'>): Promise<number>;
  /** The workflows of conversations, whether these are over or not. */
  findRunning(conversationIds: readonly string[]): Promise<RunningConversation[]>;
  record(move: MoveRecord): Promise<void>;
  /** An operation whose actor is gone is over: `stopped`. One that is over already stays as it is. */
  recordBroken(id: string, at: number): Promise<void>;
  find(id: string): Promise<MoveRecord | undefined>;
  /** The latest ones of a scenario, newest first. */
  list(scenario: string, limit: number): Promise<MoveRecord[]>;
  /** Repeated it changes nothing. */
  recordMoved(moved: MovedConversation): Promise<void>;
  /** Conversations of an operation by what they came to. */
  countMoved(operationId: string): Promise<MoveCounts>;
  /** What conversations came to in an operation; those that it has not asked are left out. */
  findMoved(operationId: string, conversationIds: readonly string[]): Promise<MovedConversation[]>;
  /** What every conversation came to, or only those that were moved, in the order of their ids. */
  listMoved(
    operationId: string,
    page: { after?: string; limit: number; isMovedOnly?: boolean },
  ): Promise<MovedConversation[]>;
}

type StoredConversation = Omit<ConversationRecord, 'conversationId'> & { _id: string };
type StoredMove = Omit<MoveRecord, 'id'> & { _id: string };
type StoredMoved = MovedConversation & { _id: string };

const NEEDED = { workflowId: 1, scenario: 1, block: 1, state: 1 } as const;

/** Creates the repository over collections `scenarioMoves` and `movedConversations`; it reads `conversations`. */
export function createScenarioMovesRepository(db: Db): ScenarioMovesRepository {
  const conversations = db.collection<StoredConversation>('conversations');
  const moves = db.collection<StoredMove>('scenarioMoves');
  const moved = db.collection<StoredMoved>('movedConversations');
  return {
    listRunning: (page) => listRunning(conversations, page),
    countRunning: (of) => conversations.countDocuments(runningOf(of)),
    async findRunning(conversationIds) {
      const found = await conversations.find({ _id: { $in: [...conversationIds] } }, { projection: NEEDED }).toArray();
      return found.map(toRunning);
    },
    async record({ id, ...move }) {
      await moves.replaceOne({ _id: id }, move, { upsert: true });
    },
    async recordBroken(id, at) {
      await moves.updateOne({ _id: id, endedAt: { $exists: false } }, { $set: { state: 'stopped', endedAt: at } });
    },
    async find(id) {
      const found = await moves.findOne({ _id: id });
      return found ? toMove(found) : undefined;
    },
    async list(scenario, limit) {
      const found = await moves.find({ scenario }).sort({ startedAt: -1 }).limit(limit).toArray();
      return found.map(toMove);
    },
    async recordMoved(one) {
      await moved.replaceOne({ _id: `${one.operationId}:${one.conversationId}` }, one, { upsert: true });
    },
    async countMoved(operationId) {
      const counted = await moved
        .aggregate<{ _id: { outcome: MoveKind | 'refused'; reason?: MoveRefusal }; count: number }>([
          { $match: { operationId } },
          { $group: { _id: { outcome: '$answer.outcome', reason: '$answer.reason' }, count: { $sum: 1 } } },
        ])
        .toArray();
      return Object.fromEntries(counted.map(({ _id: { outcome, reason }, count }) => [reason ?? outcome, count]));
    },
    async findMoved(operationId, conversationIds) {
      const ids = conversationIds.map((id) => `${operationId}:${id}`);
      return (await moved.find({ _id: { $in: ids } }).toArray()).map(toMoved);
    },
    async listMoved(operationId, { after, limit, isMovedOnly = false }) {
      const found = await moved
        .find({
          operationId,
          ...(after !== undefined && { conversationId: { $gt: after } }),
          ...(isMovedOnly && { 'answer.outcome': { $in: [...MOVE_KINDS] } }),
        })
        .sort({ conversationId: 1 })
        .limit(limit)
        .toArray();
      return found.map(toMoved);
    },
  };
}

/** Indexes of the collections; creating them again changes nothing. */
export async function ensureScenarioMoveIndexes(db: Db): Promise<void> {
  await db.collection('scenarioMoves').createIndexes([{ key: { scenario: 1, startedAt: -1 }, name: 'newest' }]);
  await db.collection('movedConversations').createIndexes([
    { key: { operationId: 1, conversationId: 1 }, name: 'operation' },
    { key: { at: 1 }, name: 'oldest' },
  ]);
}

function runningOf({
  scenario,
  exceptVersion,
  exceptEntries,
}: Omit<RunningPage, 'after' | 'limit'>): Filter<StoredConversation> {
  return {
    state: { $in: OPEN_STATES },
    'scenario.name': scenario,
    ...(exceptEntries.length > 0 && { entry: { $nin: [...exceptEntries] } }),
    ...(exceptVersion !== undefined && { 'scenario.version': { $ne: exceptVersion } }),
  };
}

async function listRunning(
  collection: Collection<StoredConversation>,
  { after, limit, ...of }: RunningPage,
): Promise<RunningConversation[]> {
  const found = await collection
    .find({ ...runningOf(of), ...(after !== undefined && { _id: { $gt: after } }) }, { projection: NEEDED })
    .sort({ _id: 1 })
    .limit(limit)
    .toArray();
  return found.map(toRunning);
}

function toRunning({
  _id: conversationId,
  workflowId,
  scenario,
  block = '',
  state,
}: Pick<StoredConversation, '_id' | keyof typeof NEEDED>): RunningConversation {
  return { conversationId, workflowId, version: scenario?.version ?? '', block, state };
}

function toMove({ _id: id, ...move }: StoredMove): MoveRecord {
  return { id, ...move };
}

function toMoved({ _id, ...one }: StoredMoved): MovedConversation {
  return one;
}
