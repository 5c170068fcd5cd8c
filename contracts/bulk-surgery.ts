/**
 * What a person does to many running conversations by hand: kept as one operation with an answer for each, and carried out by any api
 * process, whichever dies. Docs: docs/timers.md. Times are epoch milliseconds.
 */
import type { Json } from './json.ts';
import { SURGERY_REFUSALS, type SurgeryAnswer } from './surgery.ts';

/** As `Surgery`; which timer of which conversation stands with the conversation. */
export type BulkSurgery =
  | { kind: 'go-to-block'; block: string }
  | { kind: 'set-variable'; name: string; value: Json }
  | { kind: 'fire-timer' }
  | { kind: 'put-off-timer'; seconds?: number | undefined };

export const BULK_SURGERY_KINDS = ['go-to-block', 'set-variable', 'fire-timer', 'put-off-timer'] as const;

/** One conversation, as it was seen: in that block, with that timer due then. Where it is so no more nothing is done to it. */
export interface BulkSurgeryItem {
  conversationId: string;
  block?: string | undefined;
  timer?: string | undefined;
  at?: number | undefined;
}

/** Conversations of one operation: each is asked where it is for the preview. */
export const MOST_AT_ONCE = 2000;

export const BULK_SURGERY_STATES = ['running', 'stopped', 'done'] as const;
type BulkSurgeryState = (typeof BULK_SURGERY_STATES)[number];

/** What one came to; `away`: it could not be asked, though it was tried for a while. */
export type BulkAnswer = SurgeryAnswer | { outcome: 'refused'; reason: 'away' };

/** `done`, or why nothing was done. */
export const BULK_OUTCOMES = ['done', ...SURGERY_REFUSALS, 'away'] as const;
export type BulkOutcome = (typeof BULK_OUTCOMES)[number];

/** Counted by what it came to: `done`, or why nothing was done. */
export type BulkCounts = Partial<Record<BulkOutcome, number>>;

export interface BulkSurgeryRecord {
  id: string;
  by: string;
  surgery: BulkSurgery;
  state: BulkSurgeryState;
  total: number;
  startedAt: number;
  endedAt?: number;
}

/** What became of one of them. `index`: its place in the operation. */
export interface OperatedConversation {
  operationId: string;
  index: number;
  conversationId: string;
  timer?: string;
  at: number;
  answer: BulkAnswer;
}
