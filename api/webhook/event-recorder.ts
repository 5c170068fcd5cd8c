import type { WebhookEvent } from '../../contracts/webhook-event.ts';

/** What recording an event showed about the thread. */
export interface RecordedEvent {
  /** Set where the event changed who owns the thread: a running conversation is told. */
  threadOwner?: 'other-app' | 'ours';
  /** Set where the customer did something that opens the messaging window: a running conversation is told. */
  reactedAt?: number;
}

/**
 * Takes every webhook event that wakes no conversation: echoes, deliveries, reads, reactions, edits, deletions, thread
 * control, standby. Writes are idempotent: Messenger delivers again what it got no 200 for.
 */
export interface EventRecorder {
  recordEvent(event: WebhookEvent): Promise<RecordedEvent>;
}
