import type { Collection, Db } from 'mongodb';
import type { WebhookEvent } from '../../contracts/webhook-event.ts';
import type { SecretBox } from '../secrets.ts';
import { countByDay, type DayCount } from './count-by-day.ts';

/** One piece of the spool: a Page's events in the order they came. */
export interface SpoolEntry {
  id: string;
  pageId: string;
  /** None where it cannot be read. */
  events: WebhookEvent[];
  /** How many events it was added with. */
  count: number;
  /** Why it cannot be read, and what of it is known all the same. */
  unreadable?: { reason: string; sealed: string; days: DayCount[] };
}

/** A Page whose spool is not empty; newer events of it must wait behind. */
export interface OpenPage {
  pageId: string;
  /** Events that wait; a little too high after a crash, until the spool is empty. */
  waiting: number;
}

/**
 * Events that are durable but not with the actors yet, in order for each Page. Contents are encrypted; several
 * processes may add and drain.
 */
export interface WebhookSpool {
  /** Durable once it resolves. False: the Page's spool is full, nothing was added. */
  add(pageId: string, events: readonly WebhookEvent[]): Promise<boolean>;
  listOpen(): Promise<OpenPage[]>;
  /** Takes or renews the right to drain a Page until `until` (epoch ms). False: another process has it. */
  claim(pageId: string, claim: { by: string; now: number; until: number }): Promise<boolean>;
  release(pageId: string, by: string): Promise<void>;
  /** The oldest entries of a Page, also those that cannot be read. */
  listNext(pageId: string, limit: number): Promise<SpoolEntry[]>;
  /** Reads what an entry was sealed as. @throws Error where it cannot be read, because its key is not at hand or it is damaged */
  open(id: string, sealed: string): WebhookEvent[];
  /** Removes what has been handled. */
  remove(entry: SpoolEntry): Promise<void>;
  /** Ends the spooling of a Page. False where something came in meanwhile. */
  closeIfEmpty(pageId: string): Promise<boolean>;
  /** Opens Pages again whose entries a process left behind by dying between two writes. */
  reopenForgotten(): Promise<void>;
}

interface StoredEntry {
  _id: string;
  pageId: string;
  seq: number;
  count: number;
  /** Customers' events by UTC day, for the ledger's balance. */
  days: DayCount[];
  sealed: string;
}

interface StoredPage {
  _id: string;
  nextSeq: number;
  waiting: number;
  isOpen?: boolean;
  claimedBy?: string;
  claimedUntil?: number;
}

/** Bound of one Page: at 300 bytes an event some 60 MB. What is more stays with Messenger, which tries again for an hour. */
const MAX_WAITING = 200_000;
/** Of one entry: what a crash makes a drain do again, and far below MongoDB's 16 MB. */
const ENTRY_MAX_EVENTS = 100;
const ENTRY_MAX_CHARACTERS = 512 * 1024;

/** Names of the collections, for erasing and key changes. */
export const SPOOL_COLLECTION = 'webhook-spool';
const PAGES_COLLECTION = 'webhook-spool-pages';

/** Where an entry's contents are sealed to. */
export const spoolEncryptionContext = (id: string): string => `${SPOOL_COLLECTION}.${id}.sealed`;

