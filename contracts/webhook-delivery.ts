import type { ConversationEventType } from './history-event.ts';

/** `dead`: given up, until a person replays it. */
export const WEBHOOK_DELIVERY_STATES = ['waiting', 'dead'] as const;
export type WebhookDeliveryState = (typeof WEBHOOK_DELIVERY_STATES)[number];

/** An event that a receiver has not taken yet. Times are epoch milliseconds. */
export interface WebhookDelivery {
  id: string;
  webhook: string;
  conversationId: string;
  eventId: string;
  type: ConversationEventType;
  state: WebhookDeliveryState;
  createdAt: number;
  /** When it is tried next; of a dead one when it was given up. */
  dueAt: number;
  tries: number;
  /** Of the last attempt. */
  reason?: string;
}
