import { messageKey } from '../../../contracts/message-key.ts';
import { isCutOff, messagesOf, type Customer, type World } from '../world/world.ts';
import type { Invariant } from './invariant.ts';

export const everyMessageInOneTranscript: Invariant = {
  title: 'every customer message is in exactly one transcript, in order',
  watch: (world) => (moment) => {
    if (moment === 'event') return undefined;
    for (const [index, customer] of world.customers.entries()) {
      const problem = lookAt(world, customer);
      if (problem) return `customer ${index}: ${problem}`;
    }
    return undefined;
  },
};

function lookAt(world: World, { psid, taken, workflowId }: Customer): string | undefined {
  const messages = messagesOf(world);
  const places = new Map<string, { seq: number; key: string }>();
  for (const key of taken) {
    const message = messages.get(messageKey(world.pageId, psid, key));
    if (!message) {
      // What an actor had in hand when an operator ended it is gone.
      if (isCutOff(world, workflowId)) continue;
      return `${key} was taken and is in no transcript`;
    }
    const before = places.get(message.conversationId);
    if (before && before.seq >= message.seq) return `${key} stands before ${before.key}, which came first`;
    places.set(message.conversationId, { seq: message.seq, key });
  }
  return undefined;
}
