import { randomUUID } from 'node:crypto';
import type { Collection, Db, Filter, UpdateFilter } from 'mongodb';
import type { RecordExportFailure, RecordExportFormat, RecordExportState } from '../../../contracts/record-export.ts';
import type { RecordFilter } from '../../../contracts/record-schema.ts';

/** Who asked for an export: a user, or a program or the admin token, which have no user name. */
export interface ExportOwner {
  /** The user's id, else `by`. */
  id: string;
  username?: string;
  /** As the audit names them. */
  by: string;
}

/** An export of records: what is asked, and how far it is. Times are epoch milliseconds. */
export interface RecordExport {
  id: string;
  owner: ExportOwner;
  filter: RecordFilter;
  format: RecordExportFormat;
  state: RecordExportState;
  failure?: RecordExportFailure;
  /** Rows written. */
  done: number;
  total?: number;
  /** Pieces written. */
  pieces: number;
  createdAt: number;
  finishedAt?: number;
  expiresAt: number;
}

/** One whose next piece is to be made. */
export interface ClaimedExport extends RecordExport {
  /** Behind which record the next piece begins; the first where absent. */
  cursor?: string;
  /** How often its next piece was begun. */
  attempts: number;
  /** How often somebody was taken out of it: what was read before that is not written any more. */
  erasures: number;
}

/** A piece that was made: its key, its rows, and behind which record the next one begins; null after the last. */
interface MadePiece {
  key: string;
  rows: number;
  next: string | null;
}

/** Exports of records, one document each; their rows are in pieces. */
export interface RecordExports {
  /** Durable once it resolves. Undefined: the owner has `most` already. */
  open(
    asked: Pick<RecordExport, 'owner' | 'filter' | 'format' | 'createdAt' | 'expiresAt'>,
    most: number,
  ): Promise<RecordExport | undefined>;
  /** Undefined also for one whose time is over. */
  find(id: string, now: number): Promise<RecordExport | undefined>;
  /** Newest first. */
  listOf(ownerId: string, now: number): Promise<RecordExport[]>;
  /** Takes the one whose turn it is, for one piece, until `until`: another process takes it then. */
  claim(now: number, until: number): Promise<ClaimedExport | undefined>;
  noteTotal(id: string, total: number): Promise<void>;
  /**
   * Makes a piece the next one of its export. False: another process has made that piece, it is cancelled, or somebody was
   * taken out meanwhile; the piece is nobody's.
   */
  commit(claimed: ClaimedExport, piece: MadePiece, times: { now: number; expiresAt: number }): Promise<boolean>;
  /** The piece is tried again at `at`. */
  postpone(id: string, at: number): Promise<void>;
  fail(id: string, failure: RecordExportFailure, now: number): Promise<void>;
  /** False: it is settled already. */
  cancel(id: string, now: number): Promise<boolean>;
  /** Key of a piece of one that is done, from 0. */
  findKey(id: string, piece: number): Promise<string | undefined>;
  /** Its time is over. */
  expire(id: string, now: number): Promise<void>;
  expireOfUser(userId: string, now: number): Promise<void>;
  listExpired(now: number, limit: number): Promise<string[]>;
  delete(id: string): Promise<void>;
}

export interface StoredExport extends Omit<ClaimedExport, 'id'> {
  _id: string;
  /** When its next piece may be made (again); absent once it is settled. */
  dueAt?: number;
  /** Keys of its pieces, by their number. */
  keys: Record<string, string>;
}

export const RECORD_EXPORTS = 'record-exports';
const OPEN: RecordExportState[] = ['waiting', 'running'];
/** Lists do without them: there is one for each 500 rows. */
const WITHOUT_KEYS = { projection: { keys: 0 } } as const;

