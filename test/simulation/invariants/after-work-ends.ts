import { agentStatusQuery, type AgentStatusView } from '../../../contracts/actor-messages.ts';
import { dispatcherWorkflowId } from '../../../adapters/temporal/workflow-id.ts';
import { everPutAway } from '../world/chat-habits.ts';
import { AFTER_WORK_MS } from '../world/configuration.ts';
import { recordsOf, type World } from '../world/world.ts';
import { isCurrent } from './assignments.ts';
import { createStopwatch, seconds, type Invariant } from './invariant.ts';
import { handlerOf } from './look-into-actor.ts';

/** Over a worker that comes back. */
const LATE_MS = 60_000;

export const afterWorkEnds: Invariant = {
  title: 'paper work after a chat ends by its time, and takes no more than the slots there are',
  watch(world) {
    const stopwatch = createStopwatch(world);
    const mostSlots = new Map<string, number>();
    return () => {
      const ask = handlerOf(world, dispatcherWorkflowId(world.group), agentStatusQuery.name);
      if (!ask) return undefined;
      for (const { username } of world.agents) {
        const seen = ask(username) as AgentStatusView | null;
        const { afterWork = 0, chats = 0, slots = 0 } = seen ?? {};
        const most = Math.max(mostSlots.get(username) ?? 0, slots);
        mostSlots.set(username, most);
        if (chats - countDead(world, username) + afterWork > most + countOnTop(world, username))
          return `${username} has ${chats} chats and ${afterWork} to write up, of ${most} slots`;
        // One paper work after the other is no fault while there are chats; without any nothing new can begin.
        const heldMs = stopwatch.heldMs(username, afterWork > 0 && chats === 0);
        if (heldMs > AFTER_WORK_MS + LATE_MS) return `${username} writes up for ${seconds(heldMs)}`;
      }
      return undefined;
    };
  },
};

/** Chats that may have come back, or be written up, on top of the slots. */
function countOnTop(world: World, username: string): number {
  const before = everPutAway(world);
  return [...recordsOf(world)].filter(({ _id, servedBy }) => before.has(_id) && servedBy.includes(username)).length;
}

/** Chats whose actor an operator has ended: a dispatcher that began anew counts them until its next sweep. */
function countDead(world: World, username: string): number {
  return [...recordsOf(world)].filter(
    (record) => record.state === 'connected' && record.agent?.username === username && !isCurrent(world, record),
  ).length;
}
