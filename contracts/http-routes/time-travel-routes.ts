/** Conversations gone through once more on the pure engine. */
import { conversationParamsSchema } from '../conversation-view-schema.ts';
import { replaySchema, savedTestSchema } from '../time-travel-schema.ts';
import type { HttpRoute } from './http-route.ts';

const one = {
  method: 'GET',
  tags: ['conversations'],
  access: ['operate-conversations'],
  params: conversationParamsSchema,
  errors: ['CONVERSATION_NOT_FOUND'],
  audit: 'transcript.read',
} as const;

export const timeTravelRoutes = {
  replayConversation: {
    ...one,
    path: '/api/v1/conversations/:id/replay',
    summary: 'Where it stood at each moment: block, variables, timers, what was said',
    responses: { 200: replaySchema },
  },
  saveAsTest: {
    ...one,
    path: '/api/v1/conversations/:id/test',
    summary: 'What happened, as a scenario test that passes, with what is personal masked',
    responses: { 200: savedTestSchema },
  },
} as const satisfies Record<string, HttpRoute>;
