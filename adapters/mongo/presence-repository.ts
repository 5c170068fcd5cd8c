import type { Collection, WithId } from 'mongodb';
import type { AgentState } from '../../contracts/routing.ts';
import { insertIfAbsent } from './configuration/natural-key-repository.ts';

/** An agent's chosen state and the lease that says their client is alive. Times are epoch milliseconds. */
export interface StoredPresence {
  _id: string;
  state: AgentState;
  reason: string;
  stateAt: number;
  leaseUntil: number;
  /** The dispatcher was told that the lease ran out. */
  isLost: boolean;
  /** Until when one api process alone deals with the expired lease. */
  claimedUntil: number;
}

export interface AgentPresence {
  username: string;
  state: AgentState;
  reason?: string;
  at: number;
}

export interface PresenceRepository {
  find(username: string): Promise<AgentPresence | undefined>;
  /** Keeps what the agent chose and renews their lease. An older choice changes nothing. */
  recordState(presence: AgentPresence, leaseUntil: number): Promise<void>;
  /** Renews a lease; true where its loss had been told and `markBack` is due. */
  renew(username: string, leaseUntil: number): Promise<boolean>;
  /** Notes that the return was told. */
  markBack(username: string): Promise<void>;
  /** Takes one agent whose lease has run out, for this caller alone until `claimedUntil`. */
  claimExpired(now: number, claimedUntil: number): Promise<string | undefined>;
  /** Notes that the loss was told; false where the agent renewed their lease meanwhile. */
  markLost(username: string, now: number): Promise<boolean>;
}

const fresh = { state: 'logged-out', reason: '', stateAt: 0, leaseUntil: 0, isLost: false, claimedUntil: 0 } as const;

function toPresence(stored: WithId<StoredPresence>): AgentPresence {
  const { _id: username, state, reason, stateAt: at } = stored;
  return { username, state, at, ...(reason === '' ? {} : { reason }) };
}

/** Agents' states and leases in the collection `presence`. */
export function createPresenceRepository(collection: Collection<StoredPresence>): PresenceRepository {
  return {
    async find(username) {
      const stored = await collection.findOne({ _id: username });
      return stored ? toPresence(stored) : undefined;
    },
    async recordState({ username, state, reason = '', at }, leaseUntil) {
      await insertIfAbsent(collection, { _id: username, ...fresh });
      await collection.updateOne({ _id: username, stateAt: { $lt: at } }, { $set: { state, reason, stateAt: at } });
      await collection.updateOne({ _id: username }, { $max: { leaseUntil } });
    },
    async renew(username, leaseUntil) {
      const renewed = await collection.findOneAndUpdate({ _id: username }, { $max: { leaseUntil } });
      return renewed?.isLost ?? false;
    },
    async markBack(username) {
      await collection.updateOne({ _id: username }, { $set: { isLost: false } });
    },
    async claimExpired(now, claimedUntil) {
      const claimed = await collection.findOneAndUpdate(
        { leaseUntil: { $lt: now }, isLost: false, claimedUntil: { $lt: now }, state: { $ne: 'logged-out' } },
        { $set: { claimedUntil } },
        { returnDocument: 'after' },
      );
      return claimed?._id;
    },
    async markLost(username, now) {
      const { matchedCount } = await collection.updateOne(
        { _id: username, leaseUntil: { $lt: now } },
        { $set: { isLost: true } },
      );
      return matchedCount > 0;
    },
  };
}
