import type { Account } from '../../adapters/mongo/configuration/configuration-items.ts';
import { withDeadline } from '../../adapters/mongo/configuration/with-deadline.ts';
import { AppError } from '../../contracts/app-error.ts';
import type { WebhookEvent } from '../../contracts/webhook-event.ts';
import type { AppDependencies } from '../dependencies.ts';
import { isDatabaseAway } from '../error-handler.ts';
import { forEachBounded } from '../for-each-bounded.ts';
import type { ApiMetrics } from '../metrics.ts';
import { groupByCustomer, splitBySize, type CustomerLane } from './group-by-customer.ts';

const CUSTOMERS_AT_ONCE = 50;
const RECORD_DEADLINE_MS = 4000;

type Deps = Pick<AppDependencies, 'actors' | 'eventRecorder' | 'logger'>;

/** Outcomes that mean something without a conversation; the rest is counted only. */
const isRecorded = ({ outcome, psid }: WebhookEvent): boolean => outcome !== 'ignored' && psid !== undefined;

/**
 * Brings a body's events to where they are durable: customers' events to Temporal, the rest to the read model. An event
 * of a disabled account, or of a Page that the signing secret does not vouch for, is counted and changes nothing. Gives the Pages it took events of.
 * @throws AppError SERVICE_UNAVAILABLE where anything durable cannot be reached; Messenger then delivers all of it again
 */
export async function takeEvents(
  deps: Deps,
  metrics: ApiMetrics,
  body: { events: WebhookEvent[]; signers: Account[] },
): Promise<Set<string>> {
  const pages = pagesOf(body.signers, ({ enabled }) => enabled !== false);
  const disabledPages = pagesOf(body.signers, ({ enabled }) => enabled === false);
  const known = body.events.filter((event) => pages.has(event.pageId));
  for (const event of body.events) {
    if (pages.has(event.pageId)) continue;
    const result = disabledPages.has(event.pageId) ? 'disabled-account' : 'unknown-page';
    metrics.webhookEvents.inc({ outcome: event.outcome, result });
  }
  await forEachBounded(groupByCustomer(known), CUSTOMERS_AT_ONCE, async (lane) => {
    await wakeConversation(deps, metrics, lane);
    for (const event of lane.others) await recordEvent(deps, metrics, event);
  });
  return new Set(known.map((event) => event.pageId));
}

function pagesOf(accounts: Account[], isWanted: (account: Account) => boolean): Set<string> {
  return new Set(accounts.filter(isWanted).map((account) => account.pageId));
}

async function wakeConversation(deps: Deps, metrics: ApiMetrics, lane: CustomerLane): Promise<void> {
  if (!lane.place) return;
  for (const events of splitBySize(lane.customerEvents)) {
    const isTaken = await deps.actors.deliverCustomerEvents(lane.place, events);
    if (!isTaken)
      deps.logger.error({ pageId: lane.place.pageId, count: events.length }, 'customer events refused as too large');
    for (const event of events) {
      const outcome = event.kind === 'message' ? 'user_message' : event.kind;
      metrics.webhookEvents.inc({ outcome, result: isTaken ? 'signalled' : 'refused' });
    }
  }
}

async function recordEvent(deps: Deps, metrics: ApiMetrics, event: WebhookEvent): Promise<void> {
  const { outcome, pageId, psid } = event;
  if (!isRecorded(event)) {
    metrics.webhookEvents.inc({ outcome, result: psid === undefined ? 'no-customer' : 'ignored' });
    return;
  }
  try {
    const recording = deps.eventRecorder.recordEvent(event);
    const { threadOwner } = await withDeadline(recording, RECORD_DEADLINE_MS, 'The read model in MongoDB');
    if (threadOwner && psid !== undefined) await deps.actors.tellThreadOwner({ pageId, psid }, threadOwner);
    metrics.webhookEvents.inc({ outcome, result: 'recorded' });
  } catch (error) {
    if (isAway(error)) throw new AppError('SERVICE_UNAVAILABLE', { cause: error });
    // What is left is the event's own oddity: to refuse it would only make Messenger send it again for ever.
    deps.logger.error({ err: error, outcome, pageId }, 'webhook event not recorded');
    metrics.webhookEvents.inc({ outcome, result: 'failed' });
  }
}

function isAway(error: unknown): boolean {
  return error instanceof AppError ? error.code === 'SERVICE_UNAVAILABLE' : isDatabaseAway(error);
}
