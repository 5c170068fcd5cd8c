import type { AnyBulkWriteOperation, Collection, Db } from 'mongodb';
import type { ConversationKey } from '../../../contracts/conversation-key.ts';
import type { Author } from '../../../contracts/part.ts';
import { createBulkWriter, type BulkWriter } from '../bulk-writer.ts';
import { entryIdOf, placeOf, type RecordPlace } from './record-place.ts';

/** What a list says of a conversation beside its record: worked out once, when it is indexed. */
export interface RecordFacts {
  dispositions: string[];
  messages: number;
  /** Of its published evaluations, in the order of the stretches; and of what the customer said of it. 0 to 100. */
  evaluationScores?: number[];
  surveyScore?: number;
  /** What was said with the customer, as far as room is: lists show of it where the words stand. */
  said: SaidText[];
}

/** A message as lists quote it. */
export interface SaidText {
  by: Author['kind'];
  text: string;
  /** Epoch milliseconds. */
  at: number;
}

/** A conversation on its way into the index. */
export interface RecordEntry extends ConversationKey {
  conversationId: string;
  startedAt: number;
  terms: ReadonlySet<string>;
  facts: RecordFacts;
}

/** What the index holds of one conversation, under the id of its place. */
export interface StoredEntry extends ConversationKey, RecordFacts {
  _id: string;
  week: string;
  number: number;
  conversationId: string;
  /** All terms under which its number may stand; one to a line, because a list of so many takes twice the room. */
  terms: string;
  /** Its numbers are being written: each of them may be missing. */
  isWriting?: true;
}

/** The conversations of one week under one term, by their numbers. */
export interface StoredPosting {
  /** The week, a space, the term. */
  _id: string;
  numbers: number[];
}

export const RECORD_ENTRIES = 'record-entries';
export const RECORD_POSTINGS = 'record-postings';
/** Weeks in which a conversation began that is in the index. */
export const RECORD_WEEKS = 'record-weeks';
const MAX_ATTEMPTS = 50;
const DELETED_AT_ONCE = 1000;

/** The id of the conversations of a week under a term. */
export const postingIdOf = (week: string, term: string): string => `${week} ${term}`;

const termsIn = ({ terms }: Pick<StoredEntry, 'terms'>): string[] => terms.split('\n');

/**
 * The inverted index of conversations: for each week and term the numbers of those that have it. Every write can be repeated;
 * one conversation is written by one process at a time (`record-marks.ts`).
 */
export interface RecordIndex {
  /** Has the index say of each conversation what is given, and nothing else. */
  put(entries: readonly RecordEntry[]): Promise<void>;
  /** Takes conversations out. */
  remove(conversationIds: readonly string[]): Promise<void>;
  /** Takes out all of one customer; gives how many those were. */
  removeOfCustomer(key: ConversationKey): Promise<number>;
}

interface Collections {
  entries: Collection<StoredEntry>;
  postings: Collection<StoredPosting>;
  weeks: Collection<{ _id: string }>;
  entryWriter: BulkWriter<StoredEntry>;
  postingWriter: BulkWriter<StoredPosting>;
}

/** Creates the index over one database. */
export function createRecordIndex(db: Db): RecordIndex {
  const entries = db.collection<StoredEntry>(RECORD_ENTRIES);
  const postings = db.collection<StoredPosting>(RECORD_POSTINGS);
  const collections: Collections = {
    entries,
    postings,
    weeks: db.collection<{ _id: string }>(RECORD_WEEKS),
    entryWriter: createBulkWriter(entries),
    postingWriter: createBulkWriter(postings),
  };
  return {
    put: (all) => put(collections, all),
    async remove(conversationIds) {
      const found = await Promise.all(conversationIds.map((conversationId) => entries.findOne({ conversationId })));
      await removeEntries(
        collections,
        found.flatMap((entry) => entry ?? []),
      );
    },
    async removeOfCustomer({ pageId, psid }) {
      const found = await entries.find({ pageId, psid }).toArray();
      await removeEntries(collections, found);
      return found.length;
    },
  };
}

/** Indexes of the collections; creating them again changes nothing. */
export async function ensureRecordIndexes(db: Db): Promise<void> {
  await db.collection(RECORD_ENTRIES).createIndexes([
    { key: { conversationId: 1 }, name: 'conversation' },
    { key: { pageId: 1, psid: 1 }, name: 'customer' },
  ]);
}

/** What has to be written of one conversation. */
interface Change {
  entry: RecordEntry;
  place: RecordPlace;
  added: string[];
  removed: string[];
  /** Everything under which it may stand until all is written. */
  either: string[];
}

