import type { FastifyRequest } from 'fastify';
import { withDeadline } from '../../adapters/with-deadline.ts';
import type { LedgerRow } from '../../adapters/mongo/delivery-ledger.ts';
import { AppError } from '../../contracts/app-error.ts';
import { getPrincipal } from '../access.ts';
import type { AppDependencies } from '../dependencies.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { registerRoute } from '../register-route.ts';
import type { App } from '../zod-provider.ts';

const DEADLINE_MS = 4000;

/** @throws AppError NOT_FOUND for what is no part of ours */
async function getPart({ ledger }: AppDependencies, id: string): Promise<LedgerRow & { status: string }> {
  const row = await withDeadline(ledger.find(id), DEADLINE_MS, 'The ledger in MongoDB');
  if (!row?.status) throw new AppError('NOT_FOUND', { message: `There is no part "${id}".` });
  return { ...row, status: row.status };
}

/** A part that waits in a conversation that goes on is that conversation's to send; any other is the Page actor's. */
async function retry(deps: AppDependencies, id: string): Promise<void> {
  const part = await getPart(deps, id);
  const isWaiting = part.parked !== undefined || part.status === 'failed' || part.status === 'unknown';
  if (!isWaiting) throw new AppError('PART_SETTLED');
  const conversation = part.parked && (await deps.conversations.findConversation(part.conversationId));
  const isOpen = conversation && conversation.state !== 'ended';
  // Its record may say so although somebody has ended it from outside.
  if (isOpen && (await deps.actors.releaseParts(conversation.workflowId))) return;
  await deps.actors.notifyPage(part.pageId, { type: 'release', partId: id });
}

/** What operators do about parts that a machine does not decide about. */
export function registerPartRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.retryPart, (request) => retryPart(deps, request.params.id, callerOf(request)));
  registerRoute(app, httpRoutes.discardPart, (request) => discardPart(deps, request.params.id, callerOf(request)));
}

const callerOf = (request: FastifyRequest): string => getPrincipal(request).username ?? 'the admin token';

/** Sends a part again. @throws AppError NOT_FOUND, PART_SETTLED */
export async function retryPart(deps: AppDependencies, id: string, by: string): Promise<{ id: string }> {
  await retry(deps, id);
  deps.logger.info({ partId: id, by }, 'a part is sent again on request');
  return { id };
}

/** Gives a part up. @throws AppError NOT_FOUND, PART_SETTLED */
export async function discardPart(deps: AppDependencies, id: string, by: string): Promise<{ id: string }> {
  await getPart(deps, id);
  const discarding = deps.ledger.discard(id, `given up by ${by}`);
  if (!(await withDeadline(discarding, DEADLINE_MS, 'The ledger in MongoDB'))) throw new AppError('PART_SETTLED');
  deps.logger.info({ partId: id, by }, 'a part is given up on request');
  return { id };
}
