import { createHash } from 'node:crypto';
import type { Collection, Db, Filter } from 'mongodb';
import type { Case, CaseChange, CaseComment, CaseFieldChanges, CaseFields } from '../../../contracts/case.ts';
import type { ListPage, ListPageRequest } from '../../../contracts/conversation-queries.ts';
import { insertIfAbsent } from '../configuration/natural-key-repository.ts';
import { allOf, findNewestFirst } from '../paging.ts';
import { normaliseText } from './contact-keys.ts';
import { beginsWith } from './search-contacts.ts';

/** A case in collection `cases`, with the words by which it is looked for. */
export type StoredCase = Omit<Case, 'id'> & { _id: string; searchKeys: string[] };

export const CASE_COLLECTION = 'cases';
const FIRST_NUMBER = 1001;
const MAX_ATTEMPTS = 10;
/** What one document carries: the oldest changes are forgotten. */
const MAX_CHANGES = 500;
/** Comments of one case. */
export const MAX_COMMENTS = 1000;
const MAX_KEYS = 100;

/** Which cases are wanted. */
interface CaseFilter {
  /** Number, or beginnings of words of the title. */
  query?: string;
  status?: string;
  /** Statuses that are not wanted: the closed ones, of somebody who asks for what is open. */
  notStatus?: readonly string[];
  onlyStatus?: readonly string[];
  owner?: string;
  contactIds?: readonly string[];
}

/** What a case begins with. `key`: of what makes it; the same key makes it once. */
interface NewCase extends CaseFields {
  key: string;
  contactId?: string;
  conversationId?: string;
  by: string;
  at: number;
}

/** Cases by id and number. Times in epoch milliseconds. */
export interface CasesRepository {
  create(made: NewCase): Promise<Case>;
  find(id: string): Promise<Case | undefined>;
  findByNumber(number: number): Promise<Case | undefined>;
  findMany(ids: readonly string[]): Promise<Case[]>;
  /** Newest first. */
  list(filter: CaseFilter, page: ListPageRequest): Promise<ListPage<Case>>;
  search(condition: Filter<StoredCase>, limit: number): Promise<Case[]>;
  /** Changes fields and remembers who changed what. Undefined where there is none of this id. */
  change(id: string, fields: CaseFieldChanges, by: { by: string; at: number }): Promise<Case | undefined>;
  /** The same comment, by its id, is added once. */
  comment(id: string, comment: CaseComment): Promise<Case | undefined>;
  link(id: string, conversationId: string, by: { by: string; at: number }): Promise<Case | undefined>;
}

interface Counter {
  _id: string;
  value: number;
}

/** Creates the repository over collections `cases` and `counters`. */
export function createCasesRepository(db: Db): CasesRepository {
  const collection = db.collection<StoredCase>(CASE_COLLECTION);
  const counters = db.collection<Counter>('counters');

  async function nextNumber(): Promise<number> {
    const counter = await counters.findOneAndUpdate(
      { _id: 'case-number' },
      { $inc: { value: 1 } },
      { upsert: true, returnDocument: 'after' },
    );
    if (!counter) throw new Error('MongoDB gave no counter after raising the number of cases');
    return FIRST_NUMBER - 1 + counter.value;
  }

  const find = async (id: string): Promise<Case | undefined> => {
    const stored = await collection.findOne({ _id: id });
    return stored ? toCase(stored) : undefined;
  };

  return {
    async create({ key, ...made }) {
      const id = createHash('sha256').update(key).digest('base64url').slice(0, 22);
      const earlier = await find(id);
      if (earlier) return earlier;
      // A number that a crash leaves without a case stays without one: nothing else gives it out.
      await insertIfAbsent(collection, toStored({ ...beginCase(made), id, number: await nextNumber() }));
      const created = await find(id);
      if (!created) throw new Error('MongoDB gave no case after writing one');
      return created;
    },
    find,
    async findByNumber(number) {
      const stored = await collection.findOne({ number });
      return stored ? toCase(stored) : undefined;
    },
    async findMany(ids) {
      if (ids.length === 0) return [];
      return (await collection.find({ _id: { $in: [...ids] } }).toArray()).map(toCase);
    },
    list: (filter, page) => listCases(collection, filter, page),
    async search(condition, limit) {
      const found = await collection.find(condition).sort({ createdAt: -1, _id: -1 }).limit(limit).toArray();
      return found.map(toCase);
    },
    ...createChanges(collection),
  };
}

