/** What an agent's desktop asks for beside the conversations themselves. */
import { conversationParamsSchema } from '../conversation-view-schema.ts';
import { listSchema } from '../http-api-schema.ts';
import {
  myDayQuerySchema,
  myDaySchema,
  myWorkItemSchema,
  myWorkQuerySchema,
  ownMessageParamsSchema,
  ownPartResponseSchema,
} from '../own-chat-schema.ts';
import { addFileQuerySchema, mediaFileSchema } from '../media-file-schema.ts';
import { MESSENGER_LIMITS } from '../messenger-limits.ts';
import { fileBytesSchema } from './file-routes.ts';
import type { HttpRoute } from './http-route.ts';

const message = {
  method: 'POST',
  tags: ['agent'],
  access: ['answer-chats'],
  params: ownMessageParamsSchema,
  responses: { 200: ownPartResponseSchema },
  errors: ['NOT_YOUR_CONVERSATION', 'CONVERSATION_NOT_FOUND', 'NOT_FOUND', 'PART_SETTLED'],
} as const;

export const ownChatRoutes = {
  getMyDay: {
    method: 'GET',
    path: '/api/v1/agents/me/day',
    summary: 'How many chats I have had since then, and how long they took on average',
    tags: ['agent'],
    access: ['answer-chats'],
    query: myDayQuerySchema,
    responses: { 200: myDaySchema },
  },
  listMyWork: {
    method: 'GET',
    path: '/api/v1/agents/me/work',
    summary: 'Chats that I was in and that began within that time, newest first, with what I said that they came to',
    tags: ['agent'],
    access: ['answer-chats'],
    query: myWorkQuerySchema,
    responses: { 200: listSchema(myWorkItemSchema) },
  },
  addChatFile: {
    method: 'POST',
    path: '/api/v1/conversations/:id/files',
    summary: 'Add a file to send in a chat that I am in: the body is its bytes',
    tags: ['agent'],
    access: ['answer-chats'],
    params: conversationParamsSchema,
    query: addFileQuerySchema,
    body: fileBytesSchema,
    consumes: 'application/octet-stream',
    // A little more, so that what is somewhat too large is told so.
    maxBodyBytes: MESSENGER_LIMITS.attachmentBytes + 1024 * 1024,
    responses: { 200: mediaFileSchema },
    errors: ['NOT_YOUR_CONVERSATION', 'CONVERSATION_NOT_FOUND'],
    audit: 'own',
  },
  retryMyMessage: {
    ...message,
    path: '/api/v1/conversations/:id/messages/:messageId/retry',
    summary: 'Send a message of mine again that has failed or may not have arrived',
    audit: 'part.retried',
  },
  discardMyMessage: {
    ...message,
    path: '/api/v1/conversations/:id/messages/:messageId/discard',
    summary: 'Leave a message of mine as it is that waits or may not have arrived: it counts as failed',
    audit: 'part.discarded',
  },
} as const satisfies Record<string, HttpRoute>;
