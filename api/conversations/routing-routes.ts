import { httpRoutes } from '../../contracts/http-routes.ts';
import type { RoutingExplanation } from '../../contracts/actor-messages.ts';
import type { ConversationRecord } from '../../contracts/conversation-record.ts';
import type { RoutingView } from '../../contracts/queue-view-schema.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';
import { getPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { tellRouting } from './routing-sentences.ts';
import { getVisibleConversation } from './visible-conversation.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

/** Why a conversation waits, or was routed as it was: asked of the dispatcher that decides. */
export function registerRoutingRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.getRouting, async (request): Promise<RoutingView> => {
    const record = await getVisibleConversation(deps, getPrincipal(request), request.params.id);
    const { conversationId } = record;
    const [explanation, decisions] = await Promise.all([
      explain(deps, record),
      deps.routing.listDecisions(conversationId),
    ]);
    const { group = '', waiting, agents = [], held = [] } = explanation ?? {};
    return withoutUndefined({
      conversationId,
      sentences: tellRouting(explanation, { decisions, now: deps.now() }),
      waiting: waiting && {
        ...waiting,
        group,
        queuedAt: iso(waiting.queuedAt),
        widensAt: waiting.widensAt === undefined ? undefined : iso(waiting.widensAt),
      },
      agents,
      held,
      decisions: decisions.map(({ at, outcome, agent, reason, group: of }) =>
        withoutUndefined({ at: iso(at), outcome, agent, reason, group: of }),
      ),
    });
  });
}

/** Of the dispatchers that know of it the one that it waits for, else one that holds something for it. */
async function explain(
  { actors }: AppDependencies,
  { conversationId, group, routedBy = [] }: ConversationRecord,
): Promise<RoutingExplanation | undefined> {
  const groups = [...new Set([...routedBy, ...(group === undefined ? [] : [group])])];
  const found = await Promise.all(groups.map((each) => actors.explainRouting(each, conversationId)));
  return found.find((each) => each?.waiting) ?? found.find((each) => (each?.held ?? []).length > 0) ?? found[0];
}
