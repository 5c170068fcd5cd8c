import type { Db } from 'mongodb';
import type { AgentStateRecord, RoutingDecision } from '../../contracts/routing-decision.ts';
import type { StoredPresence } from './presence-repository.ts';

type StoredDecision = Omit<RoutingDecision, 'id'> & { _id: string };

const LISTED = 200;

const toDecision = ({ _id: id, ...decision }: StoredDecision): RoutingDecision => ({ ...decision, id });

/** What dispatchers decided, and the states of agents as they see them. */
export interface RoutingRepository {
  recordDecisions(decisions: readonly RoutingDecision[]): Promise<void>;
  /** Of one conversation, oldest first, the newest 200. */
  listDecisions(conversationId: string): Promise<RoutingDecision[]>;
  /** Questions that were answered or taken back in a time, and chats that ended, oldest first: what a what-if plays. */
  listDecisionsBetween(filter: { group: string; from: number; to: number; limit: number }): Promise<RoutingDecision[]>;
  recordAgentState(agent: AgentStateRecord): Promise<void>;
  listAgentStates(usernames: readonly string[]): Promise<AgentStateRecord[]>;
  /** Of these agents, those whose clients hold a lease. */
  listPresent(usernames: readonly string[], now: number): Promise<string[]>;
}

/** Creates the repository over collections `routing-decisions` and `presence`, where the api keeps what agents chose. */
export function createRoutingRepository(db: Db): RoutingRepository {
  const decisionsCollection = db.collection<StoredDecision>('routing-decisions');
  const states = db.collection<StoredPresence>('presence');
  return {
    async recordDecisions(decisions) {
      if (decisions.length === 0) return;
      await decisionsCollection.bulkWrite(
        decisions.map(({ id, ...decision }) => ({
          updateOne: { filter: { _id: id }, update: { $setOnInsert: decision }, upsert: true },
        })),
        { ordered: false },
      );
    },
    async listDecisions(conversationId) {
      const newest = await decisionsCollection.find({ conversationId }).sort({ at: -1 }).limit(LISTED).toArray();
      return newest.toReversed().map(toDecision);
    },
    async listDecisionsBetween({ group, from, to, limit }) {
      const filter = { group, at: { $gte: from, $lt: to } };
      return (await decisionsCollection.find(filter).sort({ at: 1 }).limit(limit).toArray()).map(toDecision);
    },
    async recordAgentState({ username, state, since, chosenAt, reason = '', setBy = '', next = null }) {
      // An agent who chose meanwhile has the last word. The clocks of api and dispatcher are never compared.
      await states.updateOne(
        { _id: username, stateAt: { $lte: chosenAt } },
        { $set: { state, reason, since, stateAt: chosenAt, setBy, next } },
      );
    },
    async listPresent(usernames, now) {
      const filter = { _id: { $in: [...usernames] }, leaseUntil: { $gt: now } };
      return (await states.find(filter, { projection: { _id: 1 } }).toArray()).map(({ _id }) => _id);
    },
    async listAgentStates(usernames) {
      const found = await states.find({ _id: { $in: [...usernames] } }).toArray();
      return found.map(({ _id, state, reason, stateAt, since, setBy = '', next }) => ({
        username: _id,
        state,
        since,
        chosenAt: stateAt,
        ...(reason !== '' && { reason }),
        ...(setBy !== '' && { setBy }),
        ...(next && { next }),
      }));
    },
  };
}

/** Indexes of the collections; creating them again changes nothing. */
export async function ensureRoutingIndexes(db: Db): Promise<void> {
  await db.collection('routing-decisions').createIndexes([
    { key: { conversationId: 1, at: 1 }, name: 'conversation' },
    { key: { group: 1, at: 1 }, name: 'group' },
  ]);
}
