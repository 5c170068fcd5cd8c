import { condition } from '@temporalio/workflow';
import { isQuiet, type Actor } from './actor.ts';
import type { ActorState, OutboxEntry } from './actor-state.ts';
import { sendEntry } from './dispatch-work.ts';

/**
 * What an ended conversation has still to say may wait for long, as for a Page that Meta holds up. A customer who writes
 * again does not wait for it: the next conversation begins, and what was left behind leaves ahead of what that one says.
 */
const LATE_AFTER_MS = 5000;

/** Whether the customer has said something that no conversation has taken, or an agent begins one. */
export function hasMore({ inbox, reloaded, spilled }: ActorState): boolean {
  return (
    inbox.some(({ type }) => type === 'customer' || type === 'outbound') || reloaded.length > 0 || spilled !== undefined
  );
}

/** Whether an ended conversation waits for a part although the customer has written again. */
function isPartLate(actor: Actor): boolean {
  const { isSending, sendingSince, state } = actor;
  const isWaiting = state.conversation?.ended !== undefined && isSending && hasMore(state);
  return isWaiting && Date.now() >= sendingSince + LATE_AFTER_MS;
}

/** When that will be so at the earliest; Infinity where it never will, or is so already. */
export function partLateAt({ state, isSending, sendingSince }: Actor): number {
  const lateAt = sendingSince + LATE_AFTER_MS;
  return state.conversation?.ended && isSending && lateAt > Date.now() ? lateAt : Infinity;
}

/**
 * Whether nothing but that part keeps the run, and it may be left to the next one, which its row tells what became of it; or
 * the read model has first to be told what it is told on the way of that part.
 */
export function isLeavingDue(actor: Actor): boolean {
  return isPartLate(actor) && (actor.sendingProgress !== undefined || isQuiet(actor, 1));
}

/** What has not left, of the ended conversation and of those before it. No block waits for its delivery status. */
export function leftBehindOf({ leftBehind = [], conversation }: ActorState): OutboxEntry[] {
  const ofEnded = (conversation?.outbox ?? []).map(
    ({ part, refusal, endedConversationId = conversation?.id ?? '' }): OutboxEntry => ({
      part,
      endedConversationId,
      ...(refusal !== undefined && { refusal }),
    }),
  );
  return [...leftBehind, ...ofEnded];
}

/** Where no conversation begins, what was left behind leaves all the same, as long as the customer says nothing more. */
export async function sendLeftBehind(actor: Actor): Promise<void> {
  const { leftBehind = [] } = actor.state;
  for (let entry = leftBehind[0]; entry; entry = leftBehind[0]) {
    let isSent = false;
    void sendEntry(actor, entry, { conversationId: '', isEnded: true }).then(() => void (isSent = true));
    await condition(() => isSent || hasMore(actor.state));
    if (!isSent) return;
    leftBehind.shift();
  }
}
