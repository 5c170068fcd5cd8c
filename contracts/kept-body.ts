import type { WebhookEvent } from './webhook-event.ts';

/** States of a kept body. */
export const KEPT_STATES = ['kept', 'replayed'] as const;
/** Why it was kept: handling failed, or the kind of event is unknown to this version. */
export const KEPT_CAUSES = ['failed', 'unknown'] as const;

/** What is kept: the bytes as they came, or the events of it that were left. `none` once all of it is handled. */
export type KeptContent =
  { form: 'body'; base64: string } | { form: 'events'; events: WebhookEvent[] } | { form: 'none' };

/** A webhook body, or a part of one, that could not be handled. Times are epoch milliseconds. */
export interface KeptBody {
  id: string;
  reason: string;
  cause: (typeof KEPT_CAUSES)[number];
  /** Pages that the signature vouched for. */
  pageIds: string[];
  /** Customers' events in it that nobody has handled. */
  events: number;
  bytes: number;
  state: (typeof KEPT_STATES)[number];
  replays: number;
  /** Why the last replay did not handle all of it. */
  lastFailure?: string;
  keptAt: number;
  replayedAt?: number;
}

export interface KeptFilter {
  state?: KeptBody['state'];
  cause?: KeptBody['cause'];
  pageId?: string;
}
