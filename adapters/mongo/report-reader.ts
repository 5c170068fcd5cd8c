import type { Collection, Db, Filter } from 'mongodb';
import type { ConversationFilter } from '../../contracts/conversation-queries.ts';
import { eventsOfPiece, type AgentEvent, type ConversationEvent } from '../../contracts/history-event.ts';
import type { Evaluation } from '../../contracts/evaluation.ts';
import type { DeliveryStatus } from '../../contracts/part.ts';
import type { StoredConversation } from './conversations-repository.ts';
import {
  AGENT_EVENTS,
  CONVERSATION_EVENTS,
  latestOf,
  toAgentEvent,
  type StoredAgentEvent,
  type StoredPiece,
} from './history-repository.ts';
import type { MessageDocument } from './message-document.ts';
import { PAST_CONVERSATIONS } from './retention/past-conversations.ts';
import { EVALUATIONS } from './evaluations-repository.ts';
import { whatIsVisible } from './visible-conversations.ts';
import { WRAP_UP_COLLECTION, type WrapUp } from './wrap-ups-repository.ts';

/** Conversations that are held at a time. */
const BATCH = 500;
/** What a turn writes bears times that lie a moment apart. */
const SLACK_MS = 60_000;
/** Most conversations are over in this time. */
const NEAR_MS = 60 * 60_000;
const PAPER_WORK_MS = 7 * 24 * 60 * 60_000;

/** What is read for reports; `needs`: what of it beside the events. Times in epoch milliseconds, `to` exclusive. */
interface StoriesWanted {
  from: number;
  to: number;
  visibleTo?: ConversationFilter['visibleTo'];
  needs: { deliveries?: true; dispositions?: true; evaluations?: true };
}

/** A conversation as reports read it; the type that `reports/` asks for, which adapters do not know. */
interface Story {
  conversationId: string;
  pageId: string;
  entry?: string | undefined;
  service?: string | undefined;
  startedAt: number;
  events: ConversationEvent[];
  deliveries?: Map<string, DeliveryStatus>;
  dispositions?: { name: string; agent: string }[];
  evaluations?: Evaluation[];
}

/** Reads the history for reports, a part at a time. */
export interface ReportReader {
  /** Every conversation that was open at some moment of the time asked for: whole, by when it began. */
  readConversations(wanted: StoriesWanted): AsyncGenerator<Story>;
  /** Conversations by their ids, whole; what is not there is left out. */
  readNamed(conversationIds: readonly string[]): AsyncGenerator<Story>;
  /** Agents of whom the history knows anything, one after another, with what it knows from `from` on and of their state then. */
  readAgents(range: { from: number; to: number }): AsyncGenerator<{ username: string; events: AgentEvent[] }>;
}

/** Creates the reader. */
export function createReportReader(db: Db): ReportReader {
  const collections: Collections = {
    conversations: db.collection<StoredConversation>('conversations'),
    pieces: db.collection<StoredPiece>(CONVERSATION_EVENTS),
    messages: db.collection<MessageDocument>('messages'),
    wrapUps: db.collection<WrapUp & { _id: string }>(WRAP_UP_COLLECTION),
    evaluations: db.collection<Evaluation & { _id: string }>(EVALUATIONS),
  };
  const agentEvents = db.collection<StoredAgentEvent>(AGENT_EVENTS);
  // What is left of those whose transcripts are over their days; it has the fields that reports ask for.
  const past = db.collection<StoredConversation>(PAST_CONVERSATIONS);
  return {
    async *readConversations(wanted) {
      for (const { filter, reach } of filtersOf(wanted)) {
        for (const source of [collections.conversations, past]) {
          const cursor = source.find({ $and: filter }).project<Head>(OF_HEAD).sort({ startedAt: 1 }).batchSize(BATCH);
          for await (const found of inBatches(cursor)) {
            const heads = source === past ? await withoutKept(collections.conversations, found) : found;
            yield* readBatch(collections, { heads, reach, needs: wanted.needs });
          }
        }
      }
    },
    async *readNamed(conversationIds) {
      const cursor = collections.conversations
        .find({ _id: { $in: [...conversationIds] } })
        .project<Head>(OF_HEAD)
        .batchSize(BATCH);
      for await (const heads of inBatches(cursor)) yield* readBatch(collections, { heads, reach: 'single', needs: {} });
    },
    async *readAgents(range) {
      const usernames = await agentEvents.distinct('username');
      for (const username of usernames.toSorted()) {
        yield { username, events: await readAgentEvents(agentEvents, username, range) };
      }
    },
  };
}

