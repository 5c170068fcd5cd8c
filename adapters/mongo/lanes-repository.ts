import { MongoServerError, type Collection, type Db, type Filter } from 'mongodb';
import {
  afterNews,
  FREE_LANE,
  rebasedPace,
  type Lane,
  type LaneClosure,
  type LaneKind,
  type LaneNews,
} from '../messenger/lane.ts';

/** How a Page stands with Meta, shared by all workers. */
interface PageLanes {
  text: Lane;
  media: Lane;
  /** Nothing of the Page leaves. */
  closed?: LaneClosure;
}

interface StoredLanes extends Partial<PageLanes> {
  _id: string;
  /** Rises with each change of text, media or closed: two workers that learn something at once both count. */
  revision?: number;
}

/** The Pages' lanes. A document is read at most once a second in each process; what this process learns it knows at once. */
export interface LanesRepository {
  get(pageId: string): Promise<PageLanes>;
  getFresh(pageId: string): Promise<PageLanes>;
  /** The next number in the order in which parts leave a slow lane. */
  takeTicket(pageId: string, kind: LaneKind): Promise<number>;
  /** Notes that a ticket's turn has come and been used. */
  noteServed(pageId: string, lane: { kind: LaneKind; ticket: number; now: number }): Promise<void>;
  note(pageId: string, kind: LaneKind, news: Exclude<LaneNews, { type: 'close' }>): Promise<void>;
  close(pageId: string, closure: LaneClosure): Promise<void>;
  /** False: it was open, or has been closed anew since `closedSince`. */
  open(pageId: string, closedSince: number): Promise<boolean>;
  listClosed(): Promise<{ pageId: string; closed: LaneClosure }[]>;
}

const CACHE_MS = 1000;
const DUPLICATE_KEY = 11_000;
/** Writers of one document at a time: more attempts than that are not needed. */
const MAX_ATTEMPTS = 20;

/** Creates the repository over collection `lanes`. `now`: epoch milliseconds. */
export function createLanesRepository(db: Db, now: () => number): LanesRepository {
  const collection = db.collection<StoredLanes>('lanes');
  const documents = createLaneDocuments(collection, now);
  const { get, change } = documents;
  return {
    get,
    getFresh: async (pageId) => toLanes(await documents.read(pageId)),
    async takeTicket(pageId, kind) {
      const update = { $inc: { [`${kind}.tickets`]: 1 } };
      const stored = await collection.findOneAndUpdate({ _id: pageId }, update, {
        upsert: true,
        returnDocument: 'after',
      });
      return stored?.[kind]?.tickets ?? 1;
    },
    async noteServed(pageId, { kind, ticket, now: servedAt }) {
      await collection.updateOne({ _id: pageId }, { $max: { [`${kind}.served`]: ticket } });
      const pace = rebasedPace((await get(pageId))[kind], { kind, ticket, now: servedAt });
      if (pace) await change(pageId, (lanes) => ({ [kind]: { ...lanes[kind], pace } }));
    },
    async note(pageId, kind, news) {
      const known = (await get(pageId))[kind];
      if (afterNews(known, news, now()) === known) return;
      await change(pageId, (lanes) => {
        const altered = afterNews(lanes[kind], news, now());
        return altered === lanes[kind] ? undefined : { [kind]: altered };
      });
    },
    async close(pageId, closed) {
      await change(pageId, (lanes) =>
        lanes.closed?.class === closed.class && lanes.closed.tokenId === closed.tokenId ? undefined : { closed },
      );
    },
    open: (pageId, closedSince) =>
      change(pageId, ({ closed }) => (closed?.since === closedSince ? closedNoMore() : undefined)),
    async listClosed() {
      const stored = await collection.find({ closed: { $exists: true } }).toArray();
      return stored.flatMap(({ _id: pageId, closed }) => (closed ? [{ pageId, closed }] : []));
    },
  };
}

interface LaneDocuments {
  get: (pageId: string) => Promise<PageLanes>;
  read: (pageId: string) => Promise<StoredLanes>;
  /** Reads, changes and writes the document if nobody else has in between; again where somebody has. */
  change: (pageId: string, alter: (lanes: PageLanes) => Partial<PageLanes> | undefined) => Promise<boolean>;
}

function createLaneDocuments(collection: Collection<StoredLanes>, now: () => number): LaneDocuments {
  const cache = new Map<string, { lanes: PageLanes; readAt: number }>();
  const remember = (pageId: string, stored: Omit<StoredLanes, '_id'>): void => {
    cache.set(pageId, { lanes: toLanes(stored), readAt: now() });
  };
  async function read(pageId: string): Promise<StoredLanes> {
    const stored = (await collection.findOne({ _id: pageId })) ?? { _id: pageId };
    remember(pageId, stored);
    return stored;
  }
  return {
    read,
    async get(pageId) {
      const cached = cache.get(pageId);
      return cached && now() - cached.readAt < CACHE_MS ? cached.lanes : toLanes(await read(pageId));
    },
    async change(pageId, alter) {
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
        const stored = await read(pageId);
        const altered = alter(toLanes(stored));
        if (!altered) return false;
        if (await writeIfUnchanged(collection, stored, altered)) {
          remember(pageId, { ...stored, ...altered });
          return true;
        }
      }
      throw new Error(`The lane of Page ${pageId} could not be written`);
    },
  };
}

async function writeIfUnchanged(
  collection: Collection<StoredLanes>,
  { _id, revision = 0 }: StoredLanes,
  altered: Partial<PageLanes>,
): Promise<boolean> {
  const $set = {
    ...pathsOf('text', altered.text),
    ...pathsOf('media', altered.media),
    ...(altered.closed && { closed: altered.closed }),
    revision: revision + 1,
  };
  const isOpened = 'closed' in altered && !altered.closed;
  const update = isOpened ? { $set, $unset: { closed: '' as const } } : { $set };
  const filter: Filter<StoredLanes> = revision === 0 ? { _id, revision: { $exists: false } } : { _id, revision };
  try {
    const { matchedCount, upsertedCount } = await collection.updateOne(filter, update, { upsert: revision === 0 });
    return matchedCount + upsertedCount > 0;
  } catch (error) {
    // Another worker has made the document in this moment.
    if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return false;
    throw error;
  }
}

/** A change that takes the closure away: the key is there, without a value. */
function closedNoMore(): Partial<PageLanes> {
  const nothing: { closed?: LaneClosure | undefined } = { closed: undefined };
  return nothing as Partial<PageLanes>;
}

function toLanes({ text, media, closed }: Omit<StoredLanes, '_id'>): PageLanes {
  return { text: { ...FREE_LANE, ...text }, media: { ...FREE_LANE, ...media }, ...(closed && { closed }) };
}

/** Tickets are counted by other updates: only the rest of a lane is set. */
function pathsOf(kind: LaneKind, lane: Lane | undefined): Record<string, unknown> {
  if (!lane) return {};
  const { heldUntil, holdReason, holds, pace } = lane;
  return {
    [`${kind}.heldUntil`]: heldUntil,
    [`${kind}.holdReason`]: holdReason,
    [`${kind}.holds`]: holds,
    ...(pace && { [`${kind}.pace`]: pace }),
  };
}
