import { recordsOf, type StoredRecord, type World } from '../world/world.ts';

/** What of the conversations says who has whom, by the read model. */
export interface Assignment {
  record: StoredRecord;
  username: string;
}

/** Conversations that are offered to or connected with somebody, and whose actor runs on them. */
export function assignmentsOf(world: World): readonly Assignment[] {
  const known = lastLooks.get(world);
  if (known?.happened === world.scheduler.happened) return known.assignments;
  const assignments = findAssignments(world);
  lastLooks.set(world, { happened: world.scheduler.happened, assignments });
  return assignments;
}

/** Several invariants look after the same event. */
const lastLooks = new WeakMap<World, { happened: number; assignments: Assignment[] }>();

function findAssignments(world: World): Assignment[] {
  const found: Assignment[] = [];
  for (const record of recordsOf(world)) {
    const usernames = usernamesOf(record);
    if (usernames.length > 0 && isCurrent(world, record))
      for (const username of usernames) found.push({ record, username });
  }
  return found;
}

/** Whose slots it has: of a chat its holder's, those of the others in it, and that of whoever is asked to come. */
function usernamesOf({ state, offer, agent, participants = [], invitation, snooze }: StoredRecord): string[] {
  if (state === 'offered') return offer ? [offer.agent] : [];
  if (state !== 'connected' || !agent) return [];
  const asked = invitation?.offer ? [invitation.offer.agent] : [];
  // One that is put away takes no slot of its holder.
  const holder = snooze && !snooze.woken ? [] : [agent.username];
  return [...holder, ...participants.map((participant) => participant.agent.username), ...asked];
}

/** Whether the actor of a record runs, and no later conversation of the customer has begun. */
export function isCurrent(world: World, record: StoredRecord): boolean {
  if (!world.service.isRunning(record.workflowId)) return false;
  const endedAt = world.endedByOperator.get(record.workflowId);
  if (endedAt !== undefined && record.startedAt < world.scheduler.now - world.elapsedMs() + endedAt) return false;
  for (const other of recordsOf(world)) {
    if (other.workflowId === record.workflowId && other.startedAt > record.startedAt) return false;
  }
  return true;
}
