/** What happened to conversations and agents. */
import { z } from 'zod';
import { access } from '../access-policy.ts';
import { conversationParamsSchema } from '../conversation-view-schema.ts';
import {
  agentEventSchema,
  agentEventsParamsSchema,
  agentEventsQuerySchema,
  conversationEventSchema,
  liveQuerySchema,
} from '../history-event-schema.ts';
import { listQuerySchema, listSchema } from '../http-api-schema.ts';
import type { HttpRoute } from './http-route.ts';

export const historyRoutes = {
  listConversationEvents: {
    method: 'GET',
    path: '/api/v1/conversations/:id/events',
    summary: 'What happened in a conversation, in order: who did what when',
    tags: ['conversations'],
    access: access.chats,
    params: conversationParamsSchema,
    query: listQuerySchema,
    responses: { 200: listSchema(conversationEventSchema) },
    errors: ['CONVERSATION_NOT_FOUND'],
  },
  listenToEvents: {
    method: 'GET',
    path: '/api/v1/events',
    summary: 'A WebSocket that tells what happens as it happens; `since` resumes behind the last `seq`',
    tags: ['events'],
    // What each caller hears, the api says.
    access: access.anybody,
    query: liveQuerySchema,
    responses: { 101: z.object({}) },
    errors: ['UPGRADE_REQUIRED'],
  },
  listAgentEvents: {
    method: 'GET',
    path: '/api/v1/agents/:username/events',
    summary: 'When an agent was there and in which state, newest first; agents see their own',
    tags: ['agent'],
    access: access.chats,
    params: agentEventsParamsSchema,
    query: agentEventsQuerySchema,
    responses: { 200: listSchema(agentEventSchema) },
    errors: ['NOT_FOUND'],
  },
} as const satisfies Record<string, HttpRoute>;
