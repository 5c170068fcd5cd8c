import type { Collection, Db, Filter } from 'mongodb';
import type { ListPage, ListPageRequest } from '../../contracts/conversation-queries.ts';
import {
  eventsOfPiece,
  type AgentEvent,
  type AgentEventData,
  type AgentEventType,
  type ConversationEvent,
  type HistoryPiece,
} from '../../contracts/history-event.ts';
import { createBulkWriter } from './bulk-writer.ts';
import { decodeCursor, encodeCursor, toListPage } from './paging.ts';

/** Which events of an agent are wanted; times in epoch milliseconds, `to` exclusive. */
interface AgentEventFilter {
  username: string;
  from?: number | undefined;
  to?: number | undefined;
}

/** What happened to conversations and agents. Only ever added to; retention and erasure alone take away. */
export interface HistoryRepository {
  /** Writes a piece of a conversation's history. Of two events with one number the later decided one stands; a repeat changes nothing. */
  recordPiece(piece: HistoryPiece): Promise<void>;
  /** Writes the end of conversations whose actors were terminated, and so wrote none. Again it is the same end. */
  recordTerminated(conversationIds: readonly string[], at: number): Promise<void>;
  recordAgentEvents(events: readonly AgentEvent[]): Promise<void>;
  /** Single events by `pieceIdOf` and place in it; those that are not there are left out. */
  findEvents(references: readonly EventReference[]): Promise<Map<string, ConversationEvent>>;
  /** In the order in which they happened. */
  listConversationEvents(conversationId: string, page: ListPageRequest): Promise<ListPage<ConversationEvent>>;
  /** Newest first. */
  listAgentEvents(filter: AgentEventFilter, page: ListPageRequest): Promise<ListPage<AgentEvent>>;
}

/** Names of the collections, for giving out and erasing. */
export const CONVERSATION_EVENTS = 'conversation-events';
export const AGENT_EVENTS = 'agent-events';
/** Why a conversation ended whose actor was terminated. */
export const TERMINATED = 'terminated';

/** The events of one turn: one document, because a bot's turn is to cost one write. */
export type StoredPiece = Omit<HistoryPiece, 'service'> & {
  /** Conversation and number of its first event. */
  _id: string;
  seq: number;
  lastSeq: number;
  at: Date;
};

/** Where an event stands: its piece, and its place in that. */
interface EventReference {
  pieceId: string;
  seq: number;
}

/** The document that a piece of history is. */
export function pieceIdOf({ conversationId, events }: Pick<HistoryPiece, 'conversationId' | 'events'>): string {
  return `${conversationId}:${events[0]?.seq ?? 0}`;
}

/** As stored; the event types are unions by `type`, which only the reader needs. */
export type StoredAgentEvent = Omit<AgentEvent, 'id' | 'at' | 'type' | 'data'> & {
  _id: string;
  at: Date;
  type: AgentEventType;
  data: AgentEventData[AgentEventType];
};

/** Creates the repository; writes of a process are gathered. */
export function createHistoryRepository(db: Db): HistoryRepository {
  const conversationEvents = db.collection<StoredPiece>(CONVERSATION_EVENTS);
  const agentEvents = db.collection<StoredAgentEvent>(AGENT_EVENTS);
  const writer = createBulkWriter(conversationEvents);
  const agentWriter = createBulkWriter(agentEvents);
  async function recordPiece(piece: HistoryPiece): Promise<void> {
    const { conversationId, scenario, events } = piece;
    const [first, last] = [events[0], events.at(-1)];
    if (!first || !last) return;
    const at = new Date(first.at);
    const replacement = { conversationId, scenario, events, seq: first.seq, lastSeq: last.seq, at };
    // A task that is tried again decides again, under the same numbers and later: what it decides then is what happened.
    const filter = { _id: pieceIdOf(piece), at: { $lt: at } };
    await writer.write({ replaceOne: { filter, replacement, upsert: true } });
  }
  return {
    recordPiece,
    async recordTerminated(conversationIds, at) {
      for (const conversationId of conversationIds) {
        const [last] = await conversationEvents.find({ conversationId }).sort({ seq: -1 }).limit(1).toArray();
        if (!last || last.events.at(-1)?.type === 'ended') continue;
        const actor = { kind: 'operator' } as const;
        const ended = { seq: last.lastSeq + 1, at, actor, type: 'ended', data: { reason: TERMINATED } } as const;
        await recordPiece({ conversationId, scenario: last.scenario, events: [ended] });
      }
    },
    async findEvents(references) {
      if (references.length === 0) return new Map();
      const ids = [...new Set(references.map(({ pieceId }) => pieceId))];
      const pieces = await conversationEvents.find({ _id: { $in: ids } }).toArray();
      return new Map(pieces.flatMap(eventsOfPiece).map((event) => [event.id, event]));
    },
    async recordAgentEvents(events) {
      const writes = events.map(({ id, at, ...event }) =>
        agentWriter.write({
          updateOne: { filter: { _id: id }, update: { $setOnInsert: { ...event, at: new Date(at) } }, upsert: true },
        }),
      );
      await Promise.all(writes);
    },
    listConversationEvents: (conversationId, page) => listConversationEvents(conversationEvents, conversationId, page),
    listAgentEvents: (filter, page) => listAgentEvents(agentEvents, filter, page),
  };
}

