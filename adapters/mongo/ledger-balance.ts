import type { Db, Filter } from 'mongodb';
import type { Author, PartFate } from '../../contracts/part.ts';
import type { MessageDocument } from './message-document.ts';
import type { Page, PageRequest } from '../../contracts/conversation-queries.ts';
import { decodeCursor, encodeCursor, toPage } from './paging.ts';

/** What came in and went out on one Page on one UTC day. */
export interface DayBalance {
  account: string;
  /** As `2026-11-22`. */
  day: string;
  /** Messages, postbacks and other events of customers that are in a transcript. */
  in: number;
  /** Parts of ours by what became of them; fates that no part has are absent. */
  out: Partial<Record<PartFate, number>>;
  resentAfterUnknown: number;
  /** Written in the Page Inbox or by another app: not ours, hence without a fate. */
  writtenElsewhere: number;
}

/** A part that an operator may have to look at. */
interface LedgerPart {
  id: string;
  account: string;
  customer: string;
  conversationId: string;
  author: Author;
  fate: PartFate;
  reason?: string;
  isResentAfterUnknown: boolean;
  at: number;
}

/** The ledger as an operator reads it. */
export interface LedgerBalance {
  /** `from` inclusive, `to` exclusive; by day, then Page. */
  sumByDay(range: { from: Date; to: Date }): Promise<DayBalance[]>;
  /** Newest first. */
  listParts(filter: { fate: PartFate; account?: string }, page: PageRequest): Promise<Page<LedgerPart>>;
}

interface Group {
  _id: { account: string; day: string; direction: 'in' | 'out'; fate?: PartFate | null; isResent?: boolean | null };
  count: number;
}

/** Creates the reader over collection `messages`: a `$group` over an indexed range of time, no more. */
export function createLedgerBalance(db: Db): LedgerBalance {
  const collection = db.collection<MessageDocument>('messages');
  return {
    async sumByDay({ from, to }) {
      const groups = await collection
        .aggregate<Group>([
          { $match: { at: { $gte: from, $lt: to } } },
          {
            $group: {
              _id: {
                account: '$account',
                day: { $dateToString: { format: '%Y-%m-%d', date: '$at' } },
                direction: '$direction',
                fate: '$fate',
                isResent: '$isResentAfterUnknown',
              },
              count: { $sum: 1 },
            },
          },
        ])
        .toArray();
      return addUp(groups);
    },
    async listParts(wanted, page) {
      const after = decodeCursor(page.cursor);
      const filter: Filter<MessageDocument> = { ...wanted, direction: 'out' };
      if (after) {
        const at = new Date(after.at);
        filter.$or = [{ at: { $lt: at } }, { at, _id: { $lt: after.id } }];
      }
      const found = await collection
        .find(filter, { projection: { text: 0, payload: 0, attachments: 0 } })
        .sort({ at: -1, _id: -1 })
        .limit(page.limit + 1)
        .toArray();
      return toPage(found, page.limit, {
        convert: (stored) => toPart(stored, wanted.fate),
        cursorOf: (last) => encodeCursor({ at: last.at.getTime(), id: last._id }),
      });
    },
  };
}

function addUp(groups: readonly Group[]): DayBalance[] {
  const days = new Map<string, DayBalance>();
  for (const { _id: key, count } of groups) {
    const { account, day, direction, fate, isResent } = key;
    const id = JSON.stringify([day, account]);
    const balance = days.get(id) ?? { account, day, in: 0, out: {}, resentAfterUnknown: 0, writtenElsewhere: 0 };
    days.set(id, balance);
    if (direction === 'in') balance.in += count;
    else if (fate) balance.out[fate] = (balance.out[fate] ?? 0) + count;
    else balance.writtenElsewhere += count;
    if (isResent) balance.resentAfterUnknown += count;
  }
  return [...days.entries()].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, balance]) => balance);
}

function toPart(stored: MessageDocument, fate: PartFate): LedgerPart {
  const { _id: id, account, customer, conversationId, author, reason, isResentAfterUnknown = false, at } = stored;
  return {
    id,
    account,
    customer,
    conversationId,
    author,
    fate,
    ...(reason !== undefined && { reason }),
    isResentAfterUnknown,
    at: at.getTime(),
  };
}
