import { AppError } from '../../contracts/app-error.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { findNearestName } from '../../contracts/nearest-name.ts';
import { getDeskPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';
import { runAgentCommand } from './run-agent-command.ts';

/** What agents put on conversations to find them again: by the actor while it runs, which writes the record; then on the record. */
export function registerLabelRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.labelConversation, async (request) => {
    const principal = getDeskPrincipal(request);
    const { id: conversationId } = request.params;
    await requireLabels(deps, request.body.add);
    try {
      const command = { type: 'label' as const, ...request.body };
      return await runAgentCommand(deps, { principal, conversationId, command });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'CONVERSATION_ENDED') throw error;
      const labels = await deps.conversations.changeLabels(conversationId, request.body);
      // Its actor is gone and what it wrote last is still on its way: a repeat finds it.
      if (!labels) throw new AppError('SERVICE_UNAVAILABLE');
      return { labels };
    }
  });
}

/** @throws AppError REQUEST_INVALID naming what is none of the configured labels, or is put on nothing any more */
async function requireLabels({ configuration }: AppDependencies, names: readonly string[]): Promise<void> {
  const known = (await configuration.get()).labels().flatMap(({ name, hidden }) => (hidden === true ? [] : [name]));
  const details = names.flatMap((name, index) => {
    if (known.includes(name)) return [];
    const nearest = findNearestName(name, known);
    const remedy = nearest === undefined ? `Give one of ${known.join(', ')}.` : `Did you mean "${nearest}"?`;
    return [{ path: `add.${index}`, message: `"${name}" is no label that can be put on`, remedy }];
  });
  if (details.length > 0) throw new AppError('REQUEST_INVALID', { details });
}
