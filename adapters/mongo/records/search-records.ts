import type { Collection, Db } from 'mongodb';
import type { ListPage, ListPageRequest } from '../../../contracts/conversation-queries.ts';
import { decodeCursor, encodeCursor } from '../paging.ts';
import {
  postingIdOf,
  RECORD_WEEKS,
  RECORD_ENTRIES,
  RECORD_POSTINGS,
  type RecordFacts,
  type StoredEntry,
  type StoredPosting,
} from './record-index.ts';
import { weekOf, entryIdOf, numberAt } from './record-place.ts';
import { isWordTerm, recordTerms } from './record-terms.ts';

/** One of these terms, or one of these conversations. */
export interface RecordClause {
  terms: readonly string[];
  conversationIds?: readonly string[];
}

/** Conversations that began in a time and meet every clause; `to` is exclusive. */
export interface RecordQuery {
  clauses: readonly RecordClause[];
  from?: number | undefined;
  to?: number | undefined;
}

/** One that was found. */
export interface FoundRecord extends RecordFacts {
  conversationId: string;
}

/** How many were found: that many, or more than that. */
interface RecordCount {
  count: number;
  isMore: boolean;
}

/** Finds conversations in the index of records. */
export interface RecordSearch {
  /** Newest first. `total` on the first page only. */
  find(query: RecordQuery, page: ListPageRequest): Promise<ListPage<FoundRecord> & { total?: RecordCount }>;
  /** How many there are, however many. */
  count(query: RecordQuery): Promise<number>;
}

/** More are told as more. */
const COUNTED = 1000;
/** Weeks that are read at once: few at first, because most pages are full soon. */
const FIRST_WEEKS = 2;
const MOST_WEEKS = 16;
/** Ids of one question to MongoDB: the stand-in compares each that it finds with all of them. */
const IDS_AT_ONCE = 200;

interface Collections {
  entries: Collection<StoredEntry>;
  postings: Collection<StoredPosting>;
  weeks: Collection<{ _id: string }>;
}

/** A clause with its conversations by week, as their numbers. */
interface PlacedClause {
  terms: readonly string[];
  numbers: Map<string, number[]>;
}

interface Hit {
  week: string;
  number: number;
}

/** Creates the search over one database. */
export function createRecordSearch(db: Db): RecordSearch {
  const collections: Collections = {
    entries: db.collection<StoredEntry>(RECORD_ENTRIES),
    postings: db.collection<StoredPosting>(RECORD_POSTINGS),
    weeks: db.collection<{ _id: string }>(RECORD_WEEKS),
  };
  return {
    async find(query, { cursor, limit }) {
      const after = decodeCursor(cursor);
      const hits: Hit[] = [];
      // One more than the page: it tells that there is another. The first page counts, too.
      const wanted = after ? limit + 1 : Math.max(limit, COUNTED) + 1;
      for await (const hit of walk(collections, query, after && { week: after.id, number: after.at })) {
        hits.push(hit);
        if (hits.length >= wanted) break;
      }
      const shown = hits.slice(0, limit);
      const last = shown.at(-1);
      const next = hits.length > limit && last ? encodeCursor({ at: last.number, id: last.week }) : null;
      const total = { count: Math.min(hits.length, COUNTED), isMore: hits.length > COUNTED };
      return { items: await findEntries(collections, shown), next, ...(!after && { total }) };
    },
    async count(query) {
      let count = 0;
      for await (const _hit of walk(collections, query, undefined)) count += 1;
      return count;
    },
  };
}

