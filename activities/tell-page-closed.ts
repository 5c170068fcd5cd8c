import type { ActivityDependencies } from './dependencies.ts';

/** Kind of the notice that nothing of a Page leaves. */
export const SEND_LANE_CLOSED = 'send-lane-closed';

/** Tells operators that nothing of a Page leaves and what to do. Nothing where it is open; once, however often it is told. */
export function createTellPageClosed(deps: ActivityDependencies): (request: { pageId: string }) => Promise<void> {
  const { readModel, metrics, alerts } = deps;
  return async function tellPageClosed({ pageId }) {
    const { closed } = await readModel.sendLanes.getFresh(pageId);
    if (!closed) return;
    metrics.pagesClosed.inc({ class: closed.class });
    const code = closed.code === undefined ? '' : ` (error ${closed.code})`;
    await alerts.tell({
      pageId,
      kind: SEND_LANE_CLOSED,
      message: `Nothing of this Page leaves${code}; its messages wait and go on after the repair. ${closed.reason}`,
      remedy: `npx attendant doctor; then, where it is repaired: npx attendant send-lanes resume ${pageId}`,
    });
  };
}
