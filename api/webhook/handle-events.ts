import { withDeadline } from '../../adapters/with-deadline.ts';
import { AppError } from '../../contracts/app-error.ts';
import { getDurationMs } from '../../contracts/duration.ts';
import type { WebhookEvent } from '../../contracts/webhook-event.ts';
import type { AppDependencies } from '../dependencies.ts';
import { isDatabaseAway } from '../error-handler.ts';
import { requestCopies } from '../files/request-copies.ts';
import { forEachBounded } from '../for-each-bounded.ts';
import type { ApiMetrics } from '../metrics.ts';
import type { PageRules, RecordedEvent } from '../../adapters/mongo/event-recorder.ts';
import { alertOf } from './tell-alerts.ts';
import { groupByCustomer, splitBySize, type CustomerBatch } from './group-by-customer.ts';

const CUSTOMERS_AT_ONCE = 50;
const RECORD_DEADLINE_MS = 4000;

/** What could not be handled for what it is; a repeat would end the same way until the code changes. */
export interface HandlingFailure {
  reason: string;
  events: WebhookEvent[];
}

type Deps = Pick<AppDependencies, 'actors' | 'eventRecorder' | 'alerts' | 'configuration' | 'files' | 'logger' | 'now'>;

/** Outcomes that mean something without a conversation; the rest is counted only. */
const isRecorded = ({ outcome, psid }: WebhookEvent): boolean => outcome !== 'ignored' && psid !== undefined;

/**
 * Brings events to where they are durable: customers' events to Temporal, the rest to the read model. Events of one
 * customer keep their order. May be repeated: every event has a key.
 * @throws AppError SERVICE_UNAVAILABLE where anything durable cannot be reached
 */
export async function handleEvents(
  deps: Deps,
  metrics: ApiMetrics,
  events: readonly WebhookEvent[],
): Promise<HandlingFailure[]> {
  const failures: HandlingFailure[] = [];
  await askForCopies(deps, events);
  await forEachBounded(groupByCustomer(events), CUSTOMERS_AT_ONCE, async (batch) => {
    failures.push(...(await wakeConversation(deps, metrics, batch)));
    for (const event of batch.others) failures.push(...(await recordEvent(deps, metrics, event)));
  });
  return failures;
}

async function askForCopies(deps: Deps, events: readonly WebhookEvent[]): Promise<void> {
  const requesting = requestCopies(deps, events);
  await withDeadline(requesting, RECORD_DEADLINE_MS, 'Collection files').catch((error: unknown) => {
    // Meta's address stays on the message: words do not wait for pictures.
    deps.logger.warn({ err: error }, 'copies of attachments not asked for');
  });
}

async function wakeConversation(deps: Deps, metrics: ApiMetrics, batch: CustomerBatch): Promise<HandlingFailure[]> {
  if (!batch.conversationKey) return [];
  const refused: WebhookEvent[] = [];
  for (const piece of splitBySize(batch.waking)) {
    const isTaken = await deps.actors.deliverCustomerEvents(
      batch.conversationKey,
      piece.map(({ event }) => event),
    );
    if (!isTaken) refused.push(...piece);
    for (const { outcome } of piece) {
      metrics.webhookEvents.inc({ outcome, result: isTaken ? 'signalled' : 'refused' });
    }
  }
  if (refused.length === 0) return [];
  deps.logger.error(
    { pageId: batch.conversationKey.pageId, count: refused.length },
    'customer events refused as too large',
  );
  return [{ reason: 'too large for Temporal', events: refused }];
}

async function recordEvent(deps: Deps, metrics: ApiMetrics, event: WebhookEvent): Promise<HandlingFailure[]> {
  const { outcome, pageId, psid } = event;
  const alert = alertOf(event);
  if (!alert && !isRecorded(event)) {
    metrics.webhookEvents.inc({ outcome, result: psid === undefined ? 'no-customer' : 'ignored' });
    return [];
  }
  try {
    const recording = alert
      ? deps.alerts.tell(alert).then(() => ({}))
      : deps.eventRecorder.recordEvent(event, await rulesOf(deps, pageId));
    const recorded: RecordedEvent = await withDeadline(recording, RECORD_DEADLINE_MS, 'The read model in MongoDB');
    const { thread, reactedAt } = recorded;
    if (thread && psid !== undefined) await deps.actors.tellThreadOwner({ pageId, psid }, thread);
    if (reactedAt !== undefined && psid !== undefined) await deps.actors.tellReaction({ pageId, psid }, reactedAt);
    metrics.webhookEvents.inc({ outcome, result: 'recorded' });
    return [];
  } catch (error) {
    if (isAway(error)) throw new AppError('SERVICE_UNAVAILABLE', { cause: error });
    // What is left is the event's own oddity: to refuse it would only make Messenger send it again for ever.
    deps.logger.error({ err: error, outcome, pageId }, 'webhook event not recorded');
    metrics.webhookEvents.inc({ outcome, result: 'failed' });
    const name = error instanceof Error ? error.name : 'unknown error';
    return [{ reason: `${outcome} not recorded: ${name}`, events: [event] }];
  }
}

async function rulesOf({ configuration }: Deps, pageId: string): Promise<PageRules> {
  const inboxPause = (await configuration.get()).accountByPage(pageId)?.inboxPause;
  if (inboxPause === undefined) return {};
  return { inboxPauseMs: inboxPause === 'off' ? 0 : getDurationMs(inboxPause) };
}

/** True for a store that cannot be reached, which is nobody's fault and ends some time. */
export function isAway(error: unknown): boolean {
  return error instanceof AppError ? error.code === 'SERVICE_UNAVAILABLE' : isDatabaseAway(error);
}
