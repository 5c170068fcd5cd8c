import type { AgentPresence } from '../../adapters/mongo/presence-repository.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { AgentStateChange } from '../../contracts/actor-messages.ts';
import type { AgentState } from '../../contracts/routing.ts';
import type { AppDependencies } from '../dependencies.ts';
import { choicesOf, requireAllowedChoice } from './state-choices.ts';

const RENEWAL_INTERVAL_MS = 30_000;
const MAX_REMEMBERED = 10_000;

/** What is chosen, and whether at once. */
interface StateChoice {
  state: AgentState;
  reason?: string | undefined;
  when?: 'now' | 'chats-ended' | undefined;
}

/** An agent's state and presence: kept in MongoDB, told to the dispatcher of their group. */
export interface AgentDesk {
  /**
   * Gives the state as it is recorded then. `setBy`: who chose for the agent.
   * @throws AppError FORBIDDEN for a user whom chats are not offered to; REQUEST_INVALID for what their group does not allow
   */
  chooseState(username: string, choice: StateChoice, setBy?: string): Promise<AgentPresence>;
  findState(username: string): Promise<AgentPresence>;
  /** As `chooseState('logged-out')`; nothing for users who take no chats or are logged out already. */
  logOut(username: string): Promise<void>;
  /** Any call shows that the agent is there. Renews their lease, at most every 30 s in this process. */
  recordCall(username: string): Promise<void>;
}

type DeskDependencies = Pick<AppDependencies, 'actors' | 'configuration' | 'live' | 'presence' | 'settings' | 'now'>;

/** Creates the desk of one api process. */
export function createAgentDesk({ actors, configuration, live, presence, settings, now }: DeskDependencies): AgentDesk {
  const renewals = createRenewals(now);

  async function chooseState(username: string, choice: StateChoice, setBy?: string): Promise<AgentPresence> {
    const snapshot = await configuration.get();
    const group = snapshot.groupOfUser(username);
    if (group === undefined) {
      throw new AppError('FORBIDDEN', { message: 'Chats are offered to agents, and to supervisors who have skills.' });
    }
    const privileges = snapshot.privilegesOf(snapshot.user(username)?.role ?? '');
    requireAllowedChoice(choicesOf(snapshot, { privileges }, group), choice);
    const { state, reason, when } = choice;
    const chosen: AgentStateChange = {
      username,
      state,
      at: now(),
      ...(reason !== undefined && { reason }),
      ...(setBy !== undefined && { setBy }),
      ...(when === 'chats-ended' && { when }),
    };
    // Stored first: where the signal fails the caller repeats, and presence is watched in any case.
    const recorded = await presence.recordState(chosen, now() + settings.presenceLeaseMs);
    await actors.tellAgentState(group, recorded);
    const standing = when === 'chats-ended' ? await findState(username) : recorded;
    await live.tell([{ type: 'agent.state', ...standing }]);
    return standing;
  }

  async function findState(username: string): Promise<AgentPresence> {
    return (await presence.find(username)) ?? { username, state: 'logged-out', at: 0 };
  }

  const groupOf = async (username: string): Promise<string | undefined> =>
    (await configuration.get()).groupOfUser(username);

  return {
    chooseState,
    findState,
    async logOut(username) {
      if ((await groupOf(username)) !== undefined && (await findState(username)).state !== 'logged-out')
        await chooseState(username, { state: 'logged-out' });
    },
    async recordCall(username) {
      const group = await groupOf(username);
      if (group === undefined || !renewals.isDue(username)) return;
      renewals.remember(username);
      try {
        const wasLost = await presence.renew(username, now() + settings.presenceLeaseMs);
        if (wasLost) await tellBack({ actors, presence, now }, group, username);
      } catch (error) {
        renewals.forget(username);
        throw error;
      }
    },
  };
}

/** Whose lease was renewed lately. */
function createRenewals(now: () => number): {
  isDue(username: string): boolean;
  remember(username: string): void;
  forget(username: string): void;
} {
  const renewedAt = new Map<string, number>();
  return {
    isDue: (username) => now() - (renewedAt.get(username) ?? -Infinity) >= RENEWAL_INTERVAL_MS,
    remember(username) {
      renewedAt.delete(username);
      renewedAt.set(username, now());
      const oldest = renewedAt.keys().next();
      if (renewedAt.size > MAX_REMEMBERED && !oldest.done) renewedAt.delete(oldest.value);
    },
    forget: (username) => renewedAt.delete(username),
  };
}

/** Tells the dispatcher that an agent who was lost is there again. */
export async function tellBack(
  { actors, presence, now }: Pick<AppDependencies, 'actors' | 'presence' | 'now'>,
  group: string,
  username: string,
): Promise<void> {
  await actors.tellPresence(group, { username, presence: 'back', at: now() });
  await presence.markBack(username);
}
