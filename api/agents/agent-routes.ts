import type { AgentStateView } from '../../contracts/agent-command-schema.ts';
import type { AgentPresence } from '../../adapters/mongo/presence-repository.ts';
import { getDeskPrincipal } from '../access.ts';
import { presentOffer } from '../conversations/present-conversation.ts';
import type { AppDependencies } from '../dependencies.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { registerRoute } from '../register-route.ts';
import { wholeList } from '../whole-list.ts';
import type { App } from '../zod-provider.ts';
import type { AgentDesk } from './agent-desk.ts';

function presentState({ username, state, reason, at }: AgentPresence): AgentStateView {
  return { username, state, at: new Date(at).toISOString(), ...(reason === undefined ? {} : { reason }) };
}

/** The agent's own state and what they are asked to take. */
export function registerAgentRoutes(app: App, deps: AppDependencies, desk: AgentDesk): void {
  registerRoute(app, httpRoutes.getMyState, async (request) =>
    presentState(await desk.findState(getDeskPrincipal(request).username)),
  );

  registerRoute(app, httpRoutes.chooseMyState, async (request) => {
    const { username } = getDeskPrincipal(request);
    return presentState(await desk.chooseState(username, request.body.state, request.body.reason));
  });

  registerRoute(app, httpRoutes.listMyOffers, async (request) => {
    const { username } = getDeskPrincipal(request);
    const offered = await deps.conversations.listOffered(username);
    return wholeList(offered.flatMap((record) => presentOffer(record, username, deps.now())));
  });
}
