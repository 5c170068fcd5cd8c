import { AppError } from '../../contracts/app-error.ts';
import type { ListPage } from '../../contracts/conversation-queries.ts';

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