/** Creates the repository over collection `record-exports`. */
export function createRecordExports(db: Db): RecordExports {
  const collection = db.collection<StoredExport>(RECORD_EXPORTS);
  return {
    async open(asked, most) {
      // Two at once may bring one more: the bound only keeps stores from filling.
      const kept = { 'owner.id': asked.owner.id, expiresAt: { $gt: asked.createdAt } };
      if ((await collection.countDocuments(kept)) >= most) return undefined;
      const begin = { state: 'waiting', done: 0, pieces: 0, keys: {}, attempts: 0, erasures: 0 } as const;
      const stored = { _id: randomUUID().replaceAll('-', ''), ...asked, ...begin, dueAt: asked.createdAt };
      await collection.insertOne(stored);
      return toExport(stored);
    },
    async find(id, now) {
      const stored = await collection.findOne({ _id: id, expiresAt: { $gt: now } }, WITHOUT_KEYS);
      return stored ? toExport(stored) : undefined;
    },
    async listOf(ownerId, now) {
      const own = { 'owner.id': ownerId, expiresAt: { $gt: now } };
      const found = await collection.find(own, WITHOUT_KEYS).sort({ createdAt: -1, _id: -1 }).toArray();
      return found.map(toExport);
    },
    ...createTurns(collection),
    async findKey(id, piece) {
      const stored = await collection.findOne({ _id: id, state: 'done' }, { projection: { [`keys.${piece}`]: 1 } });
      return stored?.keys[piece];
    },
    async expire(id, now) {
      await collection.updateOne({ _id: id }, { $set: { expiresAt: now } });
    },
    async expireOfUser(userId, now) {
      const rest = { $set: { expiresAt: now, state: 'cancelled' as const }, $unset: { dueAt: '' as const } };
      await collection.updateMany({ 'owner.id': userId }, rest);
    },
    async listExpired(now, limit) {
      const projection = { _id: 1 } as const;
      const found = await collection
        .find({ expiresAt: { $lte: now } }, { projection })
        .limit(limit)
        .toArray();
      return found.map(({ _id }) => _id);
    },
    async delete(id) {
      await collection.deleteOne({ _id: id });
    },
  };
}

type Turns = Pick<RecordExports, 'claim' | 'noteTotal' | 'commit' | 'postpone' | 'fail' | 'cancel'>;

/** Whose turn it is, and what becomes of it. */
function createTurns(collection: Collection<StoredExport>): Turns {
  const settle = async (
    id: string,
    { state, now, failure }: { state: RecordExportState; now: number; failure?: RecordExportFailure },
  ): Promise<boolean> => {
    const fields = { state, finishedAt: now, ...(failure && { failure }) };
    const open: Filter<StoredExport> = { _id: id, state: { $in: OPEN } };
    return (await collection.updateOne(open, { $set: fields, $unset: { dueAt: '' } })).matchedCount > 0;
  };
  return {
    async claim(now, until) {
      const claimed = await collection.findOneAndUpdate(
        { dueAt: { $lte: now }, state: { $in: OPEN } },
        { $set: { dueAt: until, state: 'running' }, $inc: { attempts: 1 } },
        { sort: { dueAt: 1 }, returnDocument: 'after', ...WITHOUT_KEYS },
      );
      if (!claimed) return undefined;
      const { cursor, attempts, erasures } = claimed;
      return { ...toExport(claimed), attempts, erasures, ...(cursor !== undefined && { cursor }) };
    },
    async noteTotal(id, total) {
      await collection.updateOne({ _id: id, total: { $exists: false } }, { $set: { total } });
    },
    async commit(claimed, { key, rows, next }, { now, expiresAt }) {
      const { id: _id, pieces, done, erasures } = claimed;
      const written = { [`keys.${pieces}`]: key, pieces: pieces + 1, done: done + rows, attempts: 0 };
      const update: UpdateFilter<StoredExport> =
        next === null
          ? {
              $set: { ...written, state: 'done', total: done + rows, finishedAt: now, expiresAt },
              $unset: { dueAt: '', cursor: '' },
            }
          : { $set: { ...written, cursor: next, dueAt: now } };
      return (await collection.updateOne({ _id, state: 'running', pieces, erasures }, update)).matchedCount > 0;
    },
    async postpone(id, at) {
      await collection.updateOne({ _id: id, state: 'running' }, { $set: { dueAt: at } });
    },
    async fail(id, failure, now) {
      await settle(id, { state: 'failed', failure, now });
    },
    cancel: (id, now) => settle(id, { state: 'cancelled', now }),
  };
}

function toExport({
  _id: id,
  keys: _keys,
  dueAt: _dueAt,
  cursor: _cursor,
  attempts: _attempts,
  erasures: _erasures,
  ...rest
}: Omit<StoredExport, 'keys'> & { keys?: StoredExport['keys'] }): RecordExport {
  return { id, ...rest };
}

/** Indexes of the collection; creating them again changes nothing. */
export async function ensureRecordExportIndexes(db: Db): Promise<void> {
  await db.collection(RECORD_EXPORTS).createIndexes([
    { key: { dueAt: 1 }, name: 'due', sparse: true },
    { key: { 'owner.id': 1 }, name: 'owner' },
    { key: { expiresAt: 1 }, name: 'expiry' },
  ]);
}
