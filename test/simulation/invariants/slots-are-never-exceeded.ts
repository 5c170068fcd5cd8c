import { everPutAway } from '../world/chat-habits.ts';
import { assignmentsOf } from './assignments.ts';
import { createStopwatch, seconds, type Invariant } from './invariant.ts';

/** News of an agent's leaving may take so long, over crashes and broken lines, to the one chat that must let go. */
const NEWS_TAKES_MS = 20_000;

export const slotsAreNeverExceeded: Invariant = {
  title: 'no agent has more conversations than slots',
  watch(world) {
    const stopwatch = createStopwatch(world);
    const mostSlots = new Map<string, number>();
    return () => {
      const counts = new Map<string, number>();
      const onTop = everPutAway(world);
      for (const { record, username } of assignmentsOf(world))
        if (!onTop.has(record._id)) counts.set(username, (counts.get(username) ?? 0) + 1);
      for (const { username, slots } of world.agents) {
        // Who is given fewer slots keeps the chats they have.
        const most = Math.max(mostSlots.get(username) ?? 0, slots);
        mostSlots.set(username, most);
        const count = counts.get(username) ?? 0;
        const heldMs = stopwatch.heldMs(username, count > most);
        if (heldMs > NEWS_TAKES_MS)
          return `${username} has ${count} conversations for ${seconds(heldMs)} and ${most} slots`;
      }
      return undefined;
    };
  },
};
