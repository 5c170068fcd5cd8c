import type { Collection } from 'mongodb';
import type { Part } from '../../contracts/part.ts';
import type { GatheredWriter } from './gathered-writer.ts';
import type { MessageDocument } from './message-document.ts';

interface PartPlace {
  pageId: string;
  psid: string;
  conversationId: string;
}

/** A ledger row as the sender needs it. */
export type LedgerRow = Pick<
  MessageDocument,
  'fate' | 'mid' | 'reason' | 'sendingSince' | 'doubtfulSince' | 'isResentAfterUnknown'
>;

/**
 * The delivery ledger: one row for each part, and the only truth about its fate. Fates only go forward: what is settled
 * stays settled, whichever of two writers comes last.
 */
export interface DeliveryLedger {
  /** Writes the row in fate `sending`, before the first call to Graph. False: there is a row, and it says what to do. */
  begin(place: PartPlace, part: Part, now: number): Promise<boolean>;
  find(partId: string): Promise<LedgerRow | undefined>;
  /** Takes a row from `queued` to `sending`. False: another attempt was faster. */
  claimQueued(partId: string, now: number): Promise<boolean>;
  /** Takes a doubtful row for its one repeat. False: it was settled or claimed meanwhile. */
  claimForResend(partId: string, now: number): Promise<boolean>;
  /** Back to `queued`: the call surely had no effect. */
  requeue(partId: string): Promise<void>;
  /** Notes that the outcome is doubtful, once. */
  doubt(partId: string, now: number): Promise<void>;
  accept(partId: string, mid: string | undefined): Promise<unknown>;
  fail(partId: string, reason: string): Promise<void>;
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
      { $set: { ...set, fate: 'sending' }, $unset: { doubtfulSince: '' } },
    );
    return matchedCount === 1;
  }
  return {
    begin: (place, part, now) =>
      writer.write(insertOnce(place, part, { fate: 'sending', sendingSince: new Date(now) })),
    async find(partId) {
      return (await collection.findOne({ _id: partId })) ?? undefined;
    },
    claimQueued: (partId, now) => claim(partId, 'queued', { sendingSince: new Date(now) }),
    claimForResend: (partId, now) =>
      claim(partId, 'sending', { sendingSince: new Date(now), isResentAfterUnknown: true }),
    async requeue(partId) {
      await collection.updateOne({ _id: partId, fate: 'sending' }, { $set: { fate: 'queued' } });
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
          update: { $set: { fate: 'accepted', ...(mid !== undefined && { mid }) } },
        },
      }),
    async fail(partId, reason) {
      await collection.updateOne({ _id: partId, fate: UNSETTLED }, { $set: { fate: 'failed', reason } });
    },
    async markUnknown(partId) {
      await collection.updateOne({ _id: partId, fate: 'sending' }, { $set: { fate: 'unknown' } });
    },
    recordRefused: (place, part, reason) => writer.write(insertOnce(place, part, { fate: 'failed', reason })),
  };
}

function insertOnce(place: PartPlace, part: Part, state: Partial<MessageDocument>) {
  const fields: Omit<MessageDocument, '_id'> = {
    ...state,
    conversationId: place.conversationId,
    account: place.pageId,
    customer: place.psid,
    direction: 'out',
    author: part.author,
    kind: 'message',
    text: part.text,
    attachments: [],
    at: new Date(part.at),
    seq: part.seq,
  };
  // No row has this fate: one that is there is missed, the insert fails on its key and nothing changes.
  const filter = { _id: part.id, fate: { $exists: false } };
  return { updateOne: { filter, update: { $setOnInsert: fields }, upsert: true } } as const;
}
