import { dispatcherWorkflowId } from '../../../adapters/temporal/workflow-id.ts';
import { agentStatusQuery } from '../../../contracts/actor-messages.ts';
import { presenceOf } from '../world/world.ts';
import { createStopwatch, seconds, type Invariant } from './invariant.ts';
import { handlerOf } from './look-into-actor.ts';

/** Over a dead process, a lost answer, a dispatcher that begins anew. */
const WORD_TAKES_MS = 30_000;
/** A lost presence logs an agent out after its grace, whatever they chose before. */

export const whatWasChosenHolds: Invariant = {
  title: 'the state that an agent chose is the state that counts',
  watch(world) {
    const stopwatch = createStopwatch(world);
    return () => {
      const agentStatus = handlerOf(world, dispatcherWorkflowId(world.group), agentStatusQuery.name);
      if (!agentStatus) return undefined;
      for (const { username, chosen, chosenAt, toldAt, lostAt, isMember } of world.agents) {
        const { state = 'logged-out' } = (agentStatus(username) as { state: string } | null) ?? {};
        const presence = presenceOf(world, username);
        // Made not ready, or given up for lost, by a dispatcher that knew of the choice. Its clock is not the api's.
        const isOverruled = presence !== undefined && presence.stateAt >= toldAt && presence.state !== chosen;
        const counts = state === 'busy' ? 'ready' : state;
        const isSo = counts !== chosen && !isOverruled && isMember && lostAt === undefined;
        const heldMs = stopwatch.heldMs(`${username} ${chosenAt}`, isSo);
        if (heldMs > WORD_TAKES_MS) return `${username} chose ${chosen} and is ${counts} for ${seconds(heldMs)}`;
      }
      return undefined;
    };
  },
};
