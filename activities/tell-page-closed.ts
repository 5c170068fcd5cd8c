import type { ActivityDependencies } from './dependencies.ts';
import { tryAgain } from './try-again.ts';

/**
 * Tells the admin that nothing of a Page leaves and what to do: log, metric, alert webhook. Nothing where it is open.
 * @throws a retryable failure where the alert webhook did not take it
 */
export function createTellPageClosed(deps: ActivityDependencies): (request: { pageId: string }) => Promise<void> {
  const { readModel, configuration, logger, metrics, alert } = deps;
  return async function tellPageClosed({ pageId }) {
    const { closed } = await readModel.lanes.getFresh(pageId);
    if (!closed) return;
    const account = (await configuration.get()).accountByPage(pageId)?.name;
    const { class: errorClass, code, reason } = closed;
    logger.error({ pageId, account, errorClass, code }, `Nothing of this Page leaves: ${reason}`);
    metrics.pagesClosed.inc({ class: errorClass });
    const isTaken = await alert({
      type: 'page.closed',
      pageId,
      ...(account !== undefined && { account }),
      ...(code !== undefined && { code }),
      message: `Nothing of this Page leaves. Its messages wait and go on after the repair. ${reason}`,
      remedy: `npx attendant doctor, then: npx attendant lanes resume ${pageId}`,
      at: new Date(closed.since).toISOString(),
    });
    if (!isTaken) throw tryAgain('ALERT_NOT_TAKEN', 'The alert webhook did not take it');
  };
}
