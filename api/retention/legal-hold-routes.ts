import { auditedCustomer } from '../../adapters/mongo/audit-repository.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { ConversationKey } from '../../contracts/conversation-key.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import type { LegalHoldView } from '../../contracts/legal-hold-schema.ts';
import type { LegalHold } from '../../contracts/legal-hold.ts';
import { mayDo } from '../../contracts/privileges.ts';
import { getPrincipal } from '../access.ts';
import { auditedCaller } from '../audit/audited-caller.ts';
import { getVisibleConversation } from '../conversations/visible-conversation.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import { wholeList } from '../whole-list.ts';
import type { App } from '../zod-provider.ts';

/** Legal holds: placed, seen and released. */
export function registerLegalHoldRoutes(app: App, deps: AppDependencies): void {
  const { legalHolds, audit, erasures, now } = deps;
  registerRoute(app, httpRoutes.listLegalHolds, async () => wholeList((await legalHolds.list()).map(present)));

  registerRoute(app, httpRoutes.placeLegalHold, async (request) => {
    const { body } = request;
    const key = 'customer' in body ? await requireCustomer(deps, body.customer) : await keyOf(deps, body);
    const { by } = auditedCaller(request);
    const of = 'conversationId' in body ? { conversationId: body.conversationId } : {};
    const hold = await legalHolds.place({ ...key, ...of, reason: body.reason, placedBy: by, placedAt: now() });
    const entry = { ...auditedCaller(request), action: 'legal-hold.placed', subject: subjectOf(hold) } as const;
    await audit.record([{ ...entry, at: now(), after: { reason: hold.reason } }]);
    return present(hold);
  });

  registerRoute(app, httpRoutes.releaseLegalHold, async (request) => {
    const hold = await legalHolds.release(request.params.id);
    if (!hold) throw new AppError('NOT_FOUND', { message: 'There is no such hold, or it was released already.' });
    const entry = { ...auditedCaller(request), action: 'legal-hold.released', subject: subjectOf(hold) } as const;
    await audit.record([{ ...entry, at: now(), before: { reason: hold.reason } }]);
    await erasures.wakeHeld(now());
    return null;
  });

  registerRoute(app, httpRoutes.getConversationHold, async (request) => {
    const principal = getPrincipal(request);
    const { conversationId, pageId, psid } = await getVisibleConversation(deps, principal, request.params.id);
    const persons = await deps.people.contacts.listIdentitiesOf({ pageId, psid });
    const found = await legalHolds.listOfCustomers(persons);
    const holds = found.filter((hold) => hold.conversationId === undefined || hold.conversationId === conversationId);
    const shown = mayDo(principal, 'manage-legal-holds') ? holds.map(present) : [];
    return { isHeld: holds.length > 0, holds: shown };
  });
}

/** A hold on nobody would be believed to protect somebody. @throws AppError NOT_FOUND */
async function requireCustomer({ customerData }: AppDependencies, key: ConversationKey): Promise<ConversationKey> {
  if ((await customerData.findPages([key.pageId], key.psid)).length > 0) return key;
  throw new AppError('NOT_FOUND', { message: 'Nothing is known of this customer. Compare Page id and PSID.' });
}

/** @throws AppError CONVERSATION_NOT_FOUND */
async function keyOf(
  { conversations }: AppDependencies,
  { conversationId }: { conversationId: string },
): Promise<ConversationKey> {
  const record = await conversations.findConversation(conversationId);
  if (!record) throw new AppError('CONVERSATION_NOT_FOUND');
  return { pageId: record.pageId, psid: record.psid };
}

/** As the audit names it, which outlives an erasure. */
const subjectOf = ({ id, conversationId, ...key }: LegalHold): Record<string, string> => ({
  id,
  ...auditedCustomer(key),
  ...(conversationId !== undefined && { conversationId }),
});

const present = ({ placedAt, ...hold }: LegalHold): LegalHoldView => ({
  ...hold,
  placedAt: new Date(placedAt).toISOString(),
});
