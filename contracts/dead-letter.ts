import type { WebhookEvent } from './webhook-event.ts';

/** States of a dead letter. */
export const DEAD_LETTER_STATES = ['kept', 'replayed'] as const;
/** Why it was kept: handling failed, or the kind of event is unknown to this version. */
export const DEAD_LETTER_CAUSES = ['failed', 'unknown'] as const;

/**
 * What is kept: the bytes as they came, the events of it that were left, or a spooled entry that could not be opened, as it was
 * sealed. `none` once all of it is handled.
 */
export type DeadLetterContent =
  | { form: 'body'; base64: string }
  | { form: 'events'; events: WebhookEvent[] }
  | { form: 'spooled'; id: string; sealed: string }
  | { form: 'none' };

/** A webhook body, or a part of one, that could not be handled. Times are epoch milliseconds. */
export interface DeadLetter {
  id: string;
  reason: string;
  cause: (typeof DEAD_LETTER_CAUSES)[number];
  /** Pages that the signature vouched for. */
  pageIds: string[];
  /** Customers' events in it that nobody has handled. */
  events: number;
  bytes: number;
  state: (typeof DEAD_LETTER_STATES)[number];
  replays: number;
  /** Why the last replay did not handle all of it. */
  lastFailure?: string;
  failedAt: number;
  replayedAt?: number;
}

export interface DeadLetterFilter {
  state?: DeadLetter['state'];
  cause?: DeadLetter['cause'];
  pageId?: string;
}
