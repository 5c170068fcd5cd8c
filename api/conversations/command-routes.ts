import type { FastifyRequest } from 'fastify';
import type { AgentCommand, AgentCommandResult, AgentCommandType } from '../../contracts/agent-command.ts';
import { AppError } from '../../contracts/app-error.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { MAX_SNOOZE_MS } from '../../contracts/snooze.ts';
import { getDeskPrincipal } from '../access.ts';
import { requireFilled } from '../desk/canned-response-routes.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { runAgentCommand } from './run-agent-command.ts';

function run<Type extends AgentCommandType>(
  deps: AppDependencies,
  request: FastifyRequest<{ Params: { id: string } }>,
  command: AgentCommand<Type>,
): Promise<AgentCommandResult<Type>> {
  return runAgentCommand(deps, { principal: getDeskPrincipal(request), conversationId: request.params.id, command });
}

/** What agents do to a conversation. Every body carries a `clientId`: a repeat gets the first answer again. */
export function registerCommandRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.acceptOffer, (request) => run(deps, request, { type: 'accept', ...request.body }));
  registerRoute(app, httpRoutes.rejectOffer, (request) => run(deps, request, { type: 'reject', ...request.body }));
  registerRoute(app, httpRoutes.sendMessage, async (request) => {
    const { cannedResponse, suggestion, ...message } = request.body;
    requireFilled(message.text, cannedResponse);
    const written = await run(deps, request, { type: 'message', ...message });
    const [{ username: agent }, { id }] = [getDeskPrincipal(request), request.params];
    if (suggestion !== undefined) await deps.suggestions.noteUse(id, { id: suggestion, messageId: written.id, agent });
    return toWritten(written);
  });
  registerRoute(app, httpRoutes.endChat, (request) => run(deps, request, { type: 'end', ...request.body }));
  registerChatRoutes(app, deps);
  registerInnerRoutes(app, deps);
}

/** Who is in a chat. */
function registerChatRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.snoozeChat, (request) => {
    requireSoon(request.body.until, deps.now());
    return run(deps, request, { type: 'snooze', ...request.body });
  });
  registerRoute(app, httpRoutes.wakeChat, (request) => run(deps, request, { type: 'wake', ...request.body }));
  registerRoute(app, httpRoutes.invite, (request) => run(deps, request, { type: 'invite', ...request.body }));
  registerRoute(app, httpRoutes.cancelInvitation, (request) =>
    run(deps, request, { type: 'cancelInvitation', ...request.body }),
  );
  registerRoute(app, httpRoutes.transferToScenario, (request) =>
    run(deps, request, { type: 'transferToScenario', ...request.body }),
  );
  registerRoute(app, httpRoutes.finishConsult, (request) =>
    run(deps, request, { type: 'finishConsult', ...request.body }),
  );
  registerRoute(app, httpRoutes.leaveChat, (request) => run(deps, request, { type: 'leave', ...request.body }));
  registerRoute(app, httpRoutes.superviseChat, (request) => run(deps, request, { type: 'supervise', ...request.body }));
  registerRoute(app, httpRoutes.takeOverChat, (request) => run(deps, request, { type: 'takeOver', ...request.body }));
  registerRoute(app, httpRoutes.flagForHelp, (request) => run(deps, request, { type: 'flag', ...request.body }));
}

/** @throws AppError REQUEST_INVALID where a chat would sleep until a moment that is over, or for too long */
function requireSoon(until: string, now: number): void {
  const sleepMs = Date.parse(until) - now;
  if (sleepMs > 0 && sleepMs <= MAX_SNOOZE_MS) return;
  const message = sleepMs > 0 ? 'is more than seven days away' : 'is over already';
  const remedy = 'Give a moment of the next seven days: later than that nobody may write to the customer.';
  throw new AppError('REQUEST_INVALID', { details: [{ path: 'until', message, remedy }] });
}

/** What agents write to each other. */
function registerInnerRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.writeNote, async (request) =>
    toWritten(await run(deps, request, { type: 'note', ...request.body })),
  );
  registerRoute(app, httpRoutes.sayInside, async (request) =>
    toWritten(await run(deps, request, { type: 'innerMessage', ...request.body })),
  );
}

function toWritten({ id, at }: { id: string; at: number }): { id: string; at: string } {
  return { id, at: new Date(at).toISOString() };
}
