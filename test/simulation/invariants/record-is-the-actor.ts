import { agentCommandUpdate } from '../../../contracts/actor-messages.ts';
import { isCutOff, nameOf, recordsOf, type StoredRecord, type World } from '../world/world.ts';
import { isCurrent } from './assignments.ts';
import type { Invariant } from './invariant.ts';
import { wouldTake } from './look-into-actor.ts';

export const recordIsTheActor: Invariant = {
  title: 'once all is quiet a record says what its actor says',
  watch: (world) => (moment) => {
    if (moment === 'event') return undefined;
    for (const record of recordsOf(world)) {
      const problem = lookAt(world, record);
      if (problem) return `${nameOf(world, record._id)} ${problem}`;
    }
    return undefined;
  },
};

function lookAt(world: World, record: StoredRecord): string | undefined {
  const { state, workflowId, agent, offer } = record;
  if (state === 'ended' || state === 'unrouted') return undefined;
  if (!isCurrent(world, record)) {
    const isLeft = isCutOff(world, workflowId) && !world.service.isRunning(workflowId);
    return isLeft ? undefined : `is ${state} by its record, and no actor runs on it`;
  }
  const commandOf = (type: 'accept' | 'end', username: string): object => ({
    type,
    conversationId: record._id,
    clientId: 'look',
    contentHash: 'look',
    agent: { username, name: username },
    offerId: offer?.offerId ?? '',
  });
  if (
    state === 'connected' &&
    agent &&
    wouldTake(world, workflowId, {
      name: agentCommandUpdate.name,
      command: commandOf('end', agent.username),
    }) === false
  ) {
    return `is connected with ${agent.username} by its record, and not by its actor`;
  }
  if (
    state === 'offered' &&
    offer &&
    wouldTake(world, workflowId, {
      name: agentCommandUpdate.name,
      command: commandOf('accept', offer.agent),
    }) === false
  ) {
    return `is offered to ${offer.agent} by its record, and not by its actor`;
  }
  return undefined;
}
