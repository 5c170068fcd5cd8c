import type { Collection } from 'mongodb';
import { LET_GO, type Parking, type Part } from '../../contracts/part.ts';
import type { BulkWriter } from './bulk-writer.ts';
import type { MessageDocument } from './message-document.ts';
import {
  insertOnce,
  NOT_PARKED,
  notLaterThan,
  parkedFields,
  type Attempt,
  type PartConversation,
} from './part-document.ts';

/** A part that waits for its Page, as it was listed; `parkedAt`: since when it waits this time. */
interface WaitingPart {
  partId: string;
  conversationId: string;
  parkedAt: Date | undefined;
}

/** A part without an end that is not parked. Times are epoch milliseconds. */
export interface UnsettledPart {
  id: string;
  pageId: string;
  psid: string;
  conversationId: string;
  at: Date;
  /** When it was tried last, or said. */
  lastTriedAt: number;
  /** A person let it go: it is the Page actor's to send. */
  isLetGo: boolean;
}

/** The part of the delivery ledger that waits for people: for the customer, for the Page's admin, for an operator. */
export interface ParkedParts {
  /** Lets a part wait in delivery status `queued`. False: it is not queued any more, or a later attempt has it; its row says what to do. */
  park(conversation: PartConversation, part: Part, parked: Parking & Attempt): Promise<boolean>;
  /** Parts of a Page that wait for somebody. */
  countParked(pageId: string): Promise<number>;
  /**
   * A person lets a part go again that is parked, failed or of unknown delivery status; it stays among the parked ones until it
   * leaves. False: it is none of these, or this release let it go before: a repeat of it after a crash must not send once more
   * what came of that.
   */
  release(partId: string, release: { releaseId: string; now: number }): Promise<boolean>;
  /** A person gives a parked part, or one of unknown delivery status, up. False: it is neither. */
  discard(partId: string, reason: string): Promise<boolean>;
  /** Parts that wait for the Page and whose conversation was not woken yet, oldest first. */
  listParkedBySendLane(pageId: string, limit: number): Promise<WaitingPart[]>;
  /** The conversation of a parked part was woken: it is not listed again unless it has been parked anew since it was listed. */
  noteWoken(part: WaitingPart): Promise<void>;
  /** The conversation of a parked part is over: a machine's part expires, an agent's asks a person. */
  leaveToPerson(partId: string): Promise<void>;
  /** Parts said after `after` that nobody has tried since `before`, oldest first. */
  listUnsettled(look: { after: number; before: number; limit: number }): Promise<UnsettledPart[]>;
  /** Nobody sends it any more: one under way is of unknown delivery status; of what waits a machine's expires, an agent's asks a person. */
  abandon(partId: string, now: number): Promise<void>;
}

/** Creates it over collection `messages`. */
export function createParkedParts(
  collection: Collection<MessageDocument>,
  writer: BulkWriter<MessageDocument>,
): ParkedParts {
  return {
    async park(conversation, part, { now, attemptAt, ...parked }) {
      await writer.write(insertOnce(conversation, part, { status: 'queued' }));
      const { matchedCount } = await collection.updateOne(
        { _id: part.id, status: 'queued', ...notLaterThan(attemptAt) },
        { $set: { ...parkedFields(conversation.pageId, parked, now), attemptAt: new Date(attemptAt) } },
      );
      return matchedCount === 1;
    },
    countParked: (pageId) => collection.countDocuments({ parkedOn: pageId }),
    release: (partId, { releaseId, now }) => release(collection, partId, { releasedBy: releaseId, now }),
    async discard(partId, reason) {
      const { matchedCount } = await collection.updateOne(
        { _id: partId, $or: [{ status: 'queued', parkedOn: { $exists: true } }, { status: 'unknown' }] },
        { $set: { status: 'failed', reason }, $unset: NOT_PARKED },
      );
      return matchedCount === 1;
    },
    async listParkedBySendLane(pageId, limit) {
      const rows = await collection
        .find(
          { parkedOn: pageId, 'parked.by': 'send-lane', 'parked.isWoken': { $ne: true } },
          { projection: { conversationId: 1, 'parked.at': 1 } },
        )
        .sort({ at: 1 })
        .limit(limit)
        .toArray();
      return rows.map(({ _id, conversationId, parked }) => ({ partId: _id, conversationId, parkedAt: parked?.at }));
    },
    async noteWoken({ partId, parkedAt }) {
      // Woken, it may have been refused and parked again already: that waiting is another one.
      const asListed = { _id: partId, 'parked.by': 'send-lane' as const, ...(parkedAt && { 'parked.at': parkedAt }) };
      await collection.updateOne(asListed, { $set: { 'parked.isWoken': true } });
    },
    listUnsettled: (look) => listUnsettled(collection, look),
    abandon: (partId, now) => abandon(collection, partId, now),
    async leaveToPerson(partId) {
      const parked = { _id: partId, status: 'queued' as const, 'parked.by': 'send-lane' as const };
      await collection.updateOne({ ...parked, 'author.kind': 'agent' }, { $set: { 'parked.by': 'person' } });
      const reason = 'expired: the conversation ended before the Page could send again';
      await collection.updateOne(parked, { $set: { status: 'failed', reason }, $unset: NOT_PARKED });
    },
  };
}

