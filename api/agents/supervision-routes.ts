import { AppError } from '../../contracts/app-error.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { getPrincipal } from '../access.ts';
import { auditedCaller } from '../audit/audited-caller.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import type { AgentDesk } from './agent-desk.ts';
import { presentState } from './present-state.ts';
import { getSupervisedGroup } from './supervised-agents.ts';

/** What supervisors see and set of the agents whom they look after. */
export function registerSupervisionRoutes(app: App, deps: AppDependencies, desk: AgentDesk): void {
  registerRoute(app, httpRoutes.getAgentState, async (request) => {
    const { username } = request.params;
    getSupervisedGroup(await deps.configuration.get(), getPrincipal(request), username);
    return presentState(await desk.findState(username));
  });

  registerRoute(app, httpRoutes.setAgentState, async (request) => {
    const { username } = request.params;
    const { state, reason } = request.body;
    getSupervisedGroup(await deps.configuration.get(), getPrincipal(request), username);
    // Nobody can be made to be there.
    if ((await desk.findState(username)).state === 'logged-out' && state !== 'logged-out')
      throw new AppError('AGENT_LOGGED_OUT');
    const setBy = auditedCaller(request).by;
    request.auditSubject = { state, ...(reason !== undefined && { reason }) };
    return presentState(await desk.chooseState(username, request.body, setBy));
  });
}
