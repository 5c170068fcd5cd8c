import { withDeadline } from '../../adapters/mongo/configuration/with-deadline.ts';
import { fileIdOf } from '../../adapters/mongo/files-repository.ts';
import {
  conversationParamsSchema,
  conversationQuerySchema,
  conversationViewSchema,
  messageViewSchema,
} from '../../contracts/conversation-view-schema.ts';
import { listSchema, listQuerySchema } from '../../contracts/http-api-schema.ts';
import { storedConversationSchema } from '../../contracts/stored-conversation-schema.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import { access, getPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { errorResponses } from '../error-handler.ts';
import type { App } from '../zod-provider.ts';
import { presentConversation, presentMessage } from './present-conversation.ts';
import { presentStored } from './present-stored.ts';
import { getVisibleConversation, visibleTo } from './visible-conversation.ts';

const FILES_DEADLINE_MS = 4000;
const readErrors = errorResponses('REQUEST_INVALID', 'UNAUTHENTICATED', 'FORBIDDEN');
const conversationErrors = { ...readErrors, ...errorResponses('CONVERSATION_NOT_FOUND') };

/** Longer conversations are told as cut: nobody back-tests them. */
const MAX_STORED_MESSAGES = 2000;

/** Conversations and their transcripts. */
export function registerConversationRoutes(app: App, deps: AppDependencies): void {
  app.get('/api/v1/conversations', {
    config: { access: access.anybody },
    schema: {
      summary: 'Conversations, newest first',
      tags: ['conversations'],
      querystring: conversationQuerySchema,
      response: { 200: listSchema(conversationViewSchema), ...readErrors },
    },
    handler: async (request) => {
      const { account: pageId, customer: psid, state, ...page } = request.query;
      const limits = await visibleTo(deps, getPrincipal(request));
      const filter = withoutUndefined({ pageId, psid, state });
      const found = await deps.conversations.listConversations({ ...filter, ...limits }, withoutUndefined(page));
      return { items: found.items.map(presentConversation), next: found.next };
    },
  });

  app.get('/api/v1/conversations/:id', {
    config: { access: access.anybody },
    schema: {
      summary: 'One conversation',
      tags: ['conversations'],
      params: conversationParamsSchema,
      response: { 200: conversationViewSchema, ...conversationErrors },
    },
    handler: async (request) =>
      presentConversation(await getVisibleConversation(deps, getPrincipal(request), request.params.id)),
  });

  app.get('/api/v1/conversations/:id/messages', {
    config: { access: access.anybody },
    schema: {
      summary: 'The transcript, oldest first',
      tags: ['conversations'],
      params: conversationParamsSchema,
      querystring: listQuerySchema,
      response: { 200: listSchema(messageViewSchema), ...conversationErrors },
    },
    handler: async (request) => {
      const { conversationId } = await getVisibleConversation(deps, getPrincipal(request), request.params.id);
      const found = await deps.conversations.listMessages(conversationId, withoutUndefined(request.query));
      const fileIds = found.items.flatMap(({ id, attachments }) =>
        attachments.map((_each, index) => fileIdOf(id, index)),
      );
      const stored = await withDeadline(deps.files.findStored(fileIds), FILES_DEADLINE_MS, 'Collection files');
      return { items: found.items.map((message) => presentMessage(message, stored)), next: found.next };
    },
  });

  registerInputs(app, deps);
}

function registerInputs(app: App, deps: AppDependencies): void {
  app.get('/api/v1/conversations/:id/inputs', {
    config: { access: access.admin },
    schema: {
      summary: 'What its scenario began with, was told and said: for back-tests of a draft',
      tags: ['conversations'],
      params: conversationParamsSchema,
      response: { 200: storedConversationSchema, ...conversationErrors },
    },
    handler: async (request) => {
      const record = await getVisibleConversation(deps, getPrincipal(request), request.params.id);
      const messages = await deps.conversations.listStored(record.conversationId, MAX_STORED_MESSAGES + 1);
      const isCut = messages.length > MAX_STORED_MESSAGES;
      return presentStored(record, messages.slice(0, MAX_STORED_MESSAGES), isCut);
    },
  });
}
