import { AppError } from '../../contracts/app-error.ts';
import { overseesOthers } from '../../contracts/privileges.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { getPrincipal, type Principal } from '../access.ts';
import { getVisibleConversation } from '../conversations/visible-conversation.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { askDesks } from './ask-desks.ts';
import { listTransferTargets } from './transfer-targets.ts';

/** Whom a chat may be handed to: asked of the dispatchers as the dialog opens. */
export function registerTransferRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.listTransferTargets, async (request) => {
    const principal = getPrincipal(request);
    const record = await getVisibleConversation(deps, principal, request.params.id);
    requireInside(record, principal);
    const configuration = await deps.configuration.get();
    return listTransferTargets(record, configuration, await askDesks(deps, record.service));
  });
}

/** Who is there is for those to know who have the chat to give, and for supervisors. */
function requireInside({ agent, participants = [] }: ConversationRecord, principal: Principal): void {
  const isIn = [agent, ...participants.map((each) => each.agent)].some((each) => each?.username === principal.username);
  if (!overseesOthers(principal) && !isIn) throw new AppError('NOT_YOUR_CONVERSATION');
}
