import type { AnyBulkWriteOperation, Collection, Db, Filter } from 'mongodb';
import type { ConversationFilter, ListPage, ListPageRequest } from '../../contracts/conversation-queries.ts';
import type { OpeningContext } from '../../contracts/conversation-context.ts';
import type { ConversationKey } from '../../contracts/conversation-key.ts';
import { changeLabels } from '../../contracts/label.ts';
import type { ConversationRecord, TimersRecord } from '../../contracts/conversation-record.ts';
import { createBulkWriter } from './bulk-writer.ts';
import { TERMINATED, type HistoryRepository } from './history-repository.ts';
import { findNewestFirst } from './paging.ts';
import { whatIsVisible } from './visible-conversations.ts';

export type StoredConversation = Omit<ConversationRecord, 'conversationId'> & { _id: string; timersRevision?: number };

/** Records of one customer looked at: one that was left open is among the newest. */
const EARLIER_LIMIT = 20;
/** More than a dispatcher takes. */
const ROUTED_LIMIT = 10_000;
/** More chats than anybody has in a day. */
const STRETCHES_LIMIT = 2000;

/** `lastAgent`: whose chat with the customer ended last, and when. */
type EarlierConversations = Pick<OpeningContext, 'departures' | 'lastAgent'>;

/** The read model's conversations. */
export interface ConversationsRepository {
  /** Writes a record unless a later one is there. */
  record(conversation: ConversationRecord): Promise<unknown>;
  /** Writes only what it waits for by the clock, unless a later record or word of that is there. */
  recordTimers(timers: TimersRecord): Promise<unknown>;
  findConversation(conversationId: string): Promise<ConversationRecord | undefined>;
  /** Conversations by their ids; those that are not there are left out. */
  findMany(conversationIds: readonly string[]): Promise<Map<string, ConversationRecord>>;
  /** The latest conversations of customers, by `[pageId, psid]` as JSON. */
  findLatestOf(customers: readonly ConversationKey[]): Promise<Map<string, ConversationRecord>>;
  listConversations(filter: ConversationFilter, page: ListPageRequest): Promise<ListPage<ConversationRecord>>;
  listOffered(username: string): Promise<ConversationRecord[]>;
  /** Connected conversations that an agent is in. */
  listChatsOf(username: string): Promise<ConversationRecord[]>;
  listStretches(username: string, since: number): Promise<{ from: number; to?: number }[]>;
  findUnrouted(pageId: string, psid: string): Promise<string | undefined>;
  /**
   * What a customer's earlier conversations leave to the next one, `current`. Those that an actor left open when it was
   * terminated are ended, and told once for each group whose dispatcher knows of them; doing it again gives the same.
   */
  recallEarlier(key: ConversationKey, current: string, now: number): Promise<EarlierConversations>;
  /** Labels of a conversation whose actor is gone; undefined while it is there, or where there is no such conversation. */
  changeLabels(id: string, change: { add: string[]; remove: string[] }): Promise<string[] | undefined>;
  /** Open conversations that the dispatcher of a group knows of, and whose slot they hold. */
  listRouted(group: string): Promise<{ conversationId: string; agents: string[] }[]>;
  /** Workflow by conversation; ended ones and unknown ones are left out. */
  findRunningWorkflows(conversationIds: readonly string[]): Promise<Map<string, string>>;
}

