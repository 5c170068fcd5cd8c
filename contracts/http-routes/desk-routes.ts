/** What the screen of an agent stands on beside conversations. */
import { z } from 'zod';
import { commandResponseSchema, outboundRequestSchema, reopenRequestSchema } from '../agent-command-schema.ts';
import { contactParamsSchema } from '../people-schema.ts';
import { access } from '../access-policy.ts';
import {
  cannedParamsSchema,
  cannedQuerySchema,
  deskCannedResponsesSchema,
  ownCannedResponseSchema,
} from '../canned-response-schema.ts';
import { conversationParamsSchema, conversationViewSchema } from '../conversation-view-schema.ts';
import { listSchema } from '../http-api-schema.ts';
import { suggestionsViewSchema } from '../suggestion-schema.ts';
import { transferTargetsSchema } from '../transfer-targets-schema.ts';
import { cannedResponseViewSchema } from '../desk-configuration-schema.ts';
import type { HttpRoute } from './http-route.ts';

const own = {
  path: '/api/v1/agents/me/canned-responses/:name',
  tags: ['agent'],
  access: ['answer-chats'],
  params: cannedParamsSchema,
} as const;

const beginErrors = [
  'CONVERSATION_OPEN',
  'WINDOW_CLOSED',
  'CUSTOMER_UNREACHABLE',
  'AGENT_LOGGED_OUT',
  'PLACEHOLDERS_UNFILLED',
] as const;

export const deskRoutes = {
  listMyCannedResponses: {
    method: 'GET',
    path: '/api/v1/agents/me/canned-responses',
    summary: 'Canned responses that I may choose, my own and shared ones; searched, and filled for a conversation',
    tags: ['agent'],
    access: ['answer-chats'],
    query: cannedQuerySchema,
    responses: { 200: deskCannedResponsesSchema },
    errors: ['CONVERSATION_NOT_FOUND'],
  },
  putMyCannedResponse: {
    ...own,
    method: 'PUT',
    summary: 'Write a canned response of my own, new or not',
    body: ownCannedResponseSchema,
    responses: { 200: cannedResponseViewSchema },
    errors: ['TOO_MANY_CANNED_RESPONSES'],
  },
  deleteMyCannedResponse: {
    ...own,
    method: 'DELETE',
    summary: 'Delete a canned response of my own',
    responses: { 204: z.null() },
    errors: ['NOT_FOUND'],
  },
  getSuggestions: {
    method: 'GET',
    path: '/api/v1/conversations/:id/suggestions',
    summary: 'What was suggested as an answer to the customer’s last words',
    tags: ['agent'],
    access: ['answer-chats'],
    params: conversationParamsSchema,
    responses: { 200: suggestionsViewSchema },
    errors: ['CONVERSATION_NOT_FOUND', 'NOT_YOUR_CONVERSATION'],
  },
  askForSuggestions: {
    method: 'POST',
    path: '/api/v1/conversations/:id/suggestions',
    summary: 'Ask the service’s bot or model for answers to the customer’s last words; once for each message of theirs',
    tags: ['agent'],
    access: ['answer-chats'],
    params: conversationParamsSchema,
    body: z.strictObject({}),
    responses: { 200: suggestionsViewSchema },
    errors: ['CONVERSATION_NOT_FOUND', 'NOT_YOUR_CONVERSATION', 'SUGGESTIONS_OFF', 'SUGGESTIONS_UNAVAILABLE'],
  },
  listMyChats: {
    method: 'GET',
    path: '/api/v1/agents/me/chats',
    summary: 'Chats that I am in, and those whose paper work I am doing, with what a list shows of each',
    tags: ['agent'],
    access: ['answer-chats'],
    responses: { 200: listSchema(conversationViewSchema) },
  },
  beginConversation: {
    method: 'POST',
    path: '/api/v1/contacts/:id/conversations',
    summary: 'Write to a contact first, from the account of a service: a conversation that I hold',
    tags: ['contacts'],
    access: ['answer-chats'],
    params: contactParamsSchema,
    body: outboundRequestSchema,
    responses: { 200: commandResponseSchema },
    errors: [...beginErrors, 'CONTACT_NOT_FOUND'],
    audit: 'own',
  },
  reopenConversation: {
    method: 'POST',
    path: '/api/v1/conversations/:id/reopen',
    summary: 'Go on with an ended conversation: a new one on its Page that I hold, linked to it',
    tags: ['conversations'],
    access: ['answer-chats'],
    params: conversationParamsSchema,
    body: reopenRequestSchema,
    responses: { 200: commandResponseSchema },
    errors: [...beginErrors, 'CONVERSATION_NOT_FOUND'],
    audit: 'own',
  },
  listTransferTargets: {
    method: 'GET',
    path: '/api/v1/conversations/:id/transfer-targets',
    summary: 'Whom the chat may be handed to or asked into: agents, services and entries, with who can take it now',
    tags: ['conversations'],
    access: access.chats,
    params: conversationParamsSchema,
    responses: { 200: transferTargetsSchema },
    errors: ['CONVERSATION_NOT_FOUND', 'NOT_YOUR_CONVERSATION'],
  },
} as const satisfies Record<string, HttpRoute>;
