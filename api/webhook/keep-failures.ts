import { countByDay, type DayCount } from '../../adapters/mongo/count-by-day.ts';
import { withDeadline } from '../../adapters/with-deadline.ts';
import type { DeadLetterContent } from '../../contracts/dead-letter.ts';
import type { WebhookEvent } from '../../contracts/webhook-event.ts';
import type { AppDependencies } from '../dependencies.ts';
import type { ApiMetrics } from '../metrics.ts';
import type { HandlingFailure } from './handle-events.ts';

const KEEP_DEADLINE_MS = 4000;
/** Oddities that we know and that mean nothing to a contact centre. */
const KNOWN_IGNORED = /^(?:legacy kind|dashboard test|change of|event without content|optin that stops)/;

interface Unhandled {
  failures: readonly HandlingFailure[];
  content: DeadLetterContent;
  pageIds: readonly string[];
  /** The customers' events in it, where the failures do not show them. */
  days?: readonly DayCount[];
}

type Deps = Pick<AppDependencies, 'deadLetters' | 'logger' | 'now'>;

/**
 * Keeps what could not be handled, with the reasons, until an operator has it replayed.
 * @throws what MongoDB throws: it is not durable then
 */
export async function keepFailures(
  deps: Deps,
  metrics: ApiMetrics,
  { failures, content, pageIds, days = countByDay(failures.flatMap(({ events }) => events)) }: Unhandled,
): Promise<void> {
  if (failures.length === 0) return;
  const reason = [...new Set(failures.map((failure) => failure.reason))].join('; ').slice(0, 300);
  const keeping = deps.deadLetters.keep({ reason, cause: 'failed', content, pageIds, days, at: deps.now() });
  const isKept = await withDeadline(keeping, KEEP_DEADLINE_MS, 'Collection dead-letters');
  metrics.deadLetters.inc({ cause: 'failed', result: isKept ? 'kept' : 'no-room' });
  if (!isKept) deps.logger.error({ reason, pageIds }, 'ALARM no room for a body that could not be handled: it is lost');
}

/** So many reasons of one body are kept; each costs a look at the collection. */
const MAX_REASONS_OF_BODY = 10;

/**
 * Keeps a few examples of each kind of event that this version does not know, and of customers' events that name no
 * customer, for the operator to see. Nothing waits for it and nothing depends on it.
 */
export function keepUnknown(
  deps: Deps,
  metrics: ApiMetrics,
  {
    events,
    content,
    pageIds,
  }: { events: readonly WebhookEvent[]; content: DeadLetterContent; pageIds: readonly string[] },
): void {
  const reasons = [...new Set(events.flatMap((event) => unknownReason(event) ?? []))].slice(0, MAX_REASONS_OF_BODY);
  for (const reason of reasons) {
    deps.deadLetters
      .keep({ reason, cause: 'unknown', content, pageIds, days: [], at: deps.now() })
      .then((isKept) => metrics.deadLetters.inc({ cause: 'unknown', result: isKept ? 'kept' : 'no-room' }))
      .catch((error: unknown) => deps.logger.warn({ err: error, reason }, 'example of an unknown event not kept'));
  }
}

function unknownReason(event: WebhookEvent): string | undefined {
  if (event.outcome === 'ignored') return KNOWN_IGNORED.test(event.reason) ? undefined : event.reason;
  return 'event' in event && event.psid === undefined ? `${event.outcome} without a customer` : undefined;
}
