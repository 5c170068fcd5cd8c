import type { Collection, Db } from 'mongodb';
import type { Author, DeliveryStatus } from '../../contracts/part.ts';
import type { DayCount } from './count-by-day.ts';
import { DEAD_LETTER_COLLECTION } from './dead-letters.ts';
import type { MessageDocument } from './message-document.ts';
import type { ListPage, ListPageRequest } from '../../contracts/conversation-queries.ts';
import { findNewestFirst } from './paging.ts';
import { SPOOL_COLLECTION } from './webhook-spool.ts';

/** What came in and went out on one Page on one UTC day. */
export interface DayBalance {
  pageId: string;
  /** As `2026-11-22`. */
  day: string;
  /** Customers' messages, postbacks and other events: handled, spooled and dead-lettered ones. */
  in: number;
  /** Those that a conversation has taken. */
  handled: number;
  /** Durable in the spool, until Temporal can be reached. */
  spooled: number;
  /** In the dead letters, because they could not be handled. */
  deadLettered: number;
  /** Seen while another app owned the thread: not ours to handle, hence not in the sum. */
  seenOnStandby: number;
  /** Parts of ours by what became of them; delivery statuses that no part has are absent. */
  out: Partial<Record<DeliveryStatus, number>>;
  resentAfterUnknown: number;
  /** Written in the Page Inbox or by another app: not ours, hence without a delivery status. */
  writtenElsewhere: number;
}

/** A part that an operator may have to look at. */
interface LedgerPart {
  id: string;
  pageId: string;
  psid: string;
  conversationId: string;
  author: Author;
  status: DeliveryStatus;
  reason?: string;
  parked?: MessageDocument['parked'];
  isResentAfterUnknown: boolean;
  at: number;
}

/** The ledger as an operator reads it. */
export interface LedgerBalance {
  /** `from` inclusive, `to` exclusive; by day, then Page. */
  sumByDay(range: { from: Date; to: Date }): Promise<DayBalance[]>;
  /** Newest first. */
  listParts(
    filter: { status: DeliveryStatus; pageId?: string; isParked?: boolean },
    page: ListPageRequest,
  ): Promise<ListPage<LedgerPart>>;
}

interface Group {
  _id: {
    pageId: string;
    day: string;
    direction: 'in' | 'out';
    status?: DeliveryStatus | null;
    isResent?: boolean | null;
    isStandby?: boolean | null;
  };
  count: number;
}

/** Creates the reader over collection `messages`: a `$group` over an indexed range of time, no more. */
export function createLedgerBalance(db: Db): LedgerBalance {
  const collection = db.collection<MessageDocument>('messages');
  return {
    async sumByDay({ from, to }) {
      const groups = await collection
        .aggregate<Group>([
          { $match: { at: { $gte: from, $lt: to }, direction: { $in: ['in', 'out'] } } },
          {
            $group: {
              _id: {
                pageId: '$pageId',
                day: { $dateToString: { format: '%Y-%m-%d', date: '$at' } },
                direction: '$direction',
                status: '$status',
                isResent: '$isResentAfterUnknown',
                isStandby: '$isStandby',
              },
              count: { $sum: 1 },
            },
          },
        ])
        .toArray();
      const [spooled, deadLettered] = await Promise.all([
        sumWaiting(db.collection<Waiting>(SPOOL_COLLECTION), { from, to }),
        sumWaiting(db.collection<Waiting>(DEAD_LETTER_COLLECTION), { from, to }),
      ]);
      return addUp(groups, { spooled, deadLettered });
    },
    listParts: ({ isParked, ...wanted }, page) =>
      findNewestFirst(collection, page, {
        filter: { ...wanted, direction: 'out', ...(isParked && { parkedOn: { $exists: true } }) },
        by: 'at',
        isDate: true,
        without: ['text', 'payload', 'attachments', 'outbound'],
        convert: (stored) => toPart(stored, wanted.status),
      }),
  };
}

interface Waiting {
  days: DayCount[];
}

/** Sums what waits outside the transcripts; both collections are small, or soon to be. */
async function sumWaiting(
  collection: Collection<Waiting>,
  { from, to }: { from: Date; to: Date },
): Promise<DayCount[]> {
  const [first, end] = [from, to].map((date) => date.toISOString().slice(0, 10)) as [string, string];
  const counts: DayCount[] = [];
  for await (const { days } of collection.find({ 'days.day': { $gte: first } }, { projection: { days: 1 } })) {
    counts.push(...days.filter(({ day }) => day >= first && day < end));
  }
  return counts;
}

function addUp(
  groups: readonly Group[],
  waiting: Record<'spooled' | 'deadLettered', readonly DayCount[]>,
): DayBalance[] {
  const days = new Map<string, DayBalance>();
  for (const { _id: key, count } of groups) {
    const { pageId, day, direction, status, isResent, isStandby } = key;
    const balance = balanceOf(days, { pageId, day });
    if (direction === 'in' && isStandby === true) balance.seenOnStandby += count;
    else if (direction === 'in') balance.handled += count;
    else if (status) balance.out[status] = (balance.out[status] ?? 0) + count;
    else balance.writtenElsewhere += count;
    if (isResent) balance.resentAfterUnknown += count;
  }
  for (const kind of ['spooled', 'deadLettered'] as const) {
    for (const { pageId, day, count } of waiting[kind]) balanceOf(days, { pageId, day })[kind] += count;
  }
  for (const balance of days.values()) balance.in = balance.handled + balance.spooled + balance.deadLettered;
  return [...days.entries()].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, balance]) => balance);
}

function balanceOf(days: Map<string, DayBalance>, { pageId, day }: { pageId: string; day: string }): DayBalance {
  const id = JSON.stringify([day, pageId]);
  const none = {
    in: 0,
    handled: 0,
    spooled: 0,
    deadLettered: 0,
    seenOnStandby: 0,
    resentAfterUnknown: 0,
    writtenElsewhere: 0,
  };
  const balance = days.get(id) ?? { pageId, day, out: {}, ...none };
  days.set(id, balance);
  return balance;
}

function toPart(stored: MessageDocument, status: DeliveryStatus): LedgerPart {
  const { _id: id, pageId, psid, conversationId, author, reason, isResentAfterUnknown = false, at } = stored;
  return {
    id,
    pageId,
    psid,
    conversationId,
    author,
    status,
    ...(reason !== undefined && { reason }),
    ...(stored.parked && { parked: stored.parked }),
    isResentAfterUnknown,
    at: at.getTime(),
  };
}
