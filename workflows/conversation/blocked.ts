import { openConversation, type Actor } from './actor.ts';
import type { ActorState, OutboxEntry } from './actor-state.ts';
import { endConversation } from './ending.ts';

/** Somebody has blocked the customer: what runs ends without a word, and what waits to be sent is recorded as not sent. */
export function endBlocked(actor: Actor): void {
  endConversation(actor, 'blocked');
  refuseAll(openConversation(actor).outbox);
}

/** What ended conversations have still to say is not said to a blocked customer. */
export function refuseLeftBehind({ leftBehind = [] }: ActorState): void {
  refuseAll(leftBehind);
}

function refuseAll(entries: OutboxEntry[]): void {
  for (const entry of entries) entry.refusal = 'The customer is blocked';
}
