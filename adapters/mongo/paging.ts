import type { Collection, Document, Filter } from 'mongodb';
import { AppError } from '../../contracts/app-error.ts';
import type { ListPage, ListPageRequest } from '../../contracts/conversation-queries.ts';

/** Place in a list: a time in epoch milliseconds, then what orders items of the same time. */
export interface Cursor {
  at: number;
  seq?: number;
  id: string;
}

/** Writes a place as an opaque text. */
export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify([cursor.at, cursor.id, cursor.seq ?? 0])).toString('base64url');
}

/**
 * Reads a place back.
 * @throws AppError REQUEST_INVALID for a text that `encodeCursor` did not write
 */
export function decodeCursor(text: string | undefined): Required<Cursor> | undefined {
  if (text === undefined) return undefined;
  const parts = parse(text);
  const [at, id, seq] = Array.isArray(parts) ? (parts as unknown[]) : [];
  if (typeof at !== 'number' || typeof id !== 'string' || typeof seq !== 'number') {
    throw new AppError('REQUEST_INVALID', {
      details: [
        { path: 'cursor', message: 'is not a cursor of this list', remedy: 'Take `next` of the page before, or none.' },
      ],
    });
  }
  return { at, id, seq };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

/** What meets every one of these; with none, everything. */
export function allOf<Stored>(conditions: Filter<Stored>[]): Filter<Stored> {
  return conditions.length > 0 ? ({ $and: conditions } as Filter<Stored>) : {};
}

/** What a list is of: `by` is the field of the time that it goes by, a date or epoch milliseconds. */
interface ByTime<Stored, Item> {
  filter: Filter<Stored>;
  by: keyof Stored & string;
  isDate?: boolean;
  /** Fields that the list does without. */
  without?: (keyof Stored & string)[];
  convert: (stored: Stored) => Item;
}

/** One page of a list, newest first. @throws AppError REQUEST_INVALID for a cursor that is none of the list's */
export function findNewestFirst<Stored extends Document & { _id: string }, Item>(
  collection: Collection<Stored>,
  page: ListPageRequest,
  list: ByTime<Stored, Item>,
): Promise<ListPage<Item>> {
  return findByTime(collection, page, { ...list, direction: -1 });
}

/** One page of a list, the earliest first. @throws AppError REQUEST_INVALID for a cursor that is none of the list's */
export function findEarliestFirst<Stored extends Document & { _id: string }, Item>(
  collection: Collection<Stored>,
  page: ListPageRequest,
  list: ByTime<Stored, Item>,
): Promise<ListPage<Item>> {
  return findByTime(collection, page, { ...list, direction: 1 });
}

async function findByTime<Stored extends Document & { _id: string }, Item>(
  collection: Collection<Stored>,
  page: ListPageRequest,
  { filter, by, isDate = false, without = [], convert, direction }: ByTime<Stored, Item> & { direction: 1 | -1 },
): Promise<ListPage<Item>> {
  const after = decodeCursor(page.cursor);
  const time = after && (isDate ? new Date(after.at) : after.at);
  const beyond = direction === 1 ? '$gt' : '$lt';
  const isNext = {
    $or: [{ [by]: { [beyond]: time } }, { [by]: time, _id: { [beyond]: after?.id } }],
  } as Filter<Stored>;
  const found = await collection
    .find<Stored>(after ? ({ $and: [filter, isNext] } as Filter<Stored>) : filter, {
      projection: Object.fromEntries(without.map((field) => [field, 0])),
    })
    .sort([
      [by, direction],
      ['_id', direction],
    ])
    .limit(page.limit + 1)
    .toArray();
  return toListPage(found, page.limit, {
    convert,
    cursorOf: (last) => encodeCursor({ at: Number(last[by]), id: last._id }),
  });
}

/** Makes a page of one item more than asked for: that one only tells that there is a next page. */
export function toListPage<Stored, Item>(
  found: Stored[],
  limit: number,
  { convert, cursorOf }: { convert: (stored: Stored) => Item; cursorOf: (last: Stored) => string },
): ListPage<Item> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items: items.map(convert), next: found.length > limit && last !== undefined ? cursorOf(last) : null };
}
