import { nameOf, presenceOf, recordsOf, type Agent, type StoredRecord, type World } from '../world/world.ts';
import { assignmentsOf, isCurrent } from './assignments.ts';
import { createStopwatch, seconds, type Invariant } from './invariant.ts';

/** A reservation that nobody confirms is taken back after 60 s; twice that is too long. */
const LONGEST_WAIT_MS = 120_000;

export const nobodyWaitsInVain: Invariant = {
  title: 'nobody waits while a qualified agent is free',
  watch(world) {
    const stopwatch = createStopwatch(world);
    return () => {
      // Who was found is kept for as long as a reservation lasts for each customer who cannot be told so.
      const free = isSilenced(world) ? [] : world.agents.filter((agent) => isFree(world, agent));
      for (const record of recordsOf(world)) {
        for (const agent of world.agents) {
          const isSo = free.includes(agent) && isWaiting(world, record);
          const heldMs = stopwatch.heldMs(`${record._id} ${agent.username}`, isSo);
          if (heldMs > LONGEST_WAIT_MS)
            return `${nameOf(world, record._id)} waits for ${seconds(heldMs)} while ${agent.username} is free`;
        }
      }
      return undefined;
    };
  },
};

/** Whether Graph takes nothing now. */
function isSilenced(world: World): boolean {
  const now = world.elapsedMs();
  return world.plan.faults.some((fault) => fault.type === 'graph' && fault.from <= now && now < fault.until);
}

function isWaiting(world: World, record: StoredRecord): boolean {
  return record.state === 'queued' && record.owner === 'queue' && isCurrent(world, record);
}

function isFree(world: World, agent: Agent): boolean {
  const { username, chosen, lostAt, isMember, slots } = agent;
  if (chosen !== 'ready' || lostAt !== undefined || !isMember) return false;
  if (presenceOf(world, username)?.state !== 'ready') return false;
  return assignmentsOf(world).filter((assignment) => assignment.username === username).length < slots;
}
