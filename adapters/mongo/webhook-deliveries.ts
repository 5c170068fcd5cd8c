import { createHash } from 'node:crypto';
import type { Collection, Db, Filter } from 'mongodb';
import type { ConversationKey } from '../../contracts/conversation-key.ts';
import type { ListPage, ListPageRequest } from '../../contracts/conversation-queries.ts';
import type { ConversationEvent } from '../../contracts/history-event.ts';
import type { WebhookDelivery, WebhookDeliveryState } from '../../contracts/webhook-delivery.ts';
import { decodeCursor, encodeCursor, toListPage } from './paging.ts';

/** A delivery that this process has to make now. */
export interface ClaimedDelivery {
  id: string;
  webhook: string;
  event: ConversationEvent;
  conversation: ConversationKey & { service?: string };
  tries: number;
  createdAt: number;
}

interface NewDelivery {
  webhook: string;
  event: ConversationEvent;
  conversation: ConversationKey & { service?: string };
}

/** What receivers outside have still to be told, one document for each event and receiver; what was taken is gone. */
export interface WebhookDeliveries {
  /** Doing it again changes nothing. `at`: epoch milliseconds. */
  add(deliveries: readonly NewDelivery[], at: number): Promise<void>;
  /** Conversations of a receiver whose next event may be due. */
  listDueConversations(webhook: string, now: number, limit: number): Promise<string[]>;
  /**
   * Takes the next event of a conversation for this caller until `claimedUntil`. Undefined: there is none, it is not due, or
   * another process has it; what is behind it waits.
   */
  claimNext(
    of: { webhook: string; conversationId: string },
    times: { now: number; claimedUntil: number },
  ): Promise<ClaimedDelivery | undefined>;
  remove(id: string): Promise<void>;
  retryAt(id: string, dueAt: number, reason: string): Promise<void>;
  /** Gives it up: a person may replay it. */
  bury(id: string, at: number, reason: string): Promise<void>;
  /** Newest first. */
  list(
    filter: { webhook?: string; state?: WebhookDeliveryState },
    page: ListPageRequest,
  ): Promise<ListPage<WebhookDelivery>>;
  /** False: there is none that was given up under this id. */
  replay(id: string, at: number): Promise<boolean>;
  /** Everything of a receiver that was given up; gives how many. */
  replayAll(webhook: string, at: number): Promise<number>;
  /** Forgets what is meant for receivers that are not there any more. */
  sweep(known: readonly string[]): Promise<void>;
}

export const WEBHOOK_DELIVERIES = 'webhook-deliveries';

interface StoredDelivery extends ConversationKey {
  _id: string;
  webhook: string;
  conversationId: string;
  seq: number;
  event: ConversationEvent;
  service?: string;
  state: WebhookDeliveryState;
  /** Since when it waits, anew with each replay; epoch milliseconds. */
  createdAt: number;
  dueAt: number;
  claimedUntil: number;
  tries: number;
  reason?: string;
}

/** What was given up, as if it were new. */
const again = (at: number) => ({
  $set: { state: 'waiting' as const, createdAt: at, dueAt: at, claimedUntil: 0, tries: 0 },
});

/** Creates it over collection `webhook-deliveries`. */
export function createWebhookDeliveries(db: Db): WebhookDeliveries {
  const collection = db.collection<StoredDelivery>(WEBHOOK_DELIVERIES);
  return {
    async add(deliveries, at) {
      if (deliveries.length === 0) return;
      const operations = deliveries.map((delivery) => ({
        updateOne: {
          filter: { _id: idOf(delivery) },
          update: { $setOnInsert: toStored(delivery, at) },
          upsert: true,
        },
      }));
      await collection.bulkWrite(operations, { ordered: false });
    },
    async listDueConversations(webhook, now, limit) {
      const due = await collection
        .find(
          { webhook, state: 'waiting', dueAt: { $lte: now }, claimedUntil: { $lte: now } },
          { projection: { conversationId: 1 } },
        )
        .sort({ dueAt: 1 })
        .limit(limit)
        .toArray();
      return [...new Set(due.map(({ conversationId }) => conversationId))];
    },
    claimNext: (of, times) => claimNext(collection, of, times),
    async remove(id) {
      await collection.deleteOne({ _id: id });
    },
    async retryAt(id, dueAt, reason) {
      await collection.updateOne(
        { _id: id, state: 'waiting' },
        { $set: { dueAt, claimedUntil: 0, reason }, $inc: { tries: 1 } },
      );
    },
    async bury(id, at, reason) {
      const buried = { $set: { state: 'dead' as const, dueAt: at, claimedUntil: 0, reason }, $inc: { tries: 1 } };
      await collection.updateOne({ _id: id, state: 'waiting' }, buried);
    },
    list: (filter, page) => list(collection, filter, page),
    async replay(id, at) {
      return (await collection.updateOne({ _id: id, state: 'dead' }, again(at))).matchedCount > 0;
    },
    async replayAll(webhook, at) {
      return (await collection.updateMany({ webhook, state: 'dead' }, again(at))).matchedCount;
    },
    async sweep(known) {
      await collection.deleteMany({ webhook: { $nin: [...known] } });
    },
  };
}

