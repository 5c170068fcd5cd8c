import type { ConversationKey } from '../contracts/conversation-key.ts';
import type { CustomerEvent } from '../contracts/customer-event.ts';
import type { ActivityDependencies } from './dependencies.ts';

type Deps = Pick<ActivityDependencies, 'readModel'>;

/** Keeps a piece of what a customer said outside of Temporal, in order by its index. */
export function createSpillEvents({
  readModel: { spilledEvents },
}: Deps): (request: { key: ConversationKey; index: number; events: CustomerEvent[] }) => Promise<void> {
  return async function spillEvents({ key, index, events }) {
    await spilledEvents.keep(key, index, events);
  };
}

/** Reads a piece back; those before it have been taken and go. */
export function createReadSpilledEvents({
  readModel: { spilledEvents },
}: Deps): (request: { key: ConversationKey; index: number }) => Promise<CustomerEvent[]> {
  return async function readSpilledEvents({ key, index }) {
    await spilledEvents.deleteBefore(key, index);
    return spilledEvents.read(key, index);
  };
}

/** Everything that was spilled before this index has been taken. */
export function createForgetSpilledEvents({
  readModel: { spilledEvents },
}: Deps): (request: { key: ConversationKey; index: number }) => Promise<void> {
  return async function forgetSpilledEvents({ key, index }) {
    await spilledEvents.deleteBefore(key, index);
  };
}
