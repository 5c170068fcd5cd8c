import type { Db } from 'mongodb';
import type { AgentStateRecord, RoutingDecision } from '../../contracts/routing-decision.ts';
import type { StoredPresence } from './presence-repository.ts';

type StoredDecision = Omit<RoutingDecision, 'id'> & { _id: string };

/** What dispatchers decided, and the states of agents as they see them. */
export interface RoutingRepository {
  recordDecisions(decisions: readonly RoutingDecision[]): Promise<void>;
  recordAgentState(agent: AgentStateRecord): Promise<void>;
  listAgentStates(usernames: readonly string[]): Promise<AgentStateRecord[]>;
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
    async recordAgentState({ username, state, since, reason = '' }) {
      // An agent who chose meanwhile has the last word.
      await states.updateOne({ _id: username, stateAt: { $lt: since } }, { $set: { state, reason, stateAt: since } });
    },
    async listAgentStates(usernames) {
      const found = await states.find({ _id: { $in: [...usernames] } }).toArray();
      return found.map(({ _id, state, reason, stateAt }) => ({
        username: _id,
        state,
        since: stateAt,
        ...(reason !== '' && { reason }),
      }));
    },
  };
}

/** Indexes of the collections; creating them again changes nothing. */
export async function ensureRoutingIndexes(db: Db): Promise<void> {
  await db.collection('routing-decisions').createIndex({ conversationId: 1, at: 1 }, { name: 'conversation' });
}
