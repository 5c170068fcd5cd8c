import type { Collection } from 'mongodb';
import { LET_GO, type Part } from '../../contracts/part.ts';
import type { BulkWriter } from './bulk-writer.ts';
import type { MessageDocument } from './message-document.ts';
import { createParkedParts, type ParkedParts } from './parked-parts.ts';
import {
  insertOnce,
  NOT_PARKED,
  notLaterThan,
  parkedFields,
  type Attempt,
  type PartConversation,
} from './part-document.ts';

/** A ledger row as the sender needs it. */
export type LedgerRow = Pick<
  MessageDocument,
  | 'status'
  | 'mid'
  | 'reason'
  | 'sendingSince'
  | 'doubtfulSince'
  | 'isResentAfterUnknown'
  | 'ticket'
  | 'parked'
  | 'outbound'
  | 'notes'
  | 'conversationId'
  | 'pageId'
  | 'psid'
  | 'author'
  | 'text'
  | 'at'
  | 'seq'
>;

/**
 * The delivery ledger: one row for each part, and the only truth about its delivery status. Delivery statuses only go forward: what is settled
 * stays settled, whichever of two writers comes last.
 */
export interface DeliveryLedger extends ParkedParts {
  /** Writes the row in delivery status `sending`, before the first call to Graph. False: there is a row, and it says what to do. */
  begin(conversation: PartConversation, part: Part, attempt: Attempt): Promise<boolean>;
  find(partId: string): Promise<LedgerRow | undefined>;
  /** Takes a row from `queued` to `sending`. False: another attempt was faster. */
  claimQueued(partId: string, attempt: Attempt): Promise<boolean>;
  /** Takes a doubtful row for its one repeat. False: it was settled or claimed meanwhile. */
  claimForResend(partId: string, attempt: Attempt): Promise<boolean>;
  /**
   * Back to `queued`, or still there where it failed before it was claimed: the call surely had no effect. Gives how often it was
   * refused, where that is counted. One that a person let go is parked again.
   */
  requeue(
    request: { part: Pick<Part, 'id'>; pageId: string; isLetGo?: boolean },
    attempt: Attempt & { isRefused?: boolean },
  ): Promise<number>;
  /** Writes a row in delivery status `queued` where there is none, and gives a queued part its number where it has none. */
  enqueue(conversation: PartConversation, part: Part, ticket: number): Promise<void>;
  /** Notes that the outcome is doubtful, once. */
  doubt(partId: string, now: number): Promise<void>;
  accept(partId: string, mid: string | undefined): Promise<unknown>;
  /** Gives the delivery status: of a part that was sent once more nobody knows whether its first sending arrived. */
  fail(partId: string, reason: string): Promise<'failed' | 'unknown'>;
  markUnknown(partId: string): Promise<void>;
  /** Writes a part that is not to be sent at all, as failed. */
  recordRefused(conversation: PartConversation, part: Part, reason: string): Promise<unknown>;
}

const UNRESOLVED = { $in: ['queued', 'sending', 'unknown'] } as const;

/** Creates the ledger over collection `messages`. */
export function createDeliveryLedger(
  collection: Collection<MessageDocument>,
  writer: BulkWriter<MessageDocument>,
): DeliveryLedger {
  return {
    ...createParkedParts(collection, writer),
    begin: (conversation, part, { now, attemptAt }) =>
      writer.write(
        insertOnce(conversation, part, {
          status: 'sending',
          sendingSince: new Date(now),
          attemptAt: new Date(attemptAt),
        }),
      ),
    async find(partId) {
      return (await collection.findOne({ _id: partId })) ?? undefined;
    },
    claimQueued: (partId, attempt) => claim(collection, { _id: partId, status: 'queued' }, attempt),
    claimForResend: (partId, attempt) => claim(collection, { _id: partId, status: 'sending' }, attempt),
    async requeue({ part, pageId, isLetGo = false }, { now, attemptAt, isRefused = false }) {
      const row = await collection.findOneAndUpdate(
        { _id: part.id, status: { $in: ['sending', 'queued'] }, ...notLaterThan(attemptAt) },
        {
          $set: { status: 'queued', ...(isLetGo && parkedFields(pageId, LET_GO, now)) },
          ...(isRefused && { $inc: { refusals: 1 } }),
        },
        { returnDocument: 'after' },
      );
      return row?.refusals ?? 0;
    },
    async enqueue(conversation, part, ticket) {
      await writer.write(insertOnce(conversation, part, { status: 'queued' }));
      await collection.updateOne({ _id: part.id, status: 'queued', ticket: { $exists: false } }, { $set: { ticket } });
    },
    async doubt(partId, now) {
      await collection.updateOne(
        { _id: partId, status: 'sending', doubtfulSince: { $exists: false } },
        { $set: { doubtfulSince: new Date(now) } },
      );
    },
    accept: (partId, mid) => accept(writer, partId, mid),
    fail: (partId, reason) => fail(collection, partId, reason),
    markUnknown: async (partId) =>
      void (await collection.updateOne({ _id: partId, status: 'sending' }, { $set: { status: 'unknown' } })),
    recordRefused: (conversation, part, reason) =>
      writer.write(insertOnce(conversation, part, { status: 'failed', reason })),
  };
}

/**
 * A receipt may overtake the answer of the call that sent the part: it lies on the row then. Either write may come first, as a
 * bulk keeps no order: both take a row whose outcome is open, and the receipt's also one that is accepted.
 */
function accept(writer: BulkWriter<MessageDocument>, partId: string, mid: string | undefined): Promise<unknown> {
  const known = mid === undefined ? {} : { mid };
  const accepted = {
    filter: { _id: partId, status: UNRESOLVED },
    update: { $set: { status: 'accepted' as const, ...known }, $unset: NOT_PARKED },
  };
  const received = {
    filter: { _id: partId, status: { $in: [...UNRESOLVED.$in, 'accepted' as const] }, receipt: { $exists: true } },
    update: { $rename: { receipt: 'status' }, ...(mid !== undefined && { $set: known }), $unset: NOT_PARKED },
  };
  return Promise.all([accepted, received].map((updateOne) => writer.write({ updateOne })));
}

/** Takes a row for an attempt: one that waits, or a doubtful one for its one repeat. */
async function claim(
  collection: Collection<MessageDocument>,
  { _id, status }: { _id: string; status: 'queued' | 'sending' },
  { now, attemptAt }: Attempt,
): Promise<boolean> {
  const isRepeat = status === 'sending';
  const { matchedCount } = await collection.updateOne(
    {
      _id,
      status,
      ...(isRepeat && { isResentAfterUnknown: { $ne: true } }),
      ...notLaterThan(attemptAt),
    },
    {
      $set: {
        status: 'sending',
        sendingSince: new Date(now),
        attemptAt: new Date(attemptAt),
        ...(isRepeat && { isResentAfterUnknown: true }),
      },
      $unset: { doubtfulSince: '', receipt: '', ...NOT_PARKED },
    },
  );
  return matchedCount === 1;
}

async function fail(
  collection: Collection<MessageDocument>,
  partId: string,
  reason: string,
): Promise<'failed' | 'unknown'> {
  const unresolved = { _id: partId, status: UNRESOLVED };
  const { matchedCount } = await collection.updateOne(
    { ...unresolved, isResentAfterUnknown: true },
    { $set: { status: 'unknown', reason }, $unset: NOT_PARKED },
  );
  if (matchedCount > 0) return 'unknown';
  await collection.updateOne(unresolved, { $set: { status: 'failed', reason }, $unset: NOT_PARKED });
  return 'failed';
}
