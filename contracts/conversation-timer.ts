/**
 * What a running conversation waits for by the clock: what comes when, and what a person may do about it. Docs: docs/timers.md.
 */

/**
 * Of the scenario: a Wait (`wait`), the time-out of a question (`question`) or of an answer of the world (`operation`), the end of a search
 * (`search`) or of an offer (`offer`). Of the conversation itself: a search that widens or goes on elsewhere (`escalation`, `overflow`),
 * somebody who is asked into the chat (`invitation`), the end of a snooze, silences, another app that has the thread, the messaging window
 * that closes, a part that waits.
 */
export const TIMER_KINDS = [
  'wait',
  'question',
  'operation',
  'search',
  'offer',
  'escalation',
  'overflow',
  'invitation',
  'snooze',
  'inactivity-warning',
  'inactivity-end',
  'agent-silence-warning',
  'agent-silence-end',
  'other-app',
  'window',
  'part',
] as const;
export type TimerKind = (typeof TIMER_KINDS)[number];

/** `id`: names it within its conversation. `at`: when it is due, epoch milliseconds. */
export interface ConversationTimer {
  id: string;
  kind: TimerKind;
  at: number;
}

/** Meta's clocks, which nobody of ours can turn. */
const FIXED: ReadonlySet<TimerKind> = new Set(['window', 'part']);
/** An agent's slot is held no longer: the customer would wait for nobody. */
const ENDING: ReadonlySet<TimerKind> = new Set(['offer', 'invitation']);

/** Whether a person may have a timer of this kind fire now, or later. */
export function canTurn(kind: TimerKind, surgery: 'fire-timer' | 'put-off-timer'): boolean {
  return !FIXED.has(kind) && (surgery === 'fire-timer' || !ENDING.has(kind));
}

/** Of one record: the soonest, where there are more. */
export const MAX_TIMERS = 20;
