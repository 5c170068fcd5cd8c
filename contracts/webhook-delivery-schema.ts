/** What receivers of webhooks have not taken, as operators see it. */
import { z } from 'zod';
import { CONVERSATION_EVENT_TYPES } from './history-event.ts';
import { listQuerySchema } from './http-api-schema.ts';
import { nameSchema } from './identifiers-schema.ts';
import { WEBHOOK_DELIVERY_STATES } from './webhook-delivery.ts';

export const webhookDeliverySchema = z
  .object({
    id: z.string(),
    webhook: z.string(),
    conversationId: z.string(),
    eventId: z.string(),
    type: z.enum(CONVERSATION_EVENT_TYPES),
    state: z.enum(WEBHOOK_DELIVERY_STATES),
    createdAt: z.iso.datetime(),
    /** When it is tried next; of a dead one when it was given up. */
    dueAt: z.iso.datetime(),
    tries: z.int(),
    reason: z.string().optional(),
  })
  .meta({ id: 'WebhookDelivery' });

export const webhookDeliveriesQuerySchema = listQuerySchema.extend({
  webhook: nameSchema.optional(),
  state: z.enum(WEBHOOK_DELIVERY_STATES).optional(),
});

export const webhookDeliveryParamsSchema = z.object({ id: z.string().regex(/^[0-9a-f]{32}$/) });
export const webhookReplayParamsSchema = z.object({ name: nameSchema });
export const webhookReplayResponseSchema = z.object({ replayed: z.int() });
