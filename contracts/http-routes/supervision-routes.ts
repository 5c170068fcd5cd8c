import { z } from 'zod';
import { conversationViewSchema } from '../conversation-view-schema.ts';
import { listSchema } from '../http-api-schema.ts';
import { usernameSchema } from '../identifiers-schema.ts';
import { overviewQuerySchema, overviewSchema } from '../supervision-view-schema.ts';
import type { HttpRoute } from './http-route.ts';

/** What supervisors watch. */
export const supervisionRoutes = {
  getLiveOverview: {
    method: 'GET',
    path: '/api/v1/live-overview',
    summary: 'Services, agents and the queue as they are now, and the figures of the day',
    tags: ['supervision'],
    access: ['see-live-overview'],
    query: overviewQuerySchema,
    responses: { 200: overviewSchema },
  },
  listChatsOfAgent: {
    method: 'GET',
    path: '/api/v1/agents/:username/chats',
    summary: 'Chats that an agent is in',
    tags: ['supervision'],
    access: ['see-live-overview'],
    params: z.object({ username: usernameSchema }),
    responses: { 200: listSchema(conversationViewSchema) },
    errors: ['NOT_FOUND'],
  },
} as const satisfies Record<string, HttpRoute>;
