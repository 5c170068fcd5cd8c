import type { Db, Filter } from 'mongodb';
import { OPEN_STATES } from '../../contracts/conversation.ts';
import type { ConversationFilter, ListPage, ListPageRequest } from '../../contracts/conversation-queries.ts';
import type { ConversationTimer, TimerKind } from '../../contracts/conversation-timer.ts';
import type { StoredConversation } from './conversations-repository.ts';
import { decodeCursor, encodeCursor, toListPage } from './paging.ts';
import { whatIsVisible } from './visible-conversations.ts';

/** Which running conversations, and which of their timers. */
export interface TimerFilter extends Pick<ConversationFilter, 'pageId' | 'visibleTo'> {
  kind?: TimerKind | undefined;
  scenario?: string | undefined;
  service?: string | undefined;
  block?: string | undefined;
}

/** A timer of a conversation. */
export interface BoardTimer {
  conversationId: string;
  timer: ConversationTimer;
}

/** A running conversation as far as whoever operates on many has to know. */
export interface OperableConversation {
  conversationId: string;
  workflowId: string;
  block?: string;
  scenario?: { name: string; version: string };
  timers: ConversationTimer[];
}

/** What running conversations wait for by the clock, as their records tell. */
export interface TimerBoard {
  /** The soonest first; those that are due already are about to come. */
  list(filter: TimerFilter, page: ListPageRequest): Promise<ListPage<BoardTimer>>;
  /** In the order of their ids. */
  find(filter: TimerFilter & { ids?: readonly string[] }, limit: number): Promise<OperableConversation[]>;
  count(filter: TimerFilter): Promise<number>;
  /** What conversations began with, as their records hold it: who the customer is stands there. */
  findOpenings(ids: readonly string[]): Promise<Map<string, string>>;
}

interface UnwoundRow {
  _id: string;
  timers: ConversationTimer;
}

/** Creates the reader of collection `conversations`. */
export function createTimerBoard(db: Db): TimerBoard {
  const collection = db.collection<StoredConversation>('conversations');
  return {
    async list(filter, page) {
      const { kind } = filter;
      const found = await collection
        .aggregate<UnwoundRow>([
          { $match: conditionsOf(filter) },
          { $project: { timers: 1 } },
          { $unwind: '$timers' },
          { $match: { $and: [kind === undefined ? {} : { 'timers.kind': kind }, isAfter(page.cursor)] } },
          { $sort: { 'timers.at': 1, _id: 1, 'timers.id': 1 } },
          { $limit: page.limit + 1 },
        ])
        .toArray();
      return toListPage(found, page.limit, {
        convert: ({ _id: conversationId, timers: timer }) => ({ conversationId, timer }),
        cursorOf: ({ _id, timers: { id, at } }) => encodeCursor({ at, id: JSON.stringify([_id, id]) }),
      });
    },
    async find({ ids, ...filter }, limit) {
      const found = await collection
        .find(
          { ...conditionsOf(filter), ...(ids && { _id: { $in: [...ids] } }) },
          { projection: { workflowId: 1, block: 1, scenario: 1, timers: 1 } },
        )
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id: conversationId, workflowId, block, scenario, timers = [] }) => ({
        conversationId,
        workflowId,
        timers,
        ...(block !== undefined && { block }),
        ...(scenario && { scenario }),
      }));
    },
    count: (filter) => collection.countDocuments(conditionsOf(filter)),
    async findOpenings(ids) {
      const found = await collection.find({ _id: { $in: [...ids] } }, { projection: { openedWith: 1 } }).toArray();
      return new Map(found.flatMap(({ _id, openedWith }) => (openedWith === undefined ? [] : [[_id, openedWith]])));
    },
  };
}

function conditionsOf({ kind, scenario, service, block, pageId, visibleTo }: TimerFilter): Filter<StoredConversation> {
  return {
    state: { $in: OPEN_STATES },
    ...(kind !== undefined && { 'timers.kind': kind }),
    ...(scenario !== undefined && { 'scenario.name': scenario }),
    ...(service !== undefined && { service }),
    ...(block !== undefined && { block }),
    ...(pageId !== undefined && { pageId }),
    ...(visibleTo && { $or: whatIsVisible(visibleTo) }),
  };
}

/** Of an unwound row: it stands behind the one that the page before ended with. */
function isAfter(cursor: string | undefined): object {
  const last = decodeCursor(cursor);
  if (!last) return {};
  const [id, timer] = readPlace(last.id);
  const sameTime = { 'timers.at': last.at };
  return {
    $or: [
      { 'timers.at': { $gt: last.at } },
      { ...sameTime, _id: { $gt: id } },
      { ...sameTime, _id: id, 'timers.id': { $gt: timer } },
    ],
  };
}

function readPlace(text: string): [string, string] {
  try {
    const [id, timer] = JSON.parse(text) as unknown[];
    return [String(id), String(timer)];
  } catch {
    return [text, ''];
  }
}
