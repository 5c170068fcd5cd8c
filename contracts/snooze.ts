/** Why a snoozed chat sleeps no more: its time has come, the customer wrote, its holder went on with it. */
export const WOKEN_BY = ['time', 'customer', 'agent'] as const;
export type WokenBy = (typeof WOKEN_BY)[number];

/** A chat that its holder has put away, or has put away before and not yet written in. Times: epoch milliseconds. */
export interface SnoozeRecord {
  since: number;
  until: number;
  /** What the holder wants to be reminded of. */
  note?: string;
  woken?: { at: number; by: WokenBy };
}

/** Longest a chat sleeps: as long as an agent may write after the customer's last word (Messenger's Human Agent tag). */
export const MAX_SNOOZE_MS = 7 * 24 * 60 * 60_000;
