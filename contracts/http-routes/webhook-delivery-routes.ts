/** Webhooks out: what receivers have not taken, and trying it again. */
import { listSchema } from '../http-api-schema.ts';
import {
  webhookDeliveriesQuerySchema,
  webhookDeliveryParamsSchema,
  webhookDeliverySchema,
  webhookReplayParamsSchema,
  webhookReplayResponseSchema,
} from '../webhook-delivery-schema.ts';
import type { HttpRoute } from './http-route.ts';

const replay = {
  method: 'POST',
  tags: ['webhook'],
  access: ['operate'],
  responses: { 200: webhookReplayResponseSchema },
  errors: ['NOT_FOUND'],
  audit: 'webhook.replayed',
} as const;

export const webhookDeliveryRoutes = {
  listWebhookDeliveries: {
    method: 'GET',
    path: '/api/v1/webhook-deliveries',
    summary: 'Events that receivers of webhooks have not taken, newest first',
    tags: ['webhook'],
    access: ['see-raw-deliveries'],
    query: webhookDeliveriesQuerySchema,
    responses: { 200: listSchema(webhookDeliverySchema) },
  },
  replayWebhookDelivery: {
    ...replay,
    path: '/api/v1/webhook-deliveries/:id/replay',
    summary: 'Try an event again that was given up',
    params: webhookDeliveryParamsSchema,
  },
  replayWebhook: {
    ...replay,
    path: '/api/v1/webhooks/:name/replay',
    summary: 'Try every event again that was given up for a receiver',
    params: webhookReplayParamsSchema,
  },
} as const satisfies Record<string, HttpRoute>;
