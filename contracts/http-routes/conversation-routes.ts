/** Conversations: read, and what agents do to them. */
import { z } from 'zod';
import { access } from '../access-policy.ts';
import {
  agentCommandSchemas,
  commandResponseSchema,
  invitationResponseSchema,
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
  invite: {
    ...command,
    path: '/api/v1/conversations/:id/invite',
    summary: 'Ask somebody into the chat: to take it, to be consulted, or to join',
    body: agentCommandSchemas.invite,
    responses: { 200: invitationResponseSchema },
    errors: [...command.errors, 'INVITATION_OPEN', 'CHAT_FULL'],
  },
  cancelInvitation: {
    ...command,
    path: '/api/v1/conversations/:id/invite/cancel',
    summary: 'Ask nobody any more',
    body: agentCommandSchemas.cancelInvitation,
    responses: { 200: commandResponseSchema },
    errors: [...command.errors, 'OFFER_GONE'],
  },
  finishConsult: {
    ...command,
    path: '/api/v1/conversations/:id/finish-consult',
    summary: 'End the consultation: hand the chat over, join the consulted agent to it, or go on alone',
    body: agentCommandSchemas.finishConsult,
    responses: { 200: commandResponseSchema },
    errors: [...command.errors, 'OFFER_GONE'],
  },
  leaveChat: {
    ...command,
    path: '/api/v1/conversations/:id/leave',
    summary: 'Leave the chat to the others; the last one ends it',
    body: agentCommandSchemas.leave,
    responses: { 200: commandResponseSchema },
  },
  superviseChat: {
    ...command,
    access: access.supervisor,
    path: '/api/v1/conversations/:id/supervise',
    summary: 'Look into a chat, whisper to its agents, or join it; also from one to another',
    body: agentCommandSchemas.supervise,
    responses: { 200: commandResponseSchema },
    errors: [...command.errors, 'NOT_CONNECTED', 'ALREADY_YOURS', 'CHAT_FULL'],
    audit: 'chat.supervised',
  },
  takeOverChat: {
    ...command,
    access: access.supervisor,
    path: '/api/v1/conversations/:id/take-over',
    summary: 'Take a chat from the agent who holds it',
    body: agentCommandSchemas.takeOver,
    responses: { 200: commandResponseSchema },
    errors: [...command.errors, 'NOT_CONNECTED', 'ALREADY_YOURS'],
    audit: 'chat.taken-over',
  },
  writeNote: {
    ...command,
    path: '/api/v1/conversations/:id/notes',
    summary: 'Write a note beside the chat; the customer never sees it',
    body: agentCommandSchemas.note,
    responses: { 200: messageResponseSchema },
  },
  sayInside: {
    ...command,
    path: '/api/v1/conversations/:id/inner-messages',
    summary: 'Write to the others in the chat who are not the customer',
    body: agentCommandSchemas.innerMessage,
    responses: { 200: messageResponseSchema },
  },
  flagForHelp: {
    ...command,
    path: '/api/v1/conversations/:id/flag',
    summary: 'Ask a supervisor to look at the chat, or take that back',
    body: agentCommandSchemas.flag,
    responses: { 200: commandResponseSchema },
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
