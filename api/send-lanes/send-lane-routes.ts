import { isSlow } from '../../adapters/messenger/send-lane.ts';
import { withDeadline } from '../../adapters/with-deadline.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { SendLaneView } from '../../contracts/send-lane-schema.ts';
import type { AppDependencies } from '../dependencies.ts';
import { httpRoutes } from '../../contracts/http-routes.ts';
import { registerRoute } from '../register-route.ts';
import { wholeList } from '../whole-list.ts';
import type { App } from '../zod-provider.ts';

const DEADLINE_MS = 4000;

async function viewSendLane(
  deps: AppDependencies,
  { pageId, name }: { pageId: string; name: string },
): Promise<SendLaneView> {
  const [{ text, closed }, parkedParts, { lastEventAt }] = await withDeadline(
    Promise.all([deps.sendLanes.getFresh(pageId), deps.ledger.countParked(pageId), deps.pages.find(pageId)]),
    DEADLINE_MS,
    'Collection send-lanes',
  );
  const known = lastEventAt && { lastEventAt: lastEventAt.toISOString() };
  const view = { pageId, account: name, parkedParts, ...known };
  if (closed) {
    const { reason, code, since } = closed;
    const closedSince = new Date(since).toISOString();
    return { ...view, state: 'closed', reason, closedSince, ...(code !== undefined && { code }) };
  }
  const now = deps.now();
  if (now < text.heldUntil) {
    return { ...view, state: 'held', reason: text.holdReason, heldUntil: new Date(text.heldUntil).toISOString() };
  }
  return { ...view, state: isSlow(text, 'text', now) ? 'slow' : 'open' };
}

/** How the Pages stand with Meta, and the word that one is repaired. */
export function registerSendLaneRoutes(app: App, deps: AppDependencies): void {
  registerRoute(app, httpRoutes.listSendLanes, async () => {
    const accounts = (await deps.configuration.get()).accounts();
    return wholeList(await Promise.all(accounts.map((account) => viewSendLane(deps, account))));
  });

  registerRoute(app, httpRoutes.resumeSendLane, async (request) => {
    const { pageId } = request.params;
    const account = (await deps.configuration.get()).accountByPage(pageId);
    if (!account) throw new AppError('NOT_FOUND', { message: `There is no account of Page "${pageId}".` });
    await deps.actors.notifyPage(pageId, { type: 'resume' });
    return await viewSendLane(deps, account);
  });
}
