/**
 * What a person does to a running conversation by hand: what it is asked, and what it says to it. Decided by the conversation alone, against
 * where it is then. Docs: docs/time-travel.md.
 */
import type { Json } from './json.ts';

/**
 * `go-to-block`: begins that block, whatever it was doing. `set-variable`: by its name; `null` takes it away. `fire-timer`: what the timer
 * waits for is over now. `put-off-timer`: it is due so many seconds later, yet no later than the longest wait there is from now; then, where no
 * seconds are named, for no wait is for ever.
 */
export type Surgery =
  | { kind: 'go-to-block'; block: string }
  | { kind: 'set-variable'; name: string; value: Json }
  | { kind: 'fire-timer'; timer: string }
  | { kind: 'put-off-timer'; timer: string; seconds?: number | undefined };

/**
 * Why nothing is done: it is over; something is on its way; an agent talks with the customer; there is no such block or timer; the block leads
 * into a loop; the variable is the world's; the timer is nobody's to turn; it is not any more as it was when it was looked at.
 */
export const SURGERY_REFUSALS = [
  'ended',
  'busy',
  'with-agent',
  'no-block',
  'no-timer',
  'would-fail',
  'not-settable',
  'fixed',
  'changed',
] as const;
export type SurgeryRefusal = (typeof SURGERY_REFUSALS)[number];

/** Asks a conversation for it. Repeated under the same `clientId` it gets the same answer. */
export interface SurgeryOrder {
  clientId: string;
  /** Of this attempt, where one that was refused may be repeated under the same `clientId`. */
  attemptId?: string;
  conversationId: string;
  by: string;
  /** Of the state that it was looked at in: `stateKeyOf`. */
  revision?: string;
  /** What was seen of it, where that is less than its whole state: its block, when the timer is due. */
  seen?: { block?: string; timerAt?: number };
  surgery: Surgery;
}

/** What became of it. `block`: where it was, `to`: where it is now; `before`, `after`: of a variable, as JSON; of a timer, when it is due. */
export type SurgeryAnswer =
  | { outcome: 'done'; block: string; to: string; isOver: boolean; before?: string; after?: string }
  | { outcome: 'refused'; reason: SurgeryRefusal };
