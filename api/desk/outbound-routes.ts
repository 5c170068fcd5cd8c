import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../contracts/app-error.ts';
import type { ConversationKey } from '../../contracts/conversation-key.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import type { OutboundAttachment } from '../../contracts/outbound-attachment.ts';
import type { CannedUse } from '../../contracts/canned-response-schema.ts';
import { auditedCaller } from '../audit/audited-caller.ts';
import { getDeskPrincipal, type DeskPrincipal } from '../access.ts';
import { runOnce } from '../conversations/run-once.ts';
import { getVisibleConversation } from '../conversations/visible-conversation.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { requireFilled } from './canned-response-routes.ts';
import { findOpenConversation, requireAgent, requireReachable } from './may-begin.ts';

/** A conversation is open once its record is there; a worker that is away begins it when it is back. */
const RECORD_WAIT_MS = 5000;
const LOOK_MS = 100;

interface Words {
  clientId: string;
  text: string;
  attachments: OutboundAttachment[];
  cannedResponse?: CannedUse | undefined;
}

interface Beginning {
  principal: DeskPrincipal;
  words: Words;
  /** What tells a repeat from another command. */
  type: 'outbound' | 'reopen';
  subject: Record<string, string>;
  /** Whom to, and for which service; refuses where that cannot be. */
  find: () => Promise<{ key: ConversationKey; service: string; previousConversationId?: string }>;
}

/** Conversations that agents begin, with customers who are known. */
export function registerOutboundRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.beginConversation, async (request) => {
    const principal = getDeskPrincipal(request);
    const { service, ...words } = request.body;
    const { id: contactId } = request.params;
    const begun = await begin(deps, {
      principal,
      words,
      type: 'outbound',
      subject: { contactId, service },
      find: async () => ({ key: await findIdentity(deps, contactId, service), service }),
    });
    await audit(deps, auditedCaller(request), begun.conversationId);
    return begun;
  });

  registerRoute(app, httpRoutes.reopenConversation, async (request) => {
    const principal = getDeskPrincipal(request);
    const { id: previousConversationId } = request.params;
    const begun = await begin(deps, {
      principal,
      words: request.body,
      type: 'reopen',
      subject: { previousConversationId },
      find: async () => {
        const { pageId, psid, service = '' } = await getVisibleConversation(deps, principal, previousConversationId);
        return { key: { pageId, psid }, service, previousConversationId };
      },
    });
    await audit(deps, auditedCaller(request), begun.conversationId);
    return begun;
  });
}

function audit(
  { audit: log, now }: AppDependencies,
  caller: ReturnType<typeof auditedCaller>,
  conversationId: string,
): Promise<void> {
  return log.record([{ action: 'conversation.begun', subject: { conversationId }, ...caller, at: now() }]);
}

/**
 * Begins a conversation once, however often it is asked for: its id follows from the user and their client's id, and the actor
 * begins none twice. @throws AppError with the reason why it may not be begun
 */
async function begin(
  deps: AppDependencies,
  { principal, words, type, subject, find }: Beginning,
): Promise<{ conversationId: string }> {
  const { clientId, cannedResponse, text, attachments } = words;
  requireFilled(text, cannedResponse);
  const conversationId = idFor(principal.userId, clientId);
  const command = { type, clientId, text, attachments, ...subject };
  return runOnce(deps, { principal, conversationId, command }, async () => {
    if (await deps.conversations.findConversation(conversationId)) return { conversationId };
    const { key, service, previousConversationId } = await find();
    const agentGroup = await requireAgent(deps, principal, service);
    await requireReachable(deps, key);
    const { username, name } = principal;
    await deps.actors.beginOutbound(key, {
      conversationId,
      agent: { username, name },
      agentGroup,
      text,
      attachments,
      ...(service !== '' && { service }),
      ...(previousConversationId !== undefined && { previousConversationId }),
    });
    await untilBegun(deps, key, conversationId);
    return { conversationId };
  });
}

/** In the form of a UUID, as every conversation's. */
function idFor(userId: string, clientId: string): string {
  const hex = createHash('sha256').update(`outbound:${userId}:${clientId}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

/** The customer of the Page that the service writes from. */
async function findIdentity(deps: AppDependencies, contactId: string, service: string): Promise<ConversationKey> {
  const configuration = await deps.configuration.get();
  const account = configuration.accounts().find(({ name }) => name === configuration.service(service)?.account);
  if (!account) {
    const remedy = 'Name a service that has an account for the chats that it begins.';
    const message = `"${service}" is no service that begins chats`;
    throw new AppError('REQUEST_INVALID', { details: [{ path: 'service', message, remedy }] });
  }
  const contact = await deps.people.contacts.find(contactId, deps.now());
  if (!contact) throw new AppError('CONTACT_NOT_FOUND');
  const identity = contact.identities.find(({ pageId }) => pageId === account.pageId);
  if (!identity) {
    const message = `has never written to the Page of account "${account.name}"`;
    const remedy = 'Choose a service whose Page they have written to: Messenger lets nobody else write first.';
    throw new AppError('CUSTOMER_UNREACHABLE', { details: [{ path: 'id', message, remedy }] });
  }
  return identity;
}

/** @throws AppError CONVERSATION_OPEN where the customer was faster; SERVICE_UNAVAILABLE where no worker has begun it yet */
async function untilBegun(deps: AppDependencies, key: ConversationKey, conversationId: string): Promise<void> {
  const until = Date.now() + RECORD_WAIT_MS;
  while (Date.now() < until) {
    if (await deps.conversations.findConversation(conversationId)) return;
    const open = await findOpenConversation(deps, key);
    if (open) throw open;
    await pause(LOOK_MS);
  }
  throw new AppError('SERVICE_UNAVAILABLE', {
    message: 'The conversation has not begun yet. Repeat the call with the same clientId: it is begun once.',
  });
}
