import type { Collection, Db, Filter } from 'mongodb';
import type { ListPage, ListPageRequest } from '../../contracts/conversation-queries.ts';
import type { Alert, AlertRequest, AlertSubject } from '../../contracts/alert.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import { findNewestFirst } from './paging.ts';

/** More than are open of what is watched. */
const OPEN_LIMIT = 1000;

/** Which alerts. `services`: those about routing groups; of these services, where they are named, or of no service. */
interface AlertFilter {
  state?: Alert['state'];
  pageId?: string;
  services?: 'all' | readonly string[];
}

/** What operators have to know, one document for each matter of a Page. */
export interface AlertsRepository {
  /** True where it is new, or open again after it was resolved. */
  note(request: AlertRequest, at: number): Promise<boolean>;
  /** True where it was open. */
  resolve(matter: AlertSubject & { kind: string; key?: string }, at: number): Promise<boolean>;
  resolveById(id: string, at: number): Promise<Alert | undefined>;
  /** Somebody takes an open one up; who was first stays. */
  acknowledge(id: string, by: { by: string; at: number }): Promise<Alert | undefined>;
  /** Open ones of a kind, at most a thousand. */
  listOpen(kind: string): Promise<Alert[]>;
  /** Newest first. */
  list(filter: AlertFilter, page: ListPageRequest): Promise<ListPage<Alert>>;
  /** Takes one alert that has not been sent yet, for `claimMs`. */
  claimUnsent(now: number, claimMs: number): Promise<Alert | undefined>;
  markSent(alert: Alert): Promise<void>;
  deleteResolvedBefore(at: number): Promise<number>;
}

interface StoredAlert extends Omit<Alert, 'id' | 'firstAt' | 'lastAt' | 'resolvedAt' | 'acknowledged'> {
  _id: string;
  firstAt: Date;
  lastAt: Date;
  resolvedAt?: Date;
  acknowledged?: { by: string; at: Date };
  /** There while the alert has to go out; when the next attempt may be made. */
  sendAfter?: number;
}

/** Creates the repository over collection `alerts`. */
export function createAlertsRepository(db: Db): AlertsRepository {
  const collection = db.collection<StoredAlert>('alerts');
  return {
    note: (request, at) => note(collection, request, at),
    async resolve(matter, at) {
      const { matchedCount } = await collection.updateOne(
        { _id: idOf(matter), state: 'open' },
        { $set: { state: 'resolved', resolvedAt: new Date(at) } },
      );
      return matchedCount > 0;
    },
    async resolveById(id, at) {
      await collection.updateOne({ _id: id, state: 'open' }, { $set: { state: 'resolved', resolvedAt: new Date(at) } });
      const stored = await collection.findOne({ _id: id });
      return stored ? toAlert(stored) : undefined;
    },
    async acknowledge(id, { by, at }) {
      await collection.updateOne(
        { _id: id, state: 'open', acknowledged: { $exists: false } },
        { $set: { acknowledged: { by, at: new Date(at) } } },
      );
      const stored = await collection.findOne({ _id: id });
      return stored ? toAlert(stored) : undefined;
    },
    async listOpen(kind) {
      const found = await collection.find({ state: 'open', kind }).limit(OPEN_LIMIT).toArray();
      return found.map(toAlert);
    },
    list: (filter, page) => list(collection, filter, page),
    async claimUnsent(now, claimMs) {
      const stored = await collection.findOneAndUpdate(
        { sendAfter: { $lte: now } },
        { $set: { sendAfter: now + claimMs } },
        { sort: { sendAfter: 1 } },
      );
      return stored ? toAlert(stored) : undefined;
    },
    async markSent({ id, firstAt }) {
      await collection.updateOne({ _id: id, firstAt: new Date(firstAt) }, { $unset: { sendAfter: '' } });
    },
    async deleteResolvedBefore(at) {
      const { deletedCount } = await collection.deleteMany({ state: 'resolved', resolvedAt: { $lt: new Date(at) } });
      return deletedCount;
    },
  };
}

/** Indexes of the collection; creating them again changes nothing. */
export async function ensureAlertIndexes(db: Db): Promise<void> {
  await db.collection('alerts').createIndexes([
    { key: { lastAt: -1, _id: -1 }, name: 'newest' },
    { key: { sendAfter: 1 }, name: 'unsent', sparse: true },
    { key: { kind: 1, state: 1 }, name: 'kind' },
  ]);
}

const idOf = ({ pageId, group, kind, key }: AlertSubject & { kind: string; key?: string }): string =>
  [pageId ?? `group ${group ?? ''}`, kind, key]
    .flatMap((part) => (part === undefined ? [] : encodeURIComponent(part)))
    .join(':');

async function note(collection: Collection<StoredAlert>, request: AlertRequest, at: number): Promise<boolean> {
  const { key: _key, ...given } = request;
  const said = withoutUndefined(given);
  const _id = idOf(request);
  const again = await collection.updateOne(
    { _id, state: 'open' },
    { $set: { ...said, lastAt: new Date(at) }, $inc: { count: 1 } },
  );
  if (again.matchedCount > 0) return false;
  const opened = {
    ...said,
    state: 'open' as const,
    count: 1,
    firstAt: new Date(at),
    lastAt: new Date(at),
    sendAfter: at,
  };
  await collection.updateOne({ _id }, { $set: opened, $unset: { resolvedAt: '', acknowledged: '' } }, { upsert: true });
  return true;
}

function list(
  collection: Collection<StoredAlert>,
  { state, pageId, services }: AlertFilter,
  page: ListPageRequest,
): Promise<ListPage<Alert>> {
  const filter: Filter<StoredAlert> = { ...(state && { state }), ...(pageId !== undefined && { pageId }) };
  if (services !== undefined) filter.group = { $exists: true };
  if (services !== undefined && services !== 'all')
    filter.$or = [{ service: { $in: [...services] } }, { service: { $exists: false } }];
  return findNewestFirst(collection, page, { filter, by: 'lastAt', isDate: true, convert: toAlert });
}

function toAlert({ _id: id, firstAt, lastAt, resolvedAt, acknowledged, ...stored }: StoredAlert): Alert {
  const { pageId, group, service, conversationId, kind, message, remedy, state, count } = stored;
  return withoutUndefined({
    id,
    pageId,
    group,
    service,
    conversationId,
    kind,
    message,
    remedy,
    state,
    count,
    firstAt: firstAt.getTime(),
    lastAt: lastAt.getTime(),
    resolvedAt: resolvedAt?.getTime(),
    acknowledged: acknowledged && { by: acknowledged.by, at: acknowledged.at.getTime() },
  });
}