async function listUnsettled(
  collection: Collection<MessageDocument>,
  { after, before, limit }: { after: number; before: number; limit: number },
): Promise<UnsettledPart[]> {
  const isOld = { $not: { $gte: new Date(before) } };
  const rows = await collection
    .find({
      status: { $in: ['queued', 'sending'] },
      at: { $gt: new Date(after), $lt: new Date(before) },
      sendingSince: isOld,
      doubtfulSince: isOld,
      // One that a person let go stays among the parked ones until it leaves.
      $or: [{ parkedOn: { $exists: false } }, { status: 'sending' }],
    })
    .sort({ at: 1 })
    .limit(limit)
    .toArray();
  return rows.map(({ _id: id, pageId, psid, conversationId, at, sendingSince, releasedBy }) => ({
    id,
    pageId,
    psid,
    conversationId,
    at,
    lastTriedAt: (sendingSince ?? at).getTime(),
    isLetGo: releasedBy !== undefined,
  }));
}

async function abandon(collection: Collection<MessageDocument>, _id: string, now: number): Promise<void> {
  const reason = 'its conversation was ended from outside';
  await collection.updateOne({ _id, status: 'sending' }, { $set: { status: 'unknown', reason }, $unset: NOT_PARKED });
  const waiting = { _id, status: 'queued' as const, parkedOn: { $exists: false } };
  const row = await collection.findOne(waiting, { projection: { pageId: 1, 'author.kind': 1 } });
  if (!row) return;
  const $set =
    row.author.kind === 'agent'
      ? parkedFields(row.pageId, { by: 'person', reason }, now)
      : { status: 'failed' as const, reason: `expired: ${reason}` };
  await collection.updateOne(waiting, { $set });
}

async function release(
  collection: Collection<MessageDocument>,
  partId: string,
  { releasedBy, now }: { releasedBy: string; now: number },
): Promise<boolean> {
  const row = await collection.findOne({ _id: partId }, { projection: { pageId: 1 } });
  if (!row) return false;
  const notYet = { _id: partId, releasedBy: { $ne: releasedBy } };
  const letGo = { status: 'queued' as const, releasedBy, ...parkedFields(row.pageId, LET_GO, now) };
  const unknown = await collection.updateOne(
    { ...notYet, status: 'unknown' },
    { $set: { ...letGo, isResentAfterUnknown: true }, $unset: { doubtfulSince: '' } },
  );
  if (unknown.matchedCount === 1) return true;
  const { matchedCount } = await collection.updateOne(
    { ...notYet, $or: [{ status: 'queued', parkedOn: { $exists: true } }, { status: 'failed' }] },
    { $set: letGo, $unset: { reason: '', ticket: '', refusals: '' } },
  );
  return matchedCount === 1;
}