/** Creates the spool. Order comes from a counter in the Page's document, not from clocks. */
export function createWebhookSpool(db: Db, secrets: SecretBox): WebhookSpool {
  const entries = db.collection<StoredEntry>(SPOOL_COLLECTION);
  const pages = db.collection<StoredPage>(PAGES_COLLECTION);
  return {
    open: (id, sealed) => openSpooled(secrets, id, sealed),
    add: (pageId, events) => add({ entries, pages, secrets }, pageId, events),
    async listOpen() {
      const open = await pages.find({ isOpen: true }).toArray();
      return open.map(({ _id, waiting }) => ({ pageId: _id, waiting }));
    },
    async claim(pageId, { by, now, until }) {
      const free = [{ claimedBy: by }, { claimedUntil: { $exists: false } }, { claimedUntil: { $lt: now } }];
      const { matchedCount } = await pages.updateOne(
        { _id: pageId, $or: free },
        { $set: { claimedBy: by, claimedUntil: until } },
      );
      return matchedCount > 0;
    },
    async release(pageId, by) {
      await pages.updateOne({ _id: pageId, claimedBy: by }, { $unset: { claimedBy: '', claimedUntil: '' } });
    },
    async listNext(pageId, limit) {
      const found = await entries.find({ pageId }).sort({ seq: 1 }).limit(limit).toArray();
      return found.map((stored) => toEntry(secrets, stored));
    },
    async remove({ id, pageId, count }) {
      const { deletedCount } = await entries.deleteOne({ _id: id });
      if (deletedCount > 0) await pages.updateOne({ _id: pageId }, { $inc: { waiting: -count } });
    },
    async closeIfEmpty(pageId) {
      const page = await pages.findOne({ _id: pageId });
      if (!page) return true;
      if (await entries.findOne({ pageId }, { projection: { _id: 1 } })) return false;
      // A writer that took a number in between keeps the Page open: the filter misses.
      const { matchedCount } = await pages.updateOne(
        { _id: pageId, nextSeq: page.nextSeq },
        { $set: { isOpen: false, waiting: 0 } },
      );
      return matchedCount > 0;
    },
    async reopenForgotten() {
      const pageIds = await entries.distinct('pageId');
      for (const _id of pageIds) await pages.updateOne({ _id, isOpen: false }, { $set: { isOpen: true } });
    },
  };
}

/** Indexes of the collections; creating them again changes nothing. */
export async function ensureSpoolIndexes(db: Db): Promise<void> {
  await db.collection(SPOOL_COLLECTION).createIndex({ pageId: 1, seq: 1 }, { name: 'order' });
}

function toEntry(secrets: SecretBox, { _id: id, pageId, count, days, sealed }: StoredEntry): SpoolEntry {
  try {
    return { id, pageId, count, events: openSpooled(secrets, id, sealed) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { id, pageId, count, events: [], unreadable: { reason, sealed, days } };
  }
}

/** Reads an entry. @throws Error that names it, and nothing of what is in it */
export function openSpooled(secrets: SecretBox, id: string, sealed: string): WebhookEvent[] {
  const text = secrets.open(sealed, spoolEncryptionContext(id));
  try {
    const events: unknown = JSON.parse(text);
    if (Array.isArray(events)) return events as WebhookEvent[];
  } catch {
    // Told below: what the parser says quotes the text.
  }
  throw new Error(`${spoolEncryptionContext(id)} holds no list of events`);
}

interface Stores {
  entries: Collection<StoredEntry>;
  pages: Collection<StoredPage>;
  secrets: SecretBox;
}

/**
 * Number, entries, flag, in this order: a crash in between leaves a gap, or entries that Messenger delivers again because
 * it got no answer. The flag comes last so that a drain that just found the spool empty cannot close over them.
 */
async function add(
  { entries, pages, secrets }: Stores,
  pageId: string,
  events: readonly WebhookEvent[],
): Promise<boolean> {
  const pieces = cut(events);
  if (pieces.length === 0) return true;
  const page = await pages.findOneAndUpdate(
    { _id: pageId },
    { $inc: { nextSeq: pieces.length, waiting: events.length } },
    { upsert: true, returnDocument: 'after' },
  );
  if (!page) throw new Error('MongoDB gave no number for the spool');
  if (page.waiting > MAX_WAITING) {
    await pages.updateOne({ _id: pageId }, { $inc: { waiting: -events.length } });
    return false;
  }
  const documents = pieces.map((piece, index) => {
    const seq = page.nextSeq - pieces.length + index;
    const _id = `${encodeURIComponent(pageId)}:${seq}`;
    const sealed = secrets.seal(JSON.stringify(piece), spoolEncryptionContext(_id));
    return { _id, pageId, seq, count: piece.length, days: countByDay(piece), sealed };
  });
  await entries.insertMany(documents);
  await pages.updateOne({ _id: pageId }, { $set: { isOpen: true } });
  return true;
}

function cut(events: readonly WebhookEvent[]): WebhookEvent[][] {
  const pieces: WebhookEvent[][] = [];
  let room = 0;
  for (const event of events) {
    const { length } = JSON.stringify(event);
    if (room < length || (pieces.at(-1)?.length ?? 0) >= ENTRY_MAX_EVENTS) {
      pieces.push([]);
      room = ENTRY_MAX_CHARACTERS;
    }
    pieces.at(-1)?.push(event);
    room -= length;
  }
  return pieces;
}
