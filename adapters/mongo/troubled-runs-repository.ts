import { MongoServerError, type Db } from 'mongodb';
import type { AlertSubject } from '../../contracts/alert.ts';

/** A run of an actor that operators were told of. It names no customer. */
interface TroubledRun {
  kind: 'actor-ended' | 'actor-failing';
  runId: string;
  subject: AlertSubject;
}

/** What operators were told of runs in Temporal, so that each is told once and is looked at until it is over. */
export interface TroubledRunsRepository {
  /** False: it is known already. */
  note(run: TroubledRun, at: number): Promise<boolean>;
  listKnownRunIds(kind: TroubledRun['kind']): Promise<Set<string>>;
  /** The open ones that were not looked at for longest. */
  takeOpen(limit: number, at: number): Promise<TroubledRun[]>;
  /** A run that has ended stays known; one that goes on is told of again when it fails again. */
  close(run: TroubledRun): Promise<void>;
  deleteNotedBefore(at: number): Promise<void>;
}

interface StoredRun extends TroubledRun {
  _id: string;
  notedAt: number;
  lookedAt: number;
  isOver?: true;
}

const DUPLICATE_KEY = 11000;

/** Creates the repository over collection `troubled-runs`. */
export function createTroubledRunsRepository(db: Db): TroubledRunsRepository {
  const collection = db.collection<StoredRun>('troubled-runs');
  return {
    async note(run, at) {
      try {
        await collection.insertOne({ _id: idOf(run), ...run, notedAt: at, lookedAt: at });
        return true;
      } catch (error) {
        if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return false;
        throw error;
      }
    },
    async listKnownRunIds(kind) {
      const known = await collection.find({ kind }, { projection: { runId: 1 } }).toArray();
      return new Set(known.map(({ runId }) => runId));
    },
    async takeOpen(limit, at) {
      const open = await collection
        .find({ isOver: { $exists: false } })
        .sort({ lookedAt: 1 })
        .limit(limit)
        .toArray();
      await collection.updateMany({ _id: { $in: open.map(({ _id }) => _id) } }, { $set: { lookedAt: at } });
      return open.map(({ kind, runId, subject }) => ({ kind, runId, subject }));
    },
    async close(run) {
      if (run.kind === 'actor-failing') await collection.deleteOne({ _id: idOf(run) });
      else await collection.updateOne({ _id: idOf(run) }, { $set: { isOver: true } });
    },
    async deleteNotedBefore(at) {
      await collection.deleteMany({ notedAt: { $lt: at } });
    },
  };
}

const idOf = ({ kind, runId }: TroubledRun): string => `${kind}:${runId}`;
