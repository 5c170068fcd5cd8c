/** The timer board, and many running conversations helped on by hand. */
import {
  bulkPreviewRequestSchema,
  bulkPreviewSchema,
  bulkSurgeryParamsSchema,
  bulkSurgeryRequestSchema,
  bulkSurgeryViewSchema,
  operatedConversationSchema,
  operatedQuerySchema,
  timerQuerySchema,
  timerViewSchema,
} from '../bulk-surgery-schema.ts';
import { listSchema } from '../http-api-schema.ts';
import type { HttpRoute } from './http-route.ts';

const all = { tags: ['conversations'], access: ['operate-conversations'] } as const;
const one = { ...all, params: bulkSurgeryParamsSchema, errors: ['NOT_FOUND'] } as const;

export const bulkSurgeryRoutes = {
  listTimers: {
    ...all,
    method: 'GET',
    path: '/api/v1/timers',
    summary: 'What running conversations wait for by the clock, the soonest first',
    query: timerQuerySchema,
    responses: { 200: listSchema(timerViewSchema) },
  },
  previewBulkSurgery: {
    ...all,
    method: 'POST',
    path: '/api/v1/surgeries/preview',
    summary: 'What it would come to for each of many running conversations; nothing is done',
    body: bulkPreviewRequestSchema,
    maxBodyBytes: 'configured',
    responses: { 200: bulkPreviewSchema },
  },
  beginBulkSurgery: {
    ...all,
    method: 'POST',
    path: '/api/v1/surgeries',
    summary: 'Do it to many running conversations, each as it was seen; goes on by itself',
    body: bulkSurgeryRequestSchema,
    maxBodyBytes: 'configured',
    responses: { 200: bulkSurgeryViewSchema },
    audit: 'conversations.operated',
  },
  listBulkSurgeries: {
    ...all,
    method: 'GET',
    path: '/api/v1/surgeries',
    summary: 'The latest operations on many conversations, newest first',
    responses: { 200: listSchema(bulkSurgeryViewSchema) },
  },
  getBulkSurgery: {
    ...one,
    method: 'GET',
    path: '/api/v1/surgeries/:id',
    summary: 'How an operation stands',
    responses: { 200: bulkSurgeryViewSchema },
  },
  listOperatedConversations: {
    ...one,
    method: 'GET',
    path: '/api/v1/surgeries/:id/conversations',
    summary: 'What each conversation came to',
    query: operatedQuerySchema,
    responses: { 200: listSchema(operatedConversationSchema) },
  },
  stopBulkSurgery: {
    ...one,
    method: 'POST',
    path: '/api/v1/surgeries/:id/stop',
    summary: 'Do it to nobody more; what is done stays',
    responses: { 200: bulkSurgeryViewSchema },
    audit: 'conversations.operation-stopped',
  },
} as const satisfies Record<string, HttpRoute>;
