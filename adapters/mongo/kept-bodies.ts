import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Collection, Db, Filter } from 'mongodb';
import type { KeptBody, KeptContent, KeptFilter } from '../../contracts/kept-body.ts';
import type { Page, PageRequest } from '../../contracts/conversation-queries.ts';
import type { SecretBox } from '../secrets.ts';
import type { DayCount } from './count-by-day.ts';
import { decodeCursor, encodeCursor, toPage } from './paging.ts';

/** What is to be kept. `days`: the customers' events in it that nobody has handled, for the ledger's balance. */
interface KeepRequest {
  reason: string;
  /** `unknown`: nothing failed, the kind of event is new to us. */
  cause: KeptBody['cause'];
  pageIds: readonly string[];
  content: KeptContent;
  days: readonly DayCount[];
  at: number;
}

/** Webhook contents that could not be handled, encrypted, until an operator has had them handled after a fix. */
export interface KeptBodies {
  /** The same content for the same reason is kept once. False: there is no more room. */
  keep(request: KeepRequest): Promise<boolean>;
  /** Newest first. */
  list(filter: KeptFilter, page: PageRequest): Promise<Page<KeptBody>>;
  find(id: string): Promise<{ body: KeptBody; content: KeptContent } | undefined>;
  /** Notes how a replay ended; `failure` absent: all of it is handled now, and its content is dropped. */
  recordReplay(id: string, at: number, failure?: string): Promise<void>;
  /** Drops what is older, replayed or not. */
  deleteOlderThan(at: number): Promise<number>;
}

interface StoredBody extends Omit<KeptBody, 'id' | 'keptAt' | 'replayedAt'> {
  _id: string;
  keptAt: Date;
  replayedAt?: Date;
  days: DayCount[];
  /** Empty once replayed. */
  sealed: string;
}

export const KEPT_COLLECTION = 'kept-bodies';
/** Bounds, in bytes as stored. Of an unknown kind a few examples are enough. */
const MAX_BYTES = 256 * 1024 * 1024;
const MAX_BODIES = 5000;
const MAX_OF_UNKNOWN = 500;
const MAX_OF_ONE_UNKNOWN = 20;

/** Where a body's content is sealed to. */
export const keptPlace = (id: string): string => `${KEPT_COLLECTION}.${id}.sealed`;

/** Creates the repository over collection `kept-bodies`. */
export function createKeptBodies(db: Db, secrets: SecretBox): KeptBodies {
  const collection = db.collection<StoredBody>(KEPT_COLLECTION);
  return {
    async keep(request) {
      const text = JSON.stringify(request.content);
      const _id = createHash('sha256').update(`${request.reason}\n${text}`).digest('hex').slice(0, 32);
      if (await collection.findOne({ _id }, { projection: { _id: 1 } })) return true;
      const sealed = packKept(secrets, request.content, keptPlace(_id));
      if (!(await hasRoom(collection, request, sealed.length))) return false;
      const { reason, cause, pageIds, days, at } = request;
      const $setOnInsert = {
        reason,
        cause,
        pageIds: [...pageIds],
        days: [...days],
        events: days.reduce((sum, { count }) => sum + count, 0),
        bytes: sealed.length,
        state: 'kept' as const,
        replays: 0,
        keptAt: new Date(at),
        sealed,
      };
      await collection.updateOne({ _id }, { $setOnInsert }, { upsert: true });
      return true;
    },
    list: (filter, page) => list(collection, filter, page),
    async find(id) {
      const stored = await collection.findOne({ _id: id });
      if (!stored) return undefined;
      return { body: toKeptBody(stored), content: unpackKept(secrets, stored) };
    },
    async recordReplay(id, at, failure) {
      const isDone = failure === undefined;
      const outcome = isDone
        ? {
            $set: { state: 'replayed' as const, sealed: '', days: [], replayedAt: new Date(at) },
            $unset: { lastFailure: '' as const },
          }
        : { $set: { lastFailure: failure, replayedAt: new Date(at) } };
      await collection.updateOne({ _id: id, state: 'kept' }, { ...outcome, $inc: { replays: 1 } });
    },
    async deleteOlderThan(at) {
      const { deletedCount } = await collection.deleteMany({ keptAt: { $lt: new Date(at) } });
      return deletedCount;
    },
  };
}

/** Indexes of the collection; creating them again changes nothing. */
export async function ensureKeptBodyIndexes(db: Db): Promise<void> {
  await db.collection(KEPT_COLLECTION).createIndexes([
    { key: { keptAt: -1, _id: -1 }, name: 'newest' },
    { key: { reason: 1 }, name: 'reason' },
  ]);
}

async function hasRoom(
  collection: Collection<StoredBody>,
  { cause, reason }: KeepRequest,
  bytes: number,
): Promise<boolean> {
  if (cause === 'unknown') {
    const ofThis = await collection.countDocuments({ reason });
    if (ofThis >= MAX_OF_ONE_UNKNOWN || (await collection.countDocuments({ cause })) >= MAX_OF_UNKNOWN) return false;
  }
  const [sum] = await collection
    .aggregate<{ bytes: number; count: number }>([
      { $match: { state: 'kept' } },
      { $group: { _id: null, bytes: { $sum: '$bytes' }, count: { $sum: 1 } } },
    ])
    .toArray();
  return (sum?.bytes ?? 0) + bytes <= MAX_BYTES && (sum?.count ?? 0) < MAX_BODIES;
}

/** Packs and seals a content. */
export function packKept(secrets: SecretBox, content: KeptContent, place: string): string {
  return secrets.seal(gzipSync(JSON.stringify(content)).toString('base64'), place);
}

/** Opens and unpacks one. */
export function unpackKept(secrets: SecretBox, { _id, sealed }: { _id: string; sealed: string }): KeptContent {
  if (sealed === '') return { form: 'none' };
  const packed = Buffer.from(secrets.open(sealed, keptPlace(_id)), 'base64');
  return JSON.parse(gunzipSync(packed).toString('utf8')) as KeptContent;
}

async function list(
  collection: Collection<StoredBody>,
  wanted: KeptFilter,
  page: PageRequest,
): Promise<Page<KeptBody>> {
  const after = decodeCursor(page.cursor);
  const filter: Filter<StoredBody> = {
    ...(wanted.state !== undefined && { state: wanted.state }),
    ...(wanted.cause !== undefined && { cause: wanted.cause }),
    ...(wanted.pageId !== undefined && { pageIds: wanted.pageId }),
  };
  if (after) {
    const keptAt = new Date(after.at);
    filter.$or = [{ keptAt: { $lt: keptAt } }, { keptAt, _id: { $lt: after.id } }];
  }
  const found = await collection
    .find(filter, { projection: { sealed: 0 } })
    .sort({ keptAt: -1, _id: -1 })
    .limit(page.limit + 1)
    .toArray();
  return toPage(found, page.limit, {
    convert: toKeptBody,
    cursorOf: (last) => encodeCursor({ at: last.keptAt.getTime(), id: last._id }),
  });
}

function toKeptBody({ _id: id, keptAt, replayedAt, ...stored }: StoredBody): KeptBody {
  const { reason, cause, pageIds, events, bytes, state, replays, lastFailure } = stored;
  return {
    id,
    reason,
    cause,
    pageIds,
    events,
    bytes,
    state,
    replays,
    ...(lastFailure !== undefined && { lastFailure }),
    keptAt: keptAt.getTime(),
    ...(replayedAt && { replayedAt: replayedAt.getTime() }),
  };
}