async function findEntries({ entries }: Collections, hits: readonly Hit[]): Promise<FoundRecord[]> {
  const ids = hits.map(entryIdOf);
  const projection = {
    conversationId: 1,
    dispositions: 1,
    messages: 1,
    said: 1,
    evaluationScores: 1,
    surveyScore: 1,
  } as const;
  const found = await entries.find({ _id: { $in: ids } }, { projection }).toArray();
  const byId = new Map(found.map(({ _id, ...entry }) => [_id, entry]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** What meets the query, newest first, behind `after`. */
async function* walk(collections: Collections, query: RecordQuery, after: Hit | undefined): AsyncGenerator<Hit> {
  const clauses = await placeClauses(collections, query.clauses);
  let weeks = await listWeeks(collections, query, after);
  for (let size = FIRST_WEEKS; weeks.length > 0; size = Math.min(2 * size, MOST_WEEKS)) {
    const some = weeks.slice(0, size);
    weeks = weeks.slice(size);
    const found = await matchWeeks(collections, clauses, some);
    for (const week of some) {
      const hits = boundNumbers(found.get(week) ?? [], week, query).map((number): Hit => ({ week, number }));
      yield* after ? hits.filter((hit) => isBehind(hit, after)) : hits;
    }
  }
}

const isBehind = (hit: Hit, after: Hit): boolean => hit.week < after.week || hit.number < after.number;

async function listWeeks({ weeks }: Collections, { from, to }: RecordQuery, after: Hit | undefined): Promise<string[]> {
  const all = (await weeks.find().toArray()).map(({ _id }) => _id);
  return all
    .filter((week) => from === undefined || week >= weekOf(from))
    .filter((week) => to === undefined || week <= weekOf(to))
    .filter((week) => !after || week <= after.week)
    .toSorted()
    .toReversed();
}

/** The highest first, those of the time that was asked for. */
function boundNumbers(numbers: readonly number[], week: string, { from, to }: RecordQuery): number[] {
  const least = from !== undefined && weekOf(from) === week ? numberAt(from) : 0;
  const end = to !== undefined && weekOf(to) === week ? numberAt(to) : Infinity;
  return numbers.filter((number) => number >= least && number < end).toSorted((one, other) => other - one);
}

/** The rarest first: what they leave over has to be read of the others only. */
async function placeClauses({ entries }: Collections, clauses: readonly RecordClause[]): Promise<PlacedClause[]> {
  const all = clauses.length > 0 ? clauses : [{ terms: [recordTerms.all] }];
  const placed = await Promise.all(
    all.map(async ({ terms, conversationIds = [] }) => {
      const projection = { week: 1, number: 1 } as const;
      const found = await Promise.all(
        conversationIds.map((conversationId) => entries.findOne({ conversationId }, { projection })),
      );
      const numbers = new Map<string, number[]>();
      for (const entry of found) if (entry) append(numbers, entry.week, [entry.number]);
      return { terms, numbers };
    }),
  );
  const rank = ({ terms }: PlacedClause): number => (terms.every(isWordTerm) ? 0 : 1);
  return placed.toSorted((one, other) => rank(one) - rank(other));
}

/** The numbers of each week that meet every clause. */
async function matchWeeks(
  collections: Collections,
  clauses: readonly PlacedClause[],
  weeks: readonly string[],
): Promise<Map<string, number[]>> {
  let left = new Map<string, number[] | undefined>(weeks.map((week) => [week, undefined]));
  for (const clause of clauses) {
    const meeting = await readClause(collections, clause, [...left.keys()]);
    const narrowed = new Map<string, number[]>();
    for (const [week, numbers] of meeting) {
      const before = left.get(week);
      const both = before ? before.filter((number) => numbers.has(number)) : [...numbers];
      if (both.length > 0) narrowed.set(week, both);
    }
    left = narrowed;
  }
  return left as Map<string, number[]>;
}

async function readClause(
  { postings }: Collections,
  { terms, numbers }: PlacedClause,
  weeks: readonly string[],
): Promise<Map<string, Set<number>>> {
  const ids = weeks.flatMap((week) => terms.map((term) => postingIdOf(week, term)));
  const found = new Map<string, Set<number>>();
  const parts = Array.from({ length: Math.ceil(ids.length / IDS_AT_ONCE) }, (_each, n) =>
    postings.find({ _id: { $in: ids.slice(n * IDS_AT_ONCE, (n + 1) * IDS_AT_ONCE) } }).toArray(),
  );
  for (const { _id, numbers: each } of (await Promise.all(parts)).flat()) {
    addAll(found, _id.slice(0, _id.indexOf(' ')), each);
  }
  for (const week of weeks) addAll(found, week, numbers.get(week) ?? []);
  return found;
}

function append(lists: Map<string, number[]>, key: string, more: readonly number[]): void {
  lists.set(key, [...(lists.get(key) ?? []), ...more]);
}

function addAll(sets: Map<string, Set<number>>, key: string, numbers: readonly number[]): void {
  if (numbers.length === 0) return;
  const known = sets.get(key);
  if (!known) sets.set(key, new Set(numbers));
  else for (const number of numbers) known.add(number);
}