/** Of those whose transcripts are going at this moment the record counts, as long as it is there. */
async function withoutKept(conversations: Collection<StoredConversation>, heads: readonly Head[]): Promise<Head[]> {
  const ids = heads.map(({ _id }) => _id);
  const kept = await conversations.find({ _id: { $in: ids } }, { projection: { _id: 1 } }).toArray();
  const isKept = new Set(kept.map(({ _id }) => _id));
  return heads.filter(({ _id }) => !isKept.has(_id));
}

/** Index that finds what was still open at some moment. */
export async function ensureReportIndexes(db: Db): Promise<void> {
  await db.collection('conversations').createIndexes([{ key: { endedAt: 1, startedAt: 1 }, name: 'ended' }]);
}

type Head = Pick<StoredConversation, '_id' | 'pageId' | 'entry' | 'service' | 'startedAt' | 'endedAt'>;

const OF_HEAD = { pageId: 1, entry: 1, service: 1, startedAt: 1, endedAt: 1 } as const;

/** How pieces are found: conversation by conversation, or (`near`) with all that lies beside them, which is most often theirs. */
type Reach = 'single' | 'near';

interface Collections {
  conversations: Collection<StoredConversation>;
  pieces: Collection<StoredPiece>;
  messages: Collection<MessageDocument>;
  wrapUps: Collection<WrapUp & { _id: string }>;
  evaluations: Collection<Evaluation & { _id: string }>;
}

/** Those that began in the time, those that had begun and ended in it or later, and those that are open still: each by an index. */
function filtersOf({ from, to, visibleTo }: StoriesWanted): { filter: Filter<StoredConversation>[]; reach: Reach }[] {
  const [first, last] = [from - SLACK_MS, to + SLACK_MS];
  const limits: Filter<StoredConversation>[] = visibleTo ? [{ $or: whatIsVisible(visibleTo) }] : [];
  const before = { startedAt: { $lt: first } };
  return [
    { filter: [{ endedAt: { $gte: first } }, before, ...limits], reach: 'single' },
    // What no entry takes has no history, and no end.
    { filter: [{ endedAt: { $exists: false } }, { state: { $ne: 'unrouted' } }, before, ...limits], reach: 'single' },
    { filter: [{ startedAt: { $gte: first, $lt: last } }, ...limits], reach: visibleTo ? 'single' : 'near' },
  ];
}