function createChanges(collection: Collection<StoredCase>): Pick<CasesRepository, 'change' | 'comment' | 'link'> {
  return {
    change: (id, fields, { by, at }) =>
      changeCase(collection, { id, at }, (known) => {
        const changes = listChanges(known, fields, { by, at });
        if (changes.length === 0) return undefined;
        // What is undefined is not written: the repository leaves it out.
        return { ...known, ...(fields as Partial<CaseFields>), changes: [...known.changes, ...changes] };
      }),
    comment: (id, comment) =>
      changeCase(collection, { id, at: comment.at }, (known) =>
        known.comments.some((earlier) => earlier.id === comment.id)
          ? undefined
          : { ...known, comments: [...known.comments, comment].slice(-MAX_COMMENTS) },
      ),
    link: (id, conversationId, { by, at }) =>
      changeCase(collection, { id, at }, (known) => {
        if (known.conversationIds.includes(conversationId)) return undefined;
        const change = { at, by, field: 'conversation', to: conversationId };
        const conversationIds = [...known.conversationIds, conversationId];
        return { ...known, conversationIds, changes: [...known.changes, change] };
      }),
  };
}

/** Indexes of the collection; creating them again changes nothing. */
export async function ensureCaseIndexes(db: Db): Promise<void> {
  await db.collection(CASE_COLLECTION).createIndexes([
    { key: { number: 1 }, name: 'number', unique: true },
    { key: { createdAt: -1, _id: -1 }, name: 'newest' },
    { key: { contactId: 1, createdAt: -1 }, name: 'contact' },
    { key: { status: 1, createdAt: -1 }, name: 'status' },
    { key: { owner: 1, createdAt: -1 }, name: 'owner', sparse: true },
    { key: { conversationIds: 1 }, name: 'conversations' },
    { key: { searchKeys: 1 }, name: 'search' },
  ]);
}

function beginCase({ conversationId, by, at, ...fields }: Omit<NewCase, 'key'>): Omit<Case, 'id' | 'number'> {
  return {
    ...fields,
    revision: 1,
    conversationIds: conversationId === undefined ? [] : [conversationId],
    comments: [],
    changes: [],
    createdAt: at,
    createdBy: by,
    updatedAt: at,
  };
}

function listChanges(known: Case, fields: CaseFieldChanges, { by, at }: { by: string; at: number }): CaseChange[] {
  return Object.entries(fields).flatMap(([field, to]) => {
    const from = known[field as keyof CaseFields];
    if (from === to) return [];
    return [{ at, by, field, ...(from !== undefined && { from }), ...(to !== undefined && { to }) }];
  });
}

async function changeCase(
  collection: Collection<StoredCase>,
  { id, at }: { id: string; at: number },
  edit: (known: Case) => Case | undefined,
): Promise<Case | undefined> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const stored = await collection.findOne({ _id: id });
    const known = stored ? toCase(stored) : undefined;
    const edited = known && edit(known);
    if (!edited) return known;
    const changes = edited.changes.slice(-MAX_CHANGES);
    const next = { ...edited, changes, revision: known.revision + 1, updatedAt: at };
    const { _id, ...fields } = toStored(next);
    const unchanged = { _id, revision: known.revision };
    const { matchedCount } = await collection.replaceOne(unchanged, fields, { ignoreUndefined: true });
    if (matchedCount > 0) return next;
  }
  throw new Error(`Case ${id} is changed by too many at once`);
}

function listCases(
  collection: Collection<StoredCase>,
  filter: CaseFilter,
  page: ListPageRequest,
): Promise<ListPage<Case>> {
  return findNewestFirst(collection, page, { filter: allOf(conditionsOf(filter)), by: 'createdAt', convert: toCase });
}

function conditionsOf({
  query = '',
  status,
  notStatus,
  onlyStatus,
  owner,
  contactIds,
}: CaseFilter): Filter<StoredCase>[] {
  return [
    ...wordsOf(query).map((word) => ({ searchKeys: beginsWith(word) })),
    ...(status === undefined ? [] : [{ status }]),
    ...(notStatus ? [{ status: { $nin: [...notStatus] } }] : []),
    ...(onlyStatus ? [{ status: { $in: [...onlyStatus] } }] : []),
    ...(owner === undefined ? [] : [{ owner }]),
    ...(contactIds ? [{ contactId: { $in: [...contactIds] } }] : []),
  ];
}

const wordsOf = (text: string): string[] => normaliseText(text).split(' ').filter(Boolean);

function toStored({ id, ...fields }: Case): StoredCase {
  const searchKeys = [...new Set([String(fields.number), ...wordsOf(fields.title)])].slice(0, MAX_KEYS);
  return { _id: id, ...fields, searchKeys };
}

function toCase({ _id, searchKeys: _keys, ...fields }: StoredCase): Case {
  return { id: _id, ...fields };
}