/** Indexes of the collections; creating them again changes nothing. */
export async function ensureHistoryIndexes(db: Db): Promise<void> {
  await db.collection(CONVERSATION_EVENTS).createIndexes([
    { key: { conversationId: 1, seq: 1 }, name: 'conversation' },
    { key: { at: 1 }, name: 'day' },
  ]);
  await db.collection(AGENT_EVENTS).createIndexes([
    { key: { username: 1, at: -1, _id: -1 }, name: 'agent' },
    { key: { at: 1 }, name: 'day' },
  ]);
}

async function listConversationEvents(
  collection: Collection<StoredPiece>,
  conversationId: string,
  page: ListPageRequest,
): Promise<ListPage<ConversationEvent>> {
  const after = decodeCursor(page.cursor)?.seq ?? 0;
  const pieces = await collection
    .find({ conversationId, lastSeq: { $gt: after } })
    .sort({ seq: 1 })
    .limit(page.limit + 1)
    .toArray();
  const events = latestOf(pieces.flatMap(eventsOfPiece)).filter(({ seq }) => seq > after);
  return toListPage(events, page.limit, {
    convert: (event) => event,
    cursorOf: ({ at, seq, id }) => encodeCursor({ at, seq, id }),
  });
}

/** Pieces that were decided twice may overlap: of each number the event that was decided last, in order. */
export function latestOf(events: ConversationEvent[]): ConversationEvent[] {
  const bySeq = new Map<number, ConversationEvent>();
  for (const event of events) {
    const known = bySeq.get(event.seq);
    if (!known || known.at <= event.at) bySeq.set(event.seq, event);
  }
  return [...bySeq.values()].toSorted((one, other) => one.seq - other.seq);
}

async function listAgentEvents(
  collection: Collection<StoredAgentEvent>,
  { username, from, to }: AgentEventFilter,
  page: ListPageRequest,
): Promise<ListPage<AgentEvent>> {
  const after = decodeCursor(page.cursor);
  const conditions: Filter<StoredAgentEvent>[] = [{ username }];
  if (from !== undefined) conditions.push({ at: { $gte: new Date(from) } });
  if (to !== undefined) conditions.push({ at: { $lt: new Date(to) } });
  if (after) {
    const at = new Date(after.at);
    conditions.push({ $or: [{ at: { $lt: at } }, { at, _id: { $lt: after.id } }] });
  }
  const found = await collection
    .find({ $and: conditions })
    .sort({ at: -1, _id: -1 })
    .limit(page.limit + 1)
    .toArray();
  return toListPage(found, page.limit, {
    convert: toAgentEvent,
    cursorOf: ({ at, _id }) => encodeCursor({ at: at.getTime(), id: _id }),
  });
}

/** An event of an agent as it was decided. */
export function toAgentEvent({ _id, at, ...event }: StoredAgentEvent): AgentEvent {
  return { ...event, id: _id, at: at.getTime() } as AgentEvent;
}
