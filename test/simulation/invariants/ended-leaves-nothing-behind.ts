import { agentStatusQuery } from '../../../contracts/actor-messages.ts';
import { dispatcherWorkflowId } from '../../../adapters/temporal/workflow-id.ts';
import { findRecord, isCutOff, messagesOf, nameOf, recordsOf, type World } from '../world/world.ts';
import { assignmentsOf } from './assignments.ts';
import { createStopwatch, seconds, type Invariant } from './invariant.ts';
import { handlerOf } from './look-into-actor.ts';

/** The dispatcher asks every ten minutes who of those whom it holds something for is still there. */
const SWEEP_MS = 11 * 60_000;

export const endedLeavesNothingBehind: Invariant = {
  title: 'a conversation that has ended has an empty outbox and no slot',
  watch(world) {
    const stopwatch = createStopwatch(world);
    return (moment) =>
      findHeldSlot(world, (key, isSo) => stopwatch.heldMs(key, isSo)) ??
      (moment === 'closed' ? findUnsent(world) : undefined);
  },
};

/** A slot that the dispatcher counts and no conversation has. */
function findHeldSlot(world: World, heldMs: (key: string, isSo: boolean) => number): string | undefined {
  const agentStatus = handlerOf(world, dispatcherWorkflowId(world.group), agentStatusQuery.name);
  if (!agentStatus) return undefined;
  const assignments = assignmentsOf(world);
  const isAnybodyWaiting = [...recordsOf(world)].some(({ state }) => state === 'queued' || state === 'running');
  for (const { username } of world.agents) {
    const { chats = 0 } = (agentStatus(username) as { chats: number } | null) ?? {};
    const taken = assignments.filter((assignment) => assignment.username === username).length;
    const ms = heldMs(username, chats > taken && !isAnybodyWaiting);
    if (ms > SWEEP_MS)
      return `the dispatcher counts ${chats} chats of ${username}, who has ${taken}, for ${seconds(ms)}`;
  }
  return undefined;
}

function isLeftToOperators(world: World, conversationId: string): boolean {
  return isCutOff(world, findRecord(world, conversationId)?.workflowId ?? '');
}

function findUnsent(world: World): string | undefined {
  const ended = new Set([...recordsOf(world)].filter(({ state }) => state === 'ended').map(({ _id }) => _id));
  for (const [partId, { conversationId, status, parked, text }] of messagesOf(world)) {
    // What an operator cut off is theirs to look after.
    if (!ended.has(conversationId) || parked?.by === 'person' || isLeftToOperators(world, conversationId)) continue;
    if (status === 'queued' || status === 'sending')
      return `"${text}" of ${nameOf(world, conversationId)} is ${status} for ever (${partId})`;
  }
  return undefined;
}
