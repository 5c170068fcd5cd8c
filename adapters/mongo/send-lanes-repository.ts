import { MongoServerError, type Collection, type Db, type Filter } from 'mongodb';
import {
  afterChange,
  FREE_SEND_LANE,
  rebasedPace,
  type SendLane,
  type SendLaneClosure,
  type SendLaneKind,
  type SendLaneChange,
} from '../messenger/send-lane.ts';

/** How a Page stands with Meta, shared by all workers. */
interface PageSendLanes {
  text: SendLane;
  media: SendLane;
  /** Nothing of the Page leaves. */
  closed?: SendLaneClosure;
}

interface StoredSendLanes extends Partial<PageSendLanes> {
  _id: string;
  /** Rises with each change of text, media or closed: two workers that learn something at once both count. */
  revision?: number;
}

/** The Pages' lanes. A document is read at most once a second in each process; what this process learns it knows at once. */
export interface SendLanesRepository {
  get(pageId: string): Promise<PageSendLanes>;
  getFresh(pageId: string): Promise<PageSendLanes>;
  /** The next number in the order in which parts leave a slow lane. */
  takeTicket(pageId: string, kind: SendLaneKind): Promise<number>;
  /** Notes that a ticket's turn has come and been used. */
  noteServed(pageId: string, sendLane: { kind: SendLaneKind; ticket: number; now: number }): Promise<void>;
  apply(pageId: string, kind: SendLaneKind, change: Exclude<SendLaneChange, { type: 'close' }>): Promise<void>;
  close(pageId: string, closure: SendLaneClosure): Promise<void>;
  /** False: it was open, or has been closed anew since `closedSince`. */
  open(pageId: string, closedSince: number): Promise<boolean>;
  listClosed(): Promise<{ pageId: string; closed: SendLaneClosure }[]>;
}

const CACHE_MS = 1000;
const DUPLICATE_KEY = 11_000;
/** Writers of one document at a time: more attempts than that are not needed. */
const MAX_ATTEMPTS = 20;

/** Creates the repository over collection `send-lanes`. `now`: epoch milliseconds. */
export function createSendLanesRepository(db: Db, now: () => number): SendLanesRepository {
  const collection = db.collection<StoredSendLanes>('send-lanes');
  const documents = createSendLaneDocuments(collection, now);
  const { get, change } = documents;
  return {
    get,
    getFresh: async (pageId) => toSendLanes(await documents.read(pageId)),
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
      if (pace) await change(pageId, (sendLanes) => ({ [kind]: { ...sendLanes[kind], pace } }));
    },
    async apply(pageId, kind, seen) {
      const known = (await get(pageId))[kind];
      if (afterChange(known, seen, now()) === known) return;
      await change(pageId, (sendLanes) => {
        const altered = afterChange(sendLanes[kind], seen, now());
        return altered === sendLanes[kind] ? undefined : { [kind]: altered };
      });
    },
    async close(pageId, closed) {
      await change(pageId, (sendLanes) =>
        sendLanes.closed?.class === closed.class && sendLanes.closed.tokenId === closed.tokenId
          ? undefined
          : { closed },
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

interface SendLaneDocuments {
  get: (pageId: string) => Promise<PageSendLanes>;
  read: (pageId: string) => Promise<StoredSendLanes>;
  /** Reads, changes and writes the document if nobody else has in between; again where somebody has. */
  change: (pageId: string, alter: (sendLanes: PageSendLanes) => Partial<PageSendLanes> | undefined) => Promise<boolean>;
}

function createSendLaneDocuments(collection: Collection<StoredSendLanes>, now: () => number): SendLaneDocuments {
  const cache = new Map<string, { sendLanes: PageSendLanes; readAt: number }>();
  const remember = (pageId: string, stored: Omit<StoredSendLanes, '_id'>): void => {
    cache.set(pageId, { sendLanes: toSendLanes(stored), readAt: now() });
  };
  async function read(pageId: string): Promise<StoredSendLanes> {
    const stored = (await collection.findOne({ _id: pageId })) ?? { _id: pageId };
    remember(pageId, stored);
    return stored;
  }
  return {
    read,
    async get(pageId) {
      const cached = cache.get(pageId);
      return cached && now() - cached.readAt < CACHE_MS ? cached.sendLanes : toSendLanes(await read(pageId));
    },
    async change(pageId, alter) {
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
        const stored = await read(pageId);
        const altered = alter(toSendLanes(stored));
        if (!altered) return false;
        if (await writeIfUnchanged(collection, stored, altered)) {
          remember(pageId, { ...stored, ...altered });
          return true;
        }
      }
      throw new Error(`The send lane of Page ${pageId} could not be written`);
    },
  };
}

async function writeIfUnchanged(
  collection: Collection<StoredSendLanes>,
  { _id, revision = 0 }: StoredSendLanes,
  altered: Partial<PageSendLanes>,
): Promise<boolean> {
  const $set = {
    ...pathsOf('text', altered.text),
    ...pathsOf('media', altered.media),
    ...(altered.closed && { closed: altered.closed }),
    revision: revision + 1,
  };
  const isOpened = 'closed' in altered && !altered.closed;
  const update = isOpened ? { $set, $unset: { closed: '' as const } } : { $set };
  const filter: Filter<StoredSendLanes> = revision === 0 ? { _id, revision: { $exists: false } } : { _id, revision };
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
function closedNoMore(): Partial<PageSendLanes> {
  const nothing: { closed?: SendLaneClosure | undefined } = { closed: undefined };
  return nothing as Partial<PageSendLanes>;
}

function toSendLanes({ text, media, closed }: Omit<StoredSendLanes, '_id'>): PageSendLanes {
  return { text: { ...FREE_SEND_LANE, ...text }, media: { ...FREE_SEND_LANE, ...media }, ...(closed && { closed }) };
}

/** Tickets are counted by other updates: only the rest of a send lane is set. */
function pathsOf(kind: SendLaneKind, sendLane: SendLane | undefined): Record<string, unknown> {
  if (!sendLane) return {};
  const { heldUntil, holdReason, holds, pace } = sendLane;
  return {
    [`${kind}.heldUntil`]: heldUntil,
    [`${kind}.holdReason`]: holdReason,
    [`${kind}.holds`]: holds,
    ...(pace && { [`${kind}.pace`]: pace }),
  };
}