async function* inBatches<Item>(cursor: AsyncIterable<Item>): AsyncGenerator<Item[]> {
  let batch: Item[] = [];
  for await (const item of cursor) {
    batch.push(item);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Evaluations that are no drafts any more. */
async function readGrades(
  evaluations: Collections['evaluations'],
  ofBatch: { conversationId: { $in: string[] } },
  needs: StoriesWanted['needs'],
): Promise<(Evaluation & { _id: string })[]> {
  if (!needs.evaluations) return [];
  const found = evaluations.find({ ...ofBatch, state: { $ne: 'draft' } });
  return found.sort({ segment: 1, createdAt: 1 }).toArray();
}

async function* readBatch(
  { pieces, messages, wrapUps, evaluations }: Collections,
  { heads, reach, needs }: { heads: readonly Head[]; reach: Reach; needs: StoriesWanted['needs'] },
): AsyncGenerator<Story> {
  const ofBatch = { conversationId: { $in: heads.map(({ _id }) => _id) } };
  const [found, rows, said, graded] = await Promise.all([
    reach === 'near' ? readNear(pieces, heads) : pieces.find(ofBatch).toArray(),
    needs.deliveries
      ? messages
          .find({ ...ofBatch, direction: 'out' })
          .project<Pick<MessageDocument, '_id' | 'conversationId' | 'status'>>({ conversationId: 1, status: 1 })
          .toArray()
      : [],
    needs.dispositions ? wrapUps.find({ ...ofBatch, disposition: { $exists: true } }).toArray() : [],
    readGrades(evaluations, ofBatch, needs),
  ]);
  const [piecesOf, rowsOf, saidOf, gradedOf] = [found, rows, said, graded].map(groupByConversation) as [
    Map<string, StoredPiece[]>,
    Map<string, typeof rows>,
    Map<string, typeof said>,
    Map<string, Evaluation[]>,
  ];
  for (const { _id: conversationId, endedAt: _endedAt, ...head } of heads) {
    yield {
      conversationId,
      ...head,
      events: latestOf((piecesOf.get(conversationId) ?? []).flatMap(eventsOfPiece)),
      ...(needs.deliveries && { deliveries: toStatuses(rowsOf.get(conversationId) ?? []) }),
      ...(needs.dispositions && { dispositions: toDispositions(saidOf.get(conversationId) ?? []) }),
      ...(needs.evaluations && { evaluations: gradedOf.get(conversationId) ?? [] }),
    };
  }
}

/**
 * The pieces of conversations that began one soon after another: all that was written in that time, by its index, and of those that
 * went on for longer the rest. A look-up for each of five hundred takes several times as long.
 */
async function readNear(pieces: Collection<StoredPiece>, heads: readonly Head[]): Promise<StoredPiece[]> {
  const wanted = new Set(heads.map(({ _id }) => _id));
  const from = (heads[0]?.startedAt ?? 0) - SLACK_MS;
  const to = (heads.at(-1)?.startedAt ?? 0) + NEAR_MS;
  const found: StoredPiece[] = [];
  for await (const piece of pieces.find({ at: { $gte: new Date(from), $lt: new Date(to) } })) {
    if (wanted.has(piece.conversationId)) found.push(piece);
  }
  const longer = heads.filter(({ endedAt = Infinity }) => endedAt + SLACK_MS >= to).map(({ _id }) => _id);
  if (longer.length === 0) return found;
  const rest = await pieces.find({ conversationId: { $in: longer }, at: { $gte: new Date(to) } }).toArray();
  return [...found, ...rest];
}

function groupByConversation<Item extends { conversationId: string }>(items: readonly Item[]): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(item.conversationId);
    if (group) group.push(item);
    else groups.set(item.conversationId, [item]);
  }
  return groups;
}

function toStatuses(rows: readonly Pick<MessageDocument, '_id' | 'status'>[]): Map<string, DeliveryStatus> {
  return new Map(rows.flatMap(({ _id, status }) => (status === undefined ? [] : [[_id, status] as const])));
}

function toDispositions(said: readonly WrapUp[]): { name: string; agent: string }[] {
  return said.flatMap(({ disposition, username }) =>
    disposition === undefined || disposition === '' ? [] : [{ name: disposition, agent: username }],
  );
}

/** The state at the beginning is what the last event before it said; paper work is looked for a week back. */
async function readAgentEvents(
  collection: Collection<StoredAgentEvent>,
  username: string,
  { from, to }: { from: number; to: number },
): Promise<AgentEvent[]> {
  const since = new Date(from - PAPER_WORK_MS);
  const [before] = await collection
    .find({ username, at: { $lt: since }, type: { $in: ['logged-in', 'state-changed', 'logged-out'] } })
    .sort({ at: -1, _id: -1 })
    .limit(1)
    .toArray();
  const rest = await collection
    .find({ username, at: { $gte: since, $lt: new Date(to) } })
    .sort({ at: 1, _id: 1 })
    .toArray();
  return [...(before ? [before] : []), ...rest].map(toAgentEvent);
}
