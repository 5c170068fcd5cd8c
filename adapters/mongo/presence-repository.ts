import type { Collection, WithId } from 'mongodb';
import type { AgentState } from '../../contracts/routing.ts';
import { insertIfAbsent } from './configuration/natural-key-repository.ts';

/** An agent's chosen state and the lease that says their client is alive. Times are epoch milliseconds. */
export interface StoredPresence {
  _id: string;
  state: AgentState;
  reason: string;
  /** When the agent chose, by the clocks of the apis; rises with each choice, so it orders them. */
  stateAt: number;
  /** Since when the state holds: the choice, or what a dispatcher made of it. */
  since: number;
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
  /**
   * Keeps what the agent chose and renews their lease. Gives the choice with the time by which it is ordered: later than
   * every earlier one, whichever clock said so.
   */
  recordState(presence: AgentPresence, leaseUntil: number): Promise<AgentPresence>;
  /** Renews a lease; true where its loss had been told and `markBack` is due. */
  renew(username: string, leaseUntil: number): Promise<boolean>;
  /** Forgets what a user chose, who is deleted. */
  delete(username: string): Promise<void>;
  /** Notes that the return was told. */
  markBack(username: string): Promise<void>;
  /** Takes one agent whose lease has run out, for this caller alone until `claimedUntil`. */
  claimExpired(now: number, claimedUntil: number): Promise<string | undefined>;
  /** Notes that the loss was told; false where the agent renewed their lease meanwhile. */
  markLost(username: string, now: number): Promise<boolean>;
}

const fresh = {
  state: 'logged-out',
  reason: '',
  stateAt: 0,
  since: 0,
  leaseUntil: 0,
  isLost: false,
  claimedUntil: 0,
} as const;

function toPresence(stored: WithId<StoredPresence>): AgentPresence {
  const { _id: username, state, reason, since: at } = stored;
  return { username, state, at, ...(reason === '' ? {} : { reason }) };
}

/** Agents' states and leases in the collection `presence`. */
export function createPresenceRepository(collection: Collection<StoredPresence>): PresenceRepository {
  return {
    async find(username) {
      const stored = await collection.findOne({ _id: username });
      return stored ? toPresence(stored) : undefined;
    },
    async recordState(chosen, leaseUntil) {
      const { username, state, reason = '', at: now } = chosen;
      await insertIfAbsent(collection, { _id: username, ...fresh });
      for (;;) {
        const before = await collection.findOne({ _id: username });
        const at = Math.max(now, (before?.stateAt ?? 0) + 1);
        const { matchedCount } = await collection.updateOne(
          { _id: username, stateAt: before?.stateAt ?? 0 },
          // Who chooses is there: the next loss is a new one.
          { $set: { state, reason, stateAt: at, since: at, isLost: false }, $max: { leaseUntil } },
        );
        if (matchedCount > 0) return { ...chosen, at };
      }
    },
    async renew(username, leaseUntil) {
      const renewed = await collection.findOneAndUpdate({ _id: username }, { $max: { leaseUntil } });
      return renewed?.isLost ?? false;
    },
    async delete(username) {
      await collection.deleteOne({ _id: username });
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