/** Creates the repository over collection `conversations`. */
export function createConversationsRepository(
  db: Db,
  history: Pick<HistoryRepository, 'recordTerminated'>,
): ConversationsRepository {
  const collection = db.collection<StoredConversation>('conversations');
  const writer = createBulkWriter(collection);
  return {
    record: (conversation) => writer.write(upsertIfNewer(conversation)),
    recordTimers: (timers) => writer.write(retimeIfNewer(timers)),
    async findConversation(conversationId) {
      const stored = await collection.findOne({ _id: conversationId });
      return stored ? toRecord(stored) : undefined;
    },
    async findMany(conversationIds) {
      if (conversationIds.length === 0) return new Map();
      // What only back-tests need may be large.
      const projection = { openedWith: 0, recordedInputs: 0 };
      const found = await collection.find({ _id: { $in: [...conversationIds] } }, { projection }).toArray();
      return new Map(found.map((stored) => [stored._id, toRecord(stored)]));
    },
    findLatestOf: (customers) => findLatestOf(collection, customers),
    listConversations: (filter, page) => listConversations(collection, filter, page),
    async listOffered(username) {
      const offered = await collection
        .find({
          $or: [
            { 'offer.agent': username, state: 'offered' },
            { 'invitation.offer.agent': username, state: 'connected' },
          ],
        })
        .toArray();
      return offered.map(toRecord).toSorted((a, b) => (a.offer?.expiresAt ?? 0) - (b.offer?.expiresAt ?? 0));
    },
    async listChatsOf(username) {
      const isIn = [{ 'agent.username': username }, { 'participants.agent.username': username }];
      return (await collection.find({ state: 'connected', $or: isIn }).toArray()).map(toRecord);
    },
    listStretches: (username, since) => listStretches(collection, username, since),
    async findUnrouted(pageId, psid) {
      const stored = await collection.findOne({ pageId, psid, state: 'unrouted' }, { projection: { _id: 1 } });
      return stored?._id;
    },
    recallEarlier: (key, current, now) => recallEarlier({ collection, history }, { ...key, current, now }),
    changeLabels: (id, change) => labelEnded(collection, id, change),
    async listRouted(group) {
      const routed = await collection
        .find({ routedBy: group, state: { $nin: ['ended', 'unrouted'] } }, { projection: { heldAgents: 1 } })
        .limit(ROUTED_LIMIT)
        .toArray();
      return routed.map(({ _id, heldAgents = [] }) => ({ conversationId: _id, agents: heldAgents }));
    },
    async findRunningWorkflows(conversationIds) {
      const running = await collection
        .find({ _id: { $in: [...conversationIds] }, state: { $ne: 'ended' } }, { projection: { workflowId: 1 } })
        .toArray();
      return new Map(running.map(({ _id, workflowId }) => [_id, workflowId]));
    },
  };
}

async function findLatestOf(
  collection: Collection<StoredConversation>,
  customers: readonly ConversationKey[],
): Promise<Map<string, ConversationRecord>> {
  const unique = new Map(customers.map(({ pageId, psid }) => [JSON.stringify([pageId, psid]), { pageId, psid }]));
  const found = await Promise.all(
    [...unique].map(async ([key, customer]) => {
      const { items } = await listConversations(collection, customer, { limit: 1 });
      return items.map((record) => [key, record] as const);
    }),
  );
  return new Map(found.flat());
}

/** Indexes of the collection; creating them again changes nothing. */
export async function ensureConversationIndexes(db: Db): Promise<void> {
  await db.collection('conversations').createIndexes([
    { key: { pageId: 1, psid: 1, startedAt: -1 }, name: 'customer' },
    { key: { startedAt: -1 }, name: 'newest' },
    { key: { state: 1, startedAt: -1 }, name: 'state' },
    { key: { 'offer.agent': 1 }, name: 'offers', sparse: true },
    { key: { 'invitation.offer.agent': 1 }, name: 'invitations', sparse: true },
    { key: { routedBy: 1 }, name: 'routed', sparse: true },
    { key: { labels: 1 }, name: 'labels', sparse: true },
    { key: { queuedAt: 1 }, name: 'queued', sparse: true },
    { key: { state: 1, 'agent.username': 1 }, name: 'agent' },
    { key: { 'segments.agent': 1, startedAt: -1 }, name: 'stretches', sparse: true },
    { key: { 'timers.at': 1 }, name: 'timers', sparse: true },
    { key: { 'participants.agent.username': 1 }, name: 'participants', sparse: true },
  ]);
}

async function listStretches(
  collection: Collection<StoredConversation>,
  username: string,
  since: number,
): Promise<{ from: number; to?: number }[]> {
  const found = await collection
    .find({ segments: { $elemMatch: { agent: username, from: { $gte: since } } } }, { projection: { segments: 1 } })
    .limit(STRETCHES_LIMIT)
    .toArray();
  return found
    .flatMap(({ segments = [] }) => segments)
    .filter(({ agent, from }) => agent === username && from >= since)
    .map(({ from, to }) => ({ from, ...(to !== undefined && { to }) }));
}

