import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Collection, Db, Filter } from 'mongodb';
import type { DeadLetter, DeadLetterContent, DeadLetterFilter } from '../../contracts/dead-letter.ts';
import type { ListPage, ListPageRequest } from '../../contracts/conversation-queries.ts';
import type { SecretBox } from '../secrets.ts';
import type { DayCount } from './count-by-day.ts';
import { findNewestFirst } from './paging.ts';

/** What is to be kept. `days`: the customers' events in it that nobody has handled, for the ledger's balance. */
interface KeepRequest {
  reason: string;
  /** `unknown`: nothing failed, the kind of event is new to us. */
  cause: DeadLetter['cause'];
  pageIds: readonly string[];
  content: DeadLetterContent;
  days: readonly DayCount[];
  at: number;
}

/** Webhook contents that could not be handled, encrypted, until an operator has had them handled after a fix. */
export interface DeadLetters {
  /** The same content for the same reason is kept once. False: there is no more room. */
  keep(request: KeepRequest): Promise<boolean>;
  /** Newest first. */
  list(filter: DeadLetterFilter, page: ListPageRequest): Promise<ListPage<DeadLetter>>;
  find(id: string): Promise<{ body: DeadLetter; content: DeadLetterContent } | undefined>;
  /** Notes how a replay ended; `failure` absent: all of it is handled now, and its content is dropped. */
  recordReplay(id: string, at: number, failure?: string): Promise<void>;
}

interface StoredBody extends Omit<DeadLetter, 'id' | 'failedAt' | 'replayedAt'> {
  _id: string;
  failedAt: Date;
  replayedAt?: Date;
  days: DayCount[];
  /** Empty once replayed. */
  sealed: string;
}

export const DEAD_LETTER_COLLECTION = 'dead-letters';
/** Bounds, in bytes as stored. Of an unknown kind a few examples are enough. */
const MAX_BYTES = 256 * 1024 * 1024;
const MAX_BODIES = 5000;
const MAX_OF_UNKNOWN = 500;
const MAX_OF_ONE_UNKNOWN = 20;

/** Where a body's content is sealed to. */
export const deadLetterEncryptionContext = (id: string): string => `${DEAD_LETTER_COLLECTION}.${id}.sealed`;

/** Creates the repository over collection `dead-letters`. */
export function createDeadLetters(db: Db, secrets: SecretBox): DeadLetters {
  const collection = db.collection<StoredBody>(DEAD_LETTER_COLLECTION);
  return {
    async keep(request) {
      const text = JSON.stringify(request.content);
      const _id = createHash('sha256').update(`${request.reason}\n${text}`).digest('hex').slice(0, 32);
      if (await collection.findOne({ _id }, { projection: { _id: 1 } })) return true;
      const sealed = packDeadLetter(secrets, request.content, deadLetterEncryptionContext(_id));
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
        failedAt: new Date(at),
        sealed,
      };
      await collection.updateOne({ _id }, { $setOnInsert }, { upsert: true });
      return true;
    },
    list: (filter, page) => list(collection, filter, page),
    async find(id) {
      const stored = await collection.findOne({ _id: id });
      if (!stored) return undefined;
      return { body: toDeadLetter(stored), content: unpackDeadLetter(secrets, stored) };
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
  };
}

/** Indexes of the collection; creating them again changes nothing. */
export async function ensureDeadLetterIndexes(db: Db): Promise<void> {
  await db.collection(DEAD_LETTER_COLLECTION).createIndexes([
    { key: { failedAt: -1, _id: -1 }, name: 'newest' },
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
export function packDeadLetter(secrets: SecretBox, content: DeadLetterContent, encryptionContext: string): string {
  return secrets.seal(gzipSync(JSON.stringify(content)).toString('base64'), encryptionContext);
}

/** Opens and unpacks one. */
export function unpackDeadLetter(
  secrets: SecretBox,
  { _id, sealed }: { _id: string; sealed: string },
): DeadLetterContent {
  if (sealed === '') return { form: 'none' };
  const packed = Buffer.from(secrets.open(sealed, deadLetterEncryptionContext(_id)), 'base64');
  return JSON.parse(gunzipSync(packed).toString('utf8')) as DeadLetterContent;
}

function list(
  collection: Collection<StoredBody>,
  wanted: DeadLetterFilter,
  page: ListPageRequest,
): Promise<ListPage<DeadLetter>> {
  const filter: Filter<StoredBody> = {
    ...(wanted.state !== undefined && { state: wanted.state }),
    ...(wanted.cause !== undefined && { cause: wanted.cause }),
    ...(wanted.pageId !== undefined && { pageIds: wanted.pageId }),
  };
  return findNewestFirst(collection, page, {
    filter,
    by: 'failedAt',
    isDate: true,
    without: ['sealed'],
    convert: toDeadLetter,
  });
}

function toDeadLetter({ _id: id, failedAt, replayedAt, ...stored }: StoredBody): DeadLetter {
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
    failedAt: failedAt.getTime(),
    ...(replayedAt && { replayedAt: replayedAt.getTime() }),
  };
}
