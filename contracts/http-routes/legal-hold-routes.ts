/** What is kept because the law asks for it. */
import { z } from 'zod';
import { listSchema } from '../http-api-schema.ts';
import { opaqueIdSchema } from '../identifiers-schema.ts';
import {
  conversationHoldSchema,
  legalHoldParamsSchema,
  legalHoldRequestSchema,
  legalHoldViewSchema,
} from '../legal-hold-schema.ts';
import type { HttpRoute } from './http-route.ts';

const hold = { path: '/api/v1/legal-holds', tags: ['privacy'], access: ['manage-legal-holds'] } as const;

export const legalHoldRoutes = {
  listLegalHolds: {
    ...hold,
    method: 'GET',
    summary: 'What neither retention nor erasure removes, and why; newest first',
    responses: { 200: listSchema(legalHoldViewSchema) },
  },
  placeLegalHold: {
    ...hold,
    method: 'POST',
    summary: 'Hold everything of a customer, or one conversation',
    body: legalHoldRequestSchema,
    responses: { 200: legalHoldViewSchema },
    errors: ['NOT_FOUND', 'CONVERSATION_NOT_FOUND'],
    audit: 'own',
  },
  releaseLegalHold: {
    ...hold,
    method: 'DELETE',
    path: '/api/v1/legal-holds/:id',
    summary: 'Release a hold: retention goes on, and erasures that waited are carried out',
    params: legalHoldParamsSchema,
    responses: { 204: z.null() },
    errors: ['NOT_FOUND'],
    audit: 'own',
  },
  getConversationHold: {
    method: 'GET',
    path: '/api/v1/conversations/:id/legal-hold',
    summary: 'Whether a conversation is held; by which holds, for those who manage them',
    tags: ['records'],
    access: ['read-records'],
    params: z.object({ id: opaqueIdSchema }),
    responses: { 200: conversationHoldSchema },
    errors: ['CONVERSATION_NOT_FOUND'],
  },
} as const satisfies Record<string, HttpRoute>;
