import { messageKey } from '../../../adapters/mongo/message-document.ts';
import { findRecord, isCutOff, messagesOf, type Customer, type World } from '../world/world.ts';
import type { Invariant } from './invariant.ts';

export const everyMessageInOneTranscript: Invariant = {
  title: 'every customer message is in exactly one transcript, in order',
  watch: (world) => (moment) => {
    if (moment === 'event') return undefined;
    for (const [index, customer] of world.customers.entries()) {
      if (moment === 'quiet' && isBehindAPart(world, customer)) continue;
      const problem = lookAt(world, customer);
      if (problem) return `customer ${index}: ${problem}`;
    }
    return undefined;
  },
};

/**
 * What a customer writes after the end is the next conversation's, which begins when the last part of the one before has
 * left: for a Page that Meta holds up that takes as long as the hold.
 */
function isBehindAPart(world: World, { psid }: Customer): boolean {
  for (const row of messagesOf(world).values()) {
    if (row.psid !== psid || row.parked || (row.status !== 'queued' && row.status !== 'sending')) continue;
    if (findRecord(world, row.conversationId)?.state === 'ended') return true;
  }
  return false;
}

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
