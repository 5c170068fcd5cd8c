import type { Collection } from 'mongodb';
import type { Part } from '../../contracts/part.ts';
import type { GatheredWriter } from './gathered-writer.ts';
import type { MessageDocument } from './message-document.ts';
import { createParkedParts, type ParkedParts } from './parked-parts.ts';
import { insertOnce, NOT_PARKED, type PartPlace } from './part-document.ts';

/** A ledger row as the sender needs it. */
export type LedgerRow = Pick<
  MessageDocument,
  | 'fate'
  | 'mid'
  | 'reason'
  | 'sendingSince'
  | 'doubtfulSince'
  | 'isResentAfterUnknown'
  | 'ticket'
  | 'parked'
  | 'outbound'
  | 'conversationId'
  | 'account'
  | 'customer'
  | 'author'
  | 'text'
  | 'at'
  | 'seq'
>;

/**
 * The delivery ledger: one row for each part, and the only truth about its fate. Fates only go forward: what is settled
 * stays settled, whichever of two writers comes last.
 */
export interface DeliveryLedger extends ParkedParts {
  /** Writes the row in fate `sending`, before the first call to Graph. False: there is a row, and it says what to do. */
  begin(place: PartPlace, part: Part, now: number): Promise<boolean>;
  find(partId: string): Promise<LedgerRow | undefined>;
  /** Takes a row from `queued` to `sending`. False: another attempt was faster. */
  claimQueued(partId: string, now: number): Promise<boolean>;
  /** Takes a doubtful row for its one repeat. False: it was settled or claimed meanwhile. */
  claimForResend(partId: string, now: number): Promise<boolean>;
  /** Back to `queued`: the call surely had no effect. Gives how often it was refused, where that is counted. */
  requeue(partId: string, options?: { isRefused: boolean }): Promise<number>;
  /** Writes a row in fate `queued` where there is none, and gives a queued part its number where it has none. */
  enqueue(place: PartPlace, part: Part, ticket: number): Promise<void>;
  /** Notes that the outcome is doubtful, once. */
  doubt(partId: string, now: number): Promise<void>;
  accept(partId: string, mid: string | undefined): Promise<unknown>;
  /** Gives the fate: of a part that was sent once more nobody knows whether its first sending arrived. */
  fail(partId: string, reason: string): Promise<'failed' | 'unknown'>;
  markUnknown(partId: string): Promise<void>;
  /** Writes a part that is not to be sent at all, as failed. */
  recordRefused(place: PartPlace, part: Part, reason: string): Promise<unknown>;
}

const UNSETTLED = { $in: ['queued', 'sending', 'unknown'] } as const;

/** Creates the ledger over collection `messages`. */
export function createDeliveryLedger(
  collection: Collection<MessageDocument>,
  writer: GatheredWriter<MessageDocument>,
): DeliveryLedger {
  async function claim(partId: string, from: 'queued' | 'sending', set: Partial<MessageDocument>): Promise<boolean> {
    const filter =
      from === 'queued'
        ? { fate: 'queued' as const }
        : { fate: 'sending' as const, isResentAfterUnknown: { $ne: true } };
    const { matchedCount } = await collection.updateOne(
      { _id: partId, ...filter },
      { $set: { ...set, fate: 'sending' }, $unset: { doubtfulSince: '', ...NOT_PARKED } },
    );
    return matchedCount === 1;
  }
  return {
    ...createParkedParts(collection, writer),
    begin: (place, part, now) =>
      writer.write(insertOnce(place, part, { fate: 'sending', sendingSince: new Date(now) })),
    async find(partId) {
      return (await collection.findOne({ _id: partId })) ?? undefined;
    },
    claimQueued: (partId, now) => claim(partId, 'queued', { sendingSince: new Date(now) }),
    claimForResend: (id, now) => claim(id, 'sending', { sendingSince: new Date(now), isResentAfterUnknown: true }),
    async requeue(partId, { isRefused } = { isRefused: false }) {
      const row = await collection.findOneAndUpdate(
        { _id: partId, fate: 'sending' },
        { $set: { fate: 'queued' }, ...(isRefused && { $inc: { refusals: 1 } }) },
        { returnDocument: 'after' },
      );
      return row?.refusals ?? 0;
    },
    async enqueue(place, part, ticket) {
      await writer.write(insertOnce(place, part, { fate: 'queued' }));
      await collection.updateOne({ _id: part.id, fate: 'queued', ticket: { $exists: false } }, { $set: { ticket } });
    },
    async doubt(partId, now) {
      await collection.updateOne(
        { _id: partId, fate: 'sending', doubtfulSince: { $exists: false } },
        { $set: { doubtfulSince: new Date(now) } },
      );
    },
    accept: (partId, mid) =>
      writer.write({
        updateOne: {
          filter: { _id: partId, fate: UNSETTLED },
          update: { $set: { fate: 'accepted', ...(mid !== undefined && { mid }) }, $unset: NOT_PARKED },
        },
      }),
    fail: (partId, reason) => fail(collection, partId, reason),
    markUnknown: async (partId) =>
      void (await collection.updateOne({ _id: partId, fate: 'sending' }, { $set: { fate: 'unknown' } })),
    recordRefused: (place, part, reason) => writer.write(insertOnce(place, part, { fate: 'failed', reason })),
  };
}

async function fail(
  collection: Collection<MessageDocument>,
  partId: string,
  reason: string,
): Promise<'failed' | 'unknown'> {
  const unsettled = { _id: partId, fate: UNSETTLED };
  const { matchedCount } = await collection.updateOne(
    { ...unsettled, isResentAfterUnknown: true },
    { $set: { fate: 'unknown', reason }, $unset: NOT_PARKED },
  );
  if (matchedCount > 0) return 'unknown';
  await collection.updateOne(unsettled, { $set: { fate: 'failed', reason }, $unset: NOT_PARKED });
  return 'failed';
}
