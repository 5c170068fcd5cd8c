import { randomUUID } from 'node:crypto';
import { loadConfiguration } from '../../adapters/mongo/configuration/load-configuration.ts';
import { AppError } from '../../contracts/app-error.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import type { MovedConversation, MoveRecord } from '../../contracts/scenario-move.ts';
import type { MovedConversationView, MoveView } from '../../contracts/scenario-move-schema.ts';
import { auditedCaller } from '../audit/audited-caller.ts';
import type { AppDependencies } from '../dependencies.ts';
import { registerRoute } from '../register-route.ts';
import { wholeList } from '../whole-list.ts';
import type { App } from '../zod-provider.ts';
import { assessMove } from './assess-move.ts';
import { beginMove, listPinned, presentBegun, presentMove } from './begin-move.ts';
import { findMoveTarget } from './find-move-target.ts';

/** Moves that a list shows. */
const LATEST = 20;

/** Running conversations and other versions of their scenario: what would become of them, moving them, moving them back. */
export function registerMoveRoutes(app: App, deps: AppDependencies): void {
  registerLooking(app, deps);
  registerMoving(app, deps);
}

function registerLooking(app: App, deps: AppDependencies): void {
  const { scenarioMoves } = deps;
  registerRoute(app, httpRoutes.assessMove, async ({ params: { name }, body }) => {
    const stored = await loadConfiguration(deps.store);
    const target = await findMoveTarget(deps, name, body);
    return assessMove(deps, { target, blocks: body.blocks ?? {}, exceptEntries: listPinned(stored, name) });
  });

  registerRoute(app, httpRoutes.listMoves, async ({ params: { name } }) =>
    wholeList((await scenarioMoves.list(name, LATEST)).map(presentMove)),
  );

  registerRoute(app, httpRoutes.getMove, async ({ params }) => presentMove(await getMove(deps, params)));

  registerRoute(app, httpRoutes.listMovedConversations, async ({ params, query: { cursor, limit } }) => {
    const { id } = await getMove(deps, params);
    const after = cursor === undefined ? {} : { after: cursor };
    const found = await scenarioMoves.listMoved(id, { ...after, limit: limit + 1 });
    const items = found.slice(0, limit);
    return {
      items: items.map(presentMoved),
      next: found.length > limit ? (items.at(-1)?.conversationId ?? null) : null,
    };
  });
}

function registerMoving(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.moveConversations, async (request) => {
    const { params, body } = request;
    const { pin } = await findMoveTarget(deps, params.name, body);
    const { by } = auditedCaller(request);
    return begin(deps, {
      id: randomUUID(),
      scenario: params.name,
      to: { version: pin.version },
      blocks: body.blocks,
      by,
    });
  });

  registerRoute(app, httpRoutes.stopMove, async ({ params }) => {
    const move = await getMove(deps, params);
    await deps.actors.stopMove(move.id);
    return presentMove(move);
  });

  registerRoute(app, httpRoutes.undoMove, async (request) => {
    const { id, scenario } = await getMove(deps, request.params);
    // What goes on moving would move them again.
    await deps.actors.stopMove(id);
    const { by } = auditedCaller(request);
    return begin(deps, { id: randomUUID(), scenario, to: { undo: id }, blocks: {}, by });
  });
}

async function begin(deps: AppDependencies, move: Parameters<typeof beginMove>[1]): Promise<MoveView> {
  await beginMove(deps, move);
  return presentBegun(move, deps.now());
}

async function getMove(
  { scenarioMoves }: Pick<AppDependencies, 'scenarioMoves'>,
  { name, id }: { name: string; id: string },
): Promise<MoveRecord> {
  const move = await scenarioMoves.find(id);
  if (move?.scenario === name) return move;
  throw new AppError('NOT_FOUND', { message: `No conversations of "${name}" were moved by an operation ${id}.` });
}

function presentMoved({ conversationId, at, answer }: MovedConversation): MovedConversationView {
  const isMoved = answer.outcome !== 'refused';
  return {
    conversationId,
    at: new Date(at).toISOString(),
    outcome: isMoved ? answer.outcome : answer.reason,
    block: answer.block ?? null,
    to: isMoved ? answer.to : null,
  };
}
