import { isContinueAsNewWanted } from '../is-continue-as-new-wanted.ts';
import type { Actor } from './actor.ts';

/**
 * A task that comes to another worker, or that has timed out, replays the whole run within the 3 s of a task. On a busy machine
 * the 4,000 events of the server's own bound took longer, three times over: the agent's messages were refused meanwhile.
 */
const MAX_EVENTS = 2000;

/** What is under way is mostly over in this time; meanwhile the customer is not listened to, so that the run gets quiet. */
const HOLD_MS = 5000;
/** What takes longer, as a part that waits for a held Page, must keep nobody waiting: only so often is it tried again. */
const PERIOD_MS = 30_000;

/** The run is to continue as new: it sends no more parts, so that it is quiet soon. */
export function isClosing({ state }: Actor): boolean {
  return isContinueAsNewWanted(MAX_EVENTS) && !state.conversation?.ended;
}

/** Whether what the customer says is left to the next run. */
export function isHoldingCustomer(actor: Actor): boolean {
  return isClosing(actor) && sinceHold(actor) < HOLD_MS;
}

/** When the customer is listened to again, should the run still be there; Infinity where they are. */
export function holdEndsAt(actor: Actor): number {
  return isHoldingCustomer(actor) ? Date.now() - sinceHold(actor) + HOLD_MS : Infinity;
}

function sinceHold(actor: Actor): number {
  const now = Date.now();
  actor.closingSince ??= now;
  return (now - actor.closingSince) % PERIOD_MS;
}