async function put(collections: Collections, all: readonly RecordEntry[]): Promise<void> {
  const changes = await Promise.all(all.map((entry) => toChange(collections, entry)));
  await addWeeks(collections, changes);
  const changed = changes.filter(({ added, removed }) => added.length + removed.length > 0);
  // First: what the numbers stand under has to be known, or nobody could take them away again.
  await Promise.all(changed.map((change) => writeEntry(collections, change, true)));
  await writePostings(collections, {
    added: changed.flatMap(({ place, added }) => added.map((term) => ({ place, term }))),
    removed: changed.flatMap(({ place, removed }) => removed.map((term) => ({ place, term }))),
  });
  await Promise.all(changes.map((change) => writeEntry(collections, change, false)));
}

async function toChange({ entries }: Collections, entry: RecordEntry): Promise<Change> {
  const { conversationId, terms } = entry;
  const known = await entries.findOne({ conversationId });
  if (!known) {
    const place = await findFreePlace(entries, entry);
    return { entry, place, added: [...terms], removed: [], either: [...terms] };
  }
  const { week, number, isWriting } = known;
  const before = new Set(termsIn(known));
  // What another attempt left half done is done again.
  const added = [...terms].filter((term) => isWriting === true || !before.has(term));
  const removed = [...before].filter((term) => !terms.has(term));
  return { entry, place: { week, number }, added, removed, either: [...new Set([...before, ...terms])] };
}

async function findFreePlace(entries: Collection<StoredEntry>, entry: RecordEntry): Promise<RecordPlace> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const place = placeOf(entry, attempt);
    const taken = await entries.findOne({ _id: entryIdOf(place) }, { projection: { conversationId: 1 } });
    if (!taken || taken.conversationId === entry.conversationId) return place;
  }
  throw new Error(`No place in the index of records is free for ${entry.conversationId}`);
}

function writeEntry(
  { entryWriter }: Collections,
  { entry, place, either }: Change,
  isWriting: boolean,
): Promise<boolean> {
  const { conversationId, pageId, psid, facts } = entry;
  const terms = isWriting ? either : [...entry.terms];
  const fields = { ...place, conversationId, pageId, psid, ...facts, terms: terms.join('\n') };
  const update = isWriting
    ? { $set: { ...fields, isWriting: true as const } }
    : { $set: fields, $unset: { isWriting: '' as const } };
  return entryWriter.write({ updateOne: { filter: { _id: entryIdOf(place) }, update, upsert: true } });
}

async function addWeeks({ weeks }: Collections, changes: readonly Change[]): Promise<void> {
  for (const _id of new Set(changes.map(({ place }) => place.week))) {
    await weeks.updateOne({ _id }, { $setOnInsert: { _id } }, { upsert: true });
  }
}

interface Placing {
  place: RecordPlace;
  term: string;
}

async function writePostings(
  { postings, postingWriter }: Collections,
  { added, removed }: { added: readonly Placing[]; removed: readonly Placing[] },
): Promise<void> {
  const additions = [...byPosting(added)].map(([_id, numbers]): AnyBulkWriteOperation<StoredPosting> => ({
    updateOne: { filter: { _id }, update: { $addToSet: { numbers: { $each: numbers } } }, upsert: true },
  }));
  const removals = [...byPosting(removed)].map(([_id, numbers]): AnyBulkWriteOperation<StoredPosting> => ({
    updateOne: { filter: { _id }, update: { $pull: { numbers: { $in: numbers } } } },
  }));
  await Promise.all([...additions, ...removals].map((operation) => postingWriter.write(operation)));
  const touched = [...byPosting(removed).keys()];
  for (let from = 0; from < touched.length; from += DELETED_AT_ONCE) {
    // A word that nobody said must not stay because somebody once did.
    await postings.deleteMany({ _id: { $in: touched.slice(from, from + DELETED_AT_ONCE) }, numbers: { $size: 0 } });
  }
}

function byPosting(placings: readonly Placing[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const { place, term } of placings) {
    const id = postingIdOf(place.week, term);
    const numbers = found.get(id);
    if (numbers) numbers.push(place.number);
    else found.set(id, [place.number]);
  }
  return found;
}

/** The entries last: they alone know where the numbers stand. */
async function removeEntries(collections: Collections, found: readonly StoredEntry[]): Promise<void> {
  const removed = found.flatMap((entry) => termsIn(entry).map((term) => ({ place: entry, term })));
  await writePostings(collections, { added: [], removed });
  await Promise.all(found.map(({ _id, conversationId }) => collections.entries.deleteOne({ _id, conversationId })));
}
