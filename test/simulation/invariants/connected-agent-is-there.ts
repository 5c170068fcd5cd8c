import { nameOf, type Agent, type World } from '../world/world.ts';
import { assignmentsOf, type Assignment } from './assignments.ts';
import { createStopwatch, seconds, type Invariant } from './invariant.ts';

const GRACE_MS = 30_000;
/** The way of the news over a process that comes back; a dispatcher that begins anew gives its grace anew. */
const NEWS_TAKES_MS = GRACE_MS + 15_000;

export const connectedAgentIsThere: Invariant = {
  title: 'who is connected is logged in or in grace',
  watch(world) {
    const stopwatch = createStopwatch(world);
    return () => {
      // A chat that is put away has no holder meanwhile, and takes them anew when it wakes.
      stopwatch.endAllBut(new Set(assignmentsOf(world).map(keyOf)));
      for (const assignment of assignmentsOf(world)) {
        const { record, username } = assignment;
        const agent = world.agents.find((candidate) => candidate.username === username);
        if (!agent) continue;
        const isSo = record.state === 'connected' && isGone(world, agent);
        const heldMs = stopwatch.heldMs(keyOf(assignment), isSo);
        if (heldMs > NEWS_TAKES_MS)
          return `${nameOf(world, record._id)} stays with ${username}, who is gone for ${seconds(heldMs)}`;
      }
      return undefined;
    };
  },
};

const keyOf = ({ record, username }: Assignment): string => `${record._id} ${username}`;

function isGone(world: World, { chosen, lostAt }: Agent): boolean {
  if (chosen === 'logged-out') return true;
  return lostAt !== undefined && world.elapsedMs() - lostAt > GRACE_MS;
}
