import type { Account } from '../../adapters/mongo/configuration/configuration-items.ts';
import { withDeadline } from '../../adapters/with-deadline.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { WebhookEvent } from '../../contracts/webhook-event.ts';
import type { AppDependencies } from '../dependencies.ts';
import type { ApiMetrics } from '../metrics.ts';
import { handleEvents, isAway, type HandlingFailure } from './handle-events.ts';
import { createSpoolView, type SpoolView } from './spool-view.ts';

/** From so many customers on a body goes through the spool: it is durable, hence answered, before all are signalled. */
const LARGE_BODY_CUSTOMERS = 100;
const SPOOL_DEADLINE_MS = 4000;
/** After Temporal did not answer, nobody waits for it again so long: Messenger gives up after 5 s. */
const SPOOL_AFTER_FAILURE_MS = 2000;

interface TakenEvents {
  /** Pages that events were taken of. */
  pageIds: Set<string>;
  failures: HandlingFailure[];
}

/** Takes decoded bodies. What it needs of the process is its view of the spool. */
export interface EventTaker {
  /**
   * Makes a body's events durable: with their actors, or behind what the spool holds of their Page. An event of a
   * disabled account, or of a Page that the signing secret does not vouch for, is counted and changes nothing.
   * @throws AppError SERVICE_UNAVAILABLE where nothing durable can be reached; Messenger then delivers all of it again
   */
  take(body: { events: readonly WebhookEvent[]; signers: readonly Account[] }): Promise<TakenEvents>;
  view: SpoolView;
}

/** Creates the taker of one process. */
export function createEventTaker(deps: AppDependencies, metrics: ApiMetrics): EventTaker {
  const view = createSpoolView(deps);
  let isAwayUntil = -Infinity;

  async function spool(pageId: string, events: readonly WebhookEvent[]): Promise<void> {
    const adding = deps.spool.add(pageId, events);
    if (!(await withDeadline(adding, SPOOL_DEADLINE_MS, 'The spool in MongoDB'))) {
      deps.logger.error({ pageId }, 'ALARM the spool of this Page is full: Messenger has to deliver again');
      throw new AppError('SERVICE_UNAVAILABLE');
    }
    view.noteOpen(pageId);
    for (const { outcome } of events) metrics.webhookEvents.inc({ outcome, result: 'spooled' });
    await new Promise((resolve) => setTimeout(resolve, deps.settings.spoolHoldMs));
  }

  async function takePage(pageId: string, events: readonly WebhookEvent[]): Promise<HandlingFailure[]> {
    if (deps.now() < isAwayUntil || isLarge(events) || (await view.isOpen(pageId))) {
      await spool(pageId, events);
      return [];
    }
    try {
      return await withDeadline(
        handleEvents(deps, metrics, events),
        deps.settings.directDeadlineMs,
        'Temporal or the read model',
      );
    } catch (error) {
      if (!isAway(error)) throw error;
      isAwayUntil = deps.now() + SPOOL_AFTER_FAILURE_MS;
      deps.logger.warn({ err: error, pageId, count: events.length }, 'webhook events go to the spool');
      await spool(pageId, events);
      return [];
    }
  }

  return {
    view,
    async take({ events, signers }) {
      const known = knownEvents(metrics, events, signers);
      const taken = await Promise.allSettled([...known].map((page) => takePage(...page)));
      const failed = taken.find((result) => result.status === 'rejected');
      if (failed) throw failed.reason;
      const failures = taken.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
      return { pageIds: new Set(known.keys()), failures };
    },
  };
}

function isLarge(events: readonly WebhookEvent[]): boolean {
  return events.length > LARGE_BODY_CUSTOMERS && new Set(events.map(({ psid }) => psid)).size > LARGE_BODY_CUSTOMERS;
}

/** The events of the signers' enabled Pages, by Page. */
function knownEvents(
  metrics: ApiMetrics,
  events: readonly WebhookEvent[],
  signers: readonly Account[],
): Map<string, WebhookEvent[]> {
  const enabled = pagesOf(signers, ({ enabled: isEnabled }) => isEnabled !== false);
  const disabled = pagesOf(signers, ({ enabled: isEnabled }) => isEnabled === false);
  const known = new Map<string, WebhookEvent[]>();
  for (const event of events) {
    const { pageId, outcome } = event;
    if (enabled.has(pageId)) listOf(known, pageId).push(event);
    else metrics.webhookEvents.inc({ outcome, result: disabled.has(pageId) ? 'disabled-account' : 'unknown-page' });
  }
  return known;
}

function pagesOf(accounts: readonly Account[], isWanted: (account: Account) => boolean): Set<string> {
  return new Set(accounts.filter(isWanted).map((account) => account.pageId));
}

function listOf(lists: Map<string, WebhookEvent[]>, key: string): WebhookEvent[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
