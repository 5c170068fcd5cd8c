import { getDeskPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import type { AgentDesk } from './agent-desk.ts';
import { presentState } from './present-state.ts';
import { choicesOf } from './state-choices.ts';

/** The agent's own state and what they are asked to take. */
export function registerAgentRoutes(app: App, deps: AppDependencies, desk: AgentDesk): void {
  registerRoute(app, httpRoutes.getMyState, async (request) =>
    presentState(await desk.findState(getDeskPrincipal(request).username)),
  );

  registerRoute(app, httpRoutes.chooseMyState, async (request) => {
    const { username } = getDeskPrincipal(request);
    return presentState(await desk.chooseState(username, request.body));
  });

  registerRoute(app, httpRoutes.listColleagues, async () => {
    const users = (await deps.configuration.get()).users();
    return { items: users.map(({ username, name }) => ({ username, name })), next: null };
  });

  registerRoute(app, httpRoutes.listMyChoices, async (request) => {
    const principal = getDeskPrincipal(request);
    const configuration = await deps.configuration.get();
    const group = configuration.groupOfUser(principal.username);
    if (group === undefined) return { states: [], breaks: [], breakRequired: false };
    return choicesOf(configuration, principal, group);
  });
}
