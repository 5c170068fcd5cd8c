/** Conversations: read, and what agents do to them. */
import { z } from 'zod';
import { access } from '../access-policy.ts';
import {
  agentCommandSchemas,
  commandResponseSchema,
  messageResponseSchema,
  senderActionRequestSchema,
} from '../agent-command-schema.ts';
import {
  conversationParamsSchema,
  conversationQuerySchema,
  conversationViewSchema,
  messageViewSchema,
} from '../conversation-view-schema.ts';
import { listQuerySchema, listSchema } from '../http-api-schema.ts';
import { fileIdSchema } from '../media-file-schema.ts';
import { storedConversationSchema } from '../stored-conversation-schema.ts';
import { routingViewSchema } from '../queue-view-schema.ts';
import {
  extendRequestSchema,
  extendResponseSchema,
  wrapUpRequestSchema,
  wrapUpResponseSchema,
  wrapUpViewSchema,
} from '../wrap-up-schema.ts';
import type { HttpRoute } from './http-route.ts';

const tags = ['conversations'] as const;
const conversation = {
  tags,
  params: conversationParamsSchema,
  errors: ['CONVERSATION_NOT_FOUND'],
} as const;
/** Every body carries a `clientId`: a repeat gets the first answer again. */
const command = {
  method: 'POST',
  tags,
  access: access.desk,
  params: conversationParamsSchema,
  errors: ['NOT_YOUR_CONVERSATION', 'CONVERSATION_NOT_FOUND', 'CONVERSATION_ENDED'],
} as const;

export const conversationRoutes = {
  listConversations: {
    method: 'GET',
    path: '/api/v1/conversations',
    summary: 'Conversations, newest first',
    tags,
    access: access.anybody,
    query: conversationQuerySchema,
    responses: { 200: listSchema(conversationViewSchema) },
  },
  getConversation: {
    ...conversation,
    method: 'GET',
    path: '/api/v1/conversations/:id',
    summary: 'One conversation',
    access: access.anybody,
    responses: { 200: conversationViewSchema },
  },
  listMessages: {
    ...conversation,
    method: 'GET',
    path: '/api/v1/conversations/:id/messages',
    summary: 'The transcript, oldest first',
    access: access.anybody,
    query: listQuerySchema,
    responses: { 200: listSchema(messageViewSchema) },
    audit: 'transcript.read',
  },
  getConversationInputs: {
    ...conversation,
    method: 'GET',
    path: '/api/v1/conversations/:id/inputs',
    summary: 'What its scenario began with, was told and said: for back-tests of a draft',
    access: access.admin,
    responses: { 200: storedConversationSchema },
    audit: 'transcript.read',
  },
  acceptOffer: {
    ...command,
    path: '/api/v1/conversations/:id/accept',
    summary: 'Take the offered conversation',
    body: agentCommandSchemas.accept,
    responses: { 200: commandResponseSchema },
    errors: [...command.errors, 'OFFER_GONE'],
  },
  rejectOffer: {
    ...command,
    path: '/api/v1/conversations/:id/reject',
    summary: 'Refuse the offered conversation',
    body: agentCommandSchemas.reject,
    responses: { 200: commandResponseSchema },
    errors: [...command.errors, 'OFFER_GONE'],
  },
  sendMessage: {
    ...command,
    path: '/api/v1/conversations/:id/messages',
    summary: 'Write to the customer',
    body: agentCommandSchemas.message,
    responses: { 200: messageResponseSchema },
  },
  endChat: {
    ...command,
    path: '/api/v1/conversations/:id/end',
    summary: 'End the chat',
    body: agentCommandSchemas.end,
    responses: { 200: commandResponseSchema },
  },
  pickConversation: {
    ...command,
    path: '/api/v1/conversations/:id/pick',
    summary: 'Take a waiting conversation out of the queue oneself',
    body: agentCommandSchemas.pick,
    responses: { 200: commandResponseSchema },
    errors: [...command.errors, 'NOT_WAITING', 'AGENT_NOT_FREE'],
  },
  assignConversation: {
    ...command,
    path: '/api/v1/conversations/:id/assign',
    summary: 'Give a waiting conversation to an agent, who is offered it',
    access: access.overview,
    body: agentCommandSchemas.assign,
    responses: { 200: commandResponseSchema },
    errors: [...command.errors, 'NOT_FOUND', 'NOT_WAITING', 'AGENT_LOGGED_OUT'],
    audit: 'conversation.assigned',
  },
  getRouting: {
    ...conversation,
    method: 'GET',
    path: '/api/v1/conversations/:id/routing',
    summary: 'Why it waits, or was routed so: who matches, who is full, on a break, and every decision with its reason',
    access: access.anybody,
    responses: { 200: routingViewSchema },
  },
  getWrapUp: {
    ...conversation,
    method: 'GET',
    path: '/api/v1/conversations/:id/wrap-up',
    summary: 'What agents said that it came to, and what they may say',
    access: access.anybody,
    responses: { 200: wrapUpViewSchema },
  },
  wrapUp: {
    ...command,
    path: '/api/v1/conversations/:id/wrap-up',
    summary: 'Say what the chat came to, also after the conversation has ended; ends the time for it',
    body: wrapUpRequestSchema,
    responses: { 200: wrapUpResponseSchema },
    errors: ['NOT_YOUR_CONVERSATION', 'CONVERSATION_NOT_FOUND'],
  },
  extendWrapUp: {
    ...command,
    path: '/api/v1/conversations/:id/wrap-up/extend',
    summary: 'Ask for more time for it',
    body: extendRequestSchema,
    responses: { 200: extendResponseSchema },
    errors: ['NOT_YOUR_CONVERSATION', 'CONVERSATION_NOT_FOUND', 'WRAP_UP_OVER'],
  },
  showAction: {
    ...command,
    path: '/api/v1/conversations/:id/actions',
    summary: 'Show the customer that the agent types, has seen the messages, or reacts to one',
    body: senderActionRequestSchema,
    responses: { 200: z.object({ isShown: z.boolean() }) },
    errors: ['NOT_YOUR_CONVERSATION', 'CONVERSATION_NOT_FOUND'],
  },
  getFile: {
    method: 'GET',
    path: '/api/v1/files/:id',
    summary: "The copy of a customer's attachment, or a file of our own",
    tags,
    access: access.anybody,
    params: z.object({ id: fileIdSchema }),
    responses: {
      200: { description: 'The bytes', content: { 'application/octet-stream': { schema: z.any() } } },
    },
    errors: ['NOT_FOUND'],
    audit: 'own',
  },
} as const satisfies Record<string, HttpRoute>;
