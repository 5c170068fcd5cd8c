import type { Db } from 'mongodb';
import type { AgentStateRecord, RoutingDecision } from '../../contracts/routing-decision.ts';
import type { StoredPresence } from './presence-repository.ts';

type StoredDecision = Omit<RoutingDecision, 'id'> & { _id: string };

/** What dispatchers decided, and the states of agents as they see them. */
export interface RoutingRepository {
  recordDecisions(decisions: readonly RoutingDecision[]): Promise<void>;
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
    async recordAgentState({ username, state, since, chosenAt, reason = '' }) {
      // An agent who chose meanwhile has the last word. The clocks of api and dispatcher are never compared.
      await states.updateOne(
        { _id: username, stateAt: { $lte: chosenAt } },
        { $set: { state, reason, since, stateAt: chosenAt } },
      );
    },
    async listPresent(usernames, now) {
      const filter = { _id: { $in: [...usernames] }, leaseUntil: { $gt: now } };
      return (await states.find(filter, { projection: { _id: 1 } }).toArray()).map(({ _id }) => _id);
    },
    async listAgentStates(usernames) {
      const found = await states.find({ _id: { $in: [...usernames] } }).toArray();
      return found.map(({ _id, state, reason, stateAt, since }) => ({
        username: _id,
        state,
        since,
        chosenAt: stateAt,
        ...(reason !== '' && { reason }),
      }));
    },
  };
}

/** Indexes of the collections; creating them again changes nothing. */
export async function ensureRoutingIndexes(db: Db): Promise<void> {
  await db.collection('routing-decisions').createIndex({ conversationId: 1, at: 1 }, { name: 'conversation' });
}