async function recallEarlier(
  {
    collection,
    history,
  }: { collection: Collection<StoredConversation>; history: Pick<HistoryRepository, 'recordTerminated'> },
  { pageId, psid, current, now }: ConversationKey & { current: string; now: number },
): Promise<EarlierConversations> {
  const open = { $nin: ['ended' as const, 'unrouted' as const] };
  const earlier = await collection
    .find(
      {
        pageId,
        psid,
        _id: { $ne: current },
        $or: [{ state: open }, { endReason: TERMINATED }, { chatEnd: { $exists: true } }],
      },
      { projection: { state: 1, endReason: 1, routedBy: 1, chatEnd: 1 } },
    )
    .sort({ startedAt: -1 })
    .limit(EARLIER_LIMIT)
    .toArray();
  const left = earlier.filter(({ state }) => state !== 'ended' && state !== 'unrouted').map(({ _id }) => _id);
  if (left.length > 0) {
    // First: they are found as long as they are open.
    await history.recordTerminated(left, now);
    const end = { state: 'ended' as const, endedAt: now, endReason: TERMINATED, revision: now };
    const unset = {
      offer: '' as const,
      invitation: '' as const,
      participants: '' as const,
      queue: '' as const,
      timers: '' as const,
      heldAgents: '' as const,
    };
    await collection.updateMany({ _id: { $in: left }, state: open }, { $set: end, $unset: unset });
  }
  const stale = earlier.filter(({ _id, endReason }) => endReason === TERMINATED || left.includes(_id));
  const chatEnd = earlier.find((conversation) => conversation.chatEnd)?.chatEnd;
  return {
    departures: stale.flatMap(({ _id, routedBy = [] }) => routedBy.map((group) => ({ conversationId: _id, group }))),
    ...(chatEnd && { lastAgent: { username: chatEnd.agent, at: chatEnd.at } }),
  };
}

/** Nothing else writes a record any more whose actor is gone; but two people may change its labels at once. */
async function labelEnded(
  collection: Collection<StoredConversation>,
  id: string,
  change: { add: string[]; remove: string[] },
): Promise<string[] | undefined> {
  const over = { _id: id, state: { $in: ['ended' as const, 'unrouted' as const] } };
  for (;;) {
    const found = await collection.findOne(over, { projection: { labels: 1 } });
    if (!found) return undefined;
    const labels = changeLabels(found.labels ?? [], change);
    const asRead = { ...over, labels: found.labels ?? { $exists: false } };
    if ((await collection.updateOne(asRead, { $set: { labels } })).matchedCount > 0) return labels;
  }
}

function upsertIfNewer({ conversationId, ...fields }: ConversationRecord): AnyBulkWriteOperation<StoredConversation> {
  return {
    replaceOne: {
      // Where a later record is there the filter misses it and the insert fails on its key: nothing changes.
      filter: { _id: conversationId, revision: { $lt: fields.revision } },
      // The record is written whole: a field that it no longer has goes.
      replacement: fields,
      upsert: true,
    },
  };
}

/** The record keeps its revision: one that is under way is later by it, or tells older timers until the next. */
function retimeIfNewer({ conversationId, revision, timers }: TimersRecord): AnyBulkWriteOperation<StoredConversation> {
  const isOlder = { revision: { $lt: revision }, timersRevision: { $not: { $gte: revision } } };
  return {
    updateOne: {
      filter: { _id: conversationId, ...isOlder },
      update: { $set: { timers, timersRevision: revision } },
    },
  };
}

function listConversations(
  collection: Collection<StoredConversation>,
  { pageId, psid, state, label, stretch, with: others, visibleTo }: ConversationFilter,
  page: ListPageRequest,
): Promise<ListPage<ConversationRecord>> {
  const conditions: Filter<StoredConversation>[] = [];
  if (others) {
    const { customers, conversationIds } = others;
    const ofCustomers = customers.map((customer) => ({ pageId: customer.pageId, psid: customer.psid }));
    conditions.push({ $or: [...ofCustomers, { _id: { $in: [...conversationIds] } }] });
  }
  if (visibleTo) {
    conditions.push({ $or: whatIsVisible(visibleTo) });
  }
  const filter: Filter<StoredConversation> = {
    ...(pageId !== undefined && { pageId }),
    ...(psid !== undefined && { psid }),
    ...(state !== undefined && { state }),
    ...(label !== undefined && { labels: label }),
    ...(stretch && {
      segments: { $elemMatch: { agent: stretch.agent, from: { $gte: stretch.from, $lt: stretch.to } } },
    }),
    ...(conditions.length > 0 && { $and: conditions }),
  };
  return findNewestFirst(collection, page, { filter, by: 'startedAt', convert: toRecord });
}

function toRecord({ _id, timersRevision: _timersRevision, ...fields }: StoredConversation): ConversationRecord {
  return { conversationId: _id, ...fields };
}
