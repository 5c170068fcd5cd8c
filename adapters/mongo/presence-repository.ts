import type { Collection, WithId } from 'mongodb';
import type { AgentStateChange } from '../../contracts/actor-messages.ts';
import type { AgentState, NextAgentState } from '../../contracts/routing.ts';
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
  /** Who set it; '' where it was the agent. */
  setBy?: string;
  /** What follows when their chats have ended. */
  next?: NextAgentState | null;
  leaseUntil: number;
  /** The agent's socket, whose life is the lease's; calls over HTTP do not renew it then. */
  socketId?: string;
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
  setBy?: string;
  next?: NextAgentState;
}

export interface PresenceRepository {
  find(username: string): Promise<AgentPresence | undefined>;
  /**
   * Keeps what was chosen, and renews the lease where the agent has chosen it themselves. Gives the choice with the time by
   * which it is ordered: later than every earlier one, whichever clock said so.
   */
  recordState(choice: AgentStateChange, leaseUntil: number): Promise<AgentStateChange>;
  /** Renews a lease; true where its loss had been told and `markBack` is due. */
  renew(username: string, leaseUntil: number): Promise<boolean>;
  /** A socket of the agent was opened: it is the lease from now on. True as of `renew`. */
  openSocket(username: string, socketId: string, leaseUntil: number): Promise<boolean>;
  /** Renews the lease of a socket; `replaced`: the agent has another one by now. */
  renewSocket(username: string, socketId: string, leaseUntil: number): Promise<'renewed' | 'back' | 'replaced'>;
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
  const { _id: username, state, reason, since: at, setBy = '', next } = stored;
  return {
    username,
    state,
    at,
    ...(reason !== '' && { reason }),
    ...(setBy !== '' && { setBy }),
    ...(next && { next }),
  };
}

/** What a choice makes of what is stored; where it waits for the end of chats, the state stays. */
function fieldsOf({ state, reason = '', setBy = '', when }: AgentStateChange, at: number): Partial<StoredPresence> {
  const isNext = when === 'chats-ended' && (state === 'not-ready' || state === 'logged-out');
  if (isNext) return { stateAt: at, setBy, next: { state, ...(reason !== '' && { reason }) } };
  return { state, reason, stateAt: at, since: at, setBy, next: null };
}

/** Agents' states and leases in the collection `presence`. */
export function createPresenceRepository(collection: Collection<StoredPresence>): PresenceRepository {
  return {
    async find(username) {
      const stored = await collection.findOne({ _id: username });
      return stored ? toPresence(stored) : undefined;
    },
    async recordState(chosen, leaseUntil) {
      const { username, at: now, setBy } = chosen;
      await insertIfAbsent(collection, { _id: username, ...fresh });
      for (;;) {
        const before = await collection.findOne({ _id: username });
        const at = Math.max(now, (before?.stateAt ?? 0) + 1);
        const { matchedCount } = await collection.updateOne(
          { _id: username, stateAt: before?.stateAt ?? 0 },
          // Who chooses is there: the next loss is a new one. Somebody else's choice says nothing of that.
          setBy === undefined
            ? {
                $set: { ...fieldsOf(chosen, at), isLost: false },
                ...(before?.socketId === undefined && { $max: { leaseUntil } }),
              }
            : { $set: fieldsOf(chosen, at) },
        );
        if (matchedCount > 0) return { ...chosen, at };
      }
    },
    async renew(username, leaseUntil) {
      const filter = { _id: username, socketId: { $exists: false } };
      const renewed = await collection.findOneAndUpdate(filter, { $max: { leaseUntil } });
      return renewed?.isLost ?? false;
    },
    ...createSocketLeases(collection),
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
        // Whoever comes back without a socket is there by their calls.
        { $set: { isLost: true }, $unset: { socketId: '' } },
      );
      return matchedCount > 0;
    },
  };
}

/** The leases that are sockets. */
function createSocketLeases(
  collection: Collection<StoredPresence>,
): Pick<PresenceRepository, 'openSocket' | 'renewSocket'> {
  async function openSocket(username: string, socketId: string, leaseUntil: number): Promise<boolean> {
    await insertIfAbsent(collection, { _id: username, ...fresh });
    const before = await collection.findOneAndUpdate({ _id: username }, { $set: { socketId, leaseUntil } });
    return before?.isLost ?? false;
  }
  return {
    openSocket,
    async renewSocket(username, socketId, leaseUntil) {
      const before = await collection.findOneAndUpdate({ _id: username, socketId }, { $set: { leaseUntil } });
      if (before) return before.isLost ? 'back' : 'renewed';
      const other = await collection.findOne({ _id: username, socketId: { $exists: true } });
      if (other) return 'replaced';
      // Its loss was told, or a call over HTTP has come back since: it is the lease again.
      return (await openSocket(username, socketId, leaseUntil)) ? 'back' : 'renewed';
    },
  };
}
