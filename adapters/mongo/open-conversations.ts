import type { Db } from 'mongodb';
import type { ConversationFilter } from '../../contracts/conversation-queries.ts';
import type { DayRecord, OpenRecord } from '../../contracts/supervision.ts';
import type { StoredConversation } from './conversations-repository.ts';
import { whatIsVisible } from './visible-conversations.ts';

/** More than a contact centre has open, and more customers than ask for its agents in a day. */
const OPEN_LIMIT = 10_000;
const DAY_LIMIT = 100_000;
const ROUTED_STATES = ['queued' as const, 'offered' as const, 'connected' as const];

type Limits = Pick<ConversationFilter, 'visibleTo'>;

/** What is counted live, of collection `conversations`. */
export interface OpenConversations {
  /** Conversations that ask for an agent or have one; the longest waiting first. */
  listOpen(limits: Limits): Promise<OpenRecord[]>;
  /** Those that asked for an agent at `since` or later. */
  listQueuedSince(since: number, limits: Limits): Promise<DayRecord[]>;
}

/** Creates the reader. */
export function createOpenConversations(db: Db): OpenConversations {
  const collection = db.collection<StoredConversation>('conversations');
  return {
    async listOpen({ visibleTo }) {
      const found = await collection
        .find({ state: { $in: ROUTED_STATES }, ...(visibleTo && { $or: whatIsVisible(visibleTo) }) })
        .project<Omit<OpenRecord, 'conversationId'> & { _id: string }>({
          state: 1,
          service: 1,
          group: 1,
          agent: 1,
          helpFlag: 1,
          queuedAt: 1,
          startedAt: 1,
          offer: 1,
          routedBy: 1,
        })
        .limit(OPEN_LIMIT)
        .toArray();
      return found
        .map(({ _id: conversationId, ...fields }) => ({ conversationId, ...fields }))
        .toSorted((one, other) => (one.queuedAt ?? one.startedAt) - (other.queuedAt ?? other.startedAt));
    },
    listQueuedSince: (since, { visibleTo }) =>
      collection
        .find({ queuedAt: { $gte: since }, ...(visibleTo && { $or: whatIsVisible(visibleTo) }) })
        .project<DayRecord>({ _id: 0, service: 1, queuedAt: 1, acceptedAt: 1, endedAt: 1, segments: 1 })
        .limit(DAY_LIMIT)
        .toArray(),
  };
}
