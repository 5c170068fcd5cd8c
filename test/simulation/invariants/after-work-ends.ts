import {
  agentStatusQuery,
  routingQuery,
  type AgentStatusView,
  type RoutingExplanation,
} from '../../../contracts/actor-messages.ts';
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
        const over = chats + afterWork - most;
        if (over > 0 && over > countExcused(world, username))
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

function countExcused(world: World, username: string): number {
  return hasBegunAnew(world) ? Infinity : countOnTop(world, username) + countOutdated(world, username);
}

/** It does not know the paper work of chats whose end it has not been told: the word of it may come when the slot is given. */
function hasBegunAnew(world: World): boolean {
  const endedAt = world.endedByOperator.get(dispatcherWorkflowId(world.group));
  return endedAt !== undefined && world.elapsedMs() - endedAt < LATE_MS;
}

/**
 * Chats that the dispatcher counts and that are over: an operator has ended their actor, which it hears by its next sweep, or
 * the word of their end is on its way, behind an older one that a crash has delayed.
 */
function countOutdated(world: World, username: string): number {
  const explain = handlerOf(world, dispatcherWorkflowId(world.group), routingQuery.name);
  if (!explain) return 0;
  return [...recordsOf(world)].filter((record) => {
    if (record.state !== 'ended' && isCurrent(world, record)) return false;
    const { held } = explain(record._id) as RoutingExplanation;
    return held.some(({ agent }) => agent === username);
  }).length;
}
