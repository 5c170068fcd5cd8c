/** Running conversations that are helped on by hand. */
import { conversationParamsSchema } from '../conversation-view-schema.ts';
import {
  surgeryPreviewRequestSchema,
  surgeryPreviewSchema,
  surgeryRequestSchema,
  surgeryResultSchema,
  surgeryStateSchema,
} from '../surgery-schema.ts';
import type { HttpRoute } from './http-route.ts';

const one = {
  tags: ['conversations'],
  access: ['operate-conversations'],
  params: conversationParamsSchema,
  errors: ['CONVERSATION_NOT_FOUND', 'CONVERSATION_ENDED', 'NOT_FOUND'],
} as const;

export const surgeryRoutes = {
  getSurgeryState: {
    ...one,
    method: 'GET',
    path: '/api/v1/conversations/:id/surgery',
    summary: 'Where a running conversation is now: block, variables, timers, as itself says',
    responses: { 200: surgeryStateSchema },
    audit: 'transcript.read',
  },
  previewSurgery: {
    ...one,
    method: 'POST',
    path: '/api/v1/conversations/:id/surgery/preview',
    summary: 'What it would come to; nothing is done',
    body: surgeryPreviewRequestSchema,
    responses: { 200: surgeryPreviewSchema },
  },
  operateConversation: {
    ...one,
    method: 'POST',
    path: '/api/v1/conversations/:id/surgery',
    summary: 'Send it to a block, set a variable, fire a timer or put it off',
    body: surgeryRequestSchema,
    responses: { 200: surgeryResultSchema },
    errors: [...one.errors, 'CONVERSATION_CHANGED', 'SURGERY_REFUSED'],
    audit: 'conversation.operated',
  },
} as const satisfies Record<string, HttpRoute>;
