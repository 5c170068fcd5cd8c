import { auditedCustomer } from '../../adapters/mongo/audit-repository.ts';
import { withDeadline } from '../../adapters/with-deadline.ts';
import { fileIdOf } from '../../adapters/mongo/files-repository.ts';
import { getPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { findPageFilter } from '../find-page-filter.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { presentMessage } from './present-conversation.ts';
import { withChatLines } from '../desk/chat-lines.ts';
import { findCases, presentConversations } from './present-conversations.ts';
import { findStored } from './find-stored.ts';
import { getVisibleConversation, visibleTo } from './visible-conversation.ts';

const FILES_DEADLINE_MS = 4000;

/** Conversations and their transcripts. */
export function registerConversationRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.listConversations, async (request) => {
    const { psid, state, label, cursor, limit, ...page } = request.query;
    const limits = await visibleTo(deps, getPrincipal(request));
    const filter = withoutUndefined({ psid, state, label, ...(await findPageFilter(deps, page)) });
    const found = await deps.conversations.listConversations({ ...filter, ...limits }, { cursor, limit });
    return { items: await presentConversations(deps, found.items), next: found.next };
  });

  registerRoute(app, httpRoutes.getConversation, async (request) => {
    const principal = getPrincipal(request);
    const record = await getVisibleConversation(deps, principal, request.params.id);
    const [[view], cases] = await Promise.all([withChatLines(deps, principal, [record]), findCases(deps, record)]);
    if (!view) throw new Error('A conversation was not presented');
    return { ...view, cases };
  });

  registerRoute(app, httpRoutes.listMessages, async (request) => {
    const record = await getVisibleConversation(deps, getPrincipal(request), request.params.id);
    const { conversationId } = record;
    request.auditSubject = { conversationId, ...auditedCustomer(record) };
    const found = await deps.conversations.listMessages(conversationId, request.query);
    const fileIds = found.items.flatMap(({ id, attachments }) =>
      attachments.map((_each, index) => fileIdOf(id, index)),
    );
    const copies = await withDeadline(deps.files.findSettled(fileIds), FILES_DEADLINE_MS, 'Collection files');
    return { items: found.items.map((message) => presentMessage(message, copies)), next: found.next };
  });

  registerInputs(app, deps);
}

function registerInputs(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.getConversationInputs, async (request) => {
    const record = await getVisibleConversation(deps, getPrincipal(request), request.params.id);
    request.auditSubject = { conversationId: record.conversationId, ...auditedCustomer(record) };
    return findStored(deps, record);
  });
}