/** Indexes of the collection; creating them again changes nothing. */
export async function ensureWebhookDeliveryIndexes(db: Db): Promise<void> {
  await db.collection(WEBHOOK_DELIVERIES).createIndexes([
    { key: { webhook: 1, state: 1, dueAt: 1 }, name: 'due' },
    { key: { webhook: 1, conversationId: 1, seq: 1 }, name: 'order' },
    { key: { pageId: 1, psid: 1 }, name: 'customer' },
    { key: { createdAt: -1, _id: -1 }, name: 'newest' },
  ]);
}

/** An event that is decided again under its id is another delivery: it is later. */
function idOf({ webhook, event }: NewDelivery): string {
  return createHash('sha256')
    .update(JSON.stringify([webhook, event.id, event.at]))
    .digest('hex')
    .slice(0, 32);
}

function toStored({ webhook, event, conversation }: NewDelivery, at: number): Omit<StoredDelivery, '_id'> {
  const { conversationId, seq } = event;
  return {
    webhook,
    conversationId,
    seq,
    event,
    ...conversation,
    state: 'waiting',
    createdAt: at,
    dueAt: at,
    claimedUntil: 0,
    tries: 0,
  };
}

async function claimNext(
  collection: Collection<StoredDelivery>,
  { webhook, conversationId }: { webhook: string; conversationId: string },
  { now, claimedUntil }: { now: number; claimedUntil: number },
): Promise<ClaimedDelivery | undefined> {
  const [next] = await collection
    .find({ webhook, conversationId, state: 'waiting' })
    .sort({ seq: 1, createdAt: 1 })
    .limit(1)
    .toArray();
  if (!next || next.dueAt > now || next.claimedUntil > now) return undefined;
  const { matchedCount } = await collection.updateOne(
    { _id: next._id, state: 'waiting', claimedUntil: next.claimedUntil },
    { $set: { claimedUntil } },
  );
  if (matchedCount === 0) return undefined;
  const { _id: id, event, pageId, psid, service, tries, createdAt } = next;
  const conversation = { pageId, psid, ...(service !== undefined && { service }) };
  return { id, webhook, event, conversation, tries, createdAt };
}

async function list(
  collection: Collection<StoredDelivery>,
  { webhook, state }: { webhook?: string; state?: WebhookDeliveryState },
  page: ListPageRequest,
): Promise<ListPage<WebhookDelivery>> {
  const after = decodeCursor(page.cursor);
  const filter: Filter<StoredDelivery> = {
    ...(webhook !== undefined && { webhook }),
    ...(state && { state }),
    ...(after && { $or: [{ createdAt: { $lt: after.at } }, { createdAt: after.at, _id: { $lt: after.id } }] }),
  };
  const found = await collection
    .find(filter)
    .sort({ createdAt: -1, _id: -1 })
    .limit(page.limit + 1)
    .toArray();
  return toListPage(found, page.limit, {
    convert: ({ _id: id, webhook: to, event, conversationId, createdAt, dueAt, tries, reason, state: now }) => ({
      id,
      webhook: to,
      conversationId,
      eventId: event.id,
      type: event.type,
      state: now,
      createdAt,
      dueAt,
      tries,
      ...(reason !== undefined && { reason }),
    }),
    cursorOf: ({ createdAt, _id }) => encodeCursor({ at: createdAt, id: _id }),
  });
}
