import { decodeWebhook } from '../../adapters/messenger/decode-webhook.ts';
import type { DeadLetter, DeadLetterContent } from '../../contracts/dead-letter.ts';
import type { WebhookEvent } from '../../contracts/webhook-event.ts';
import type { AppDependencies } from '../dependencies.ts';
import type { EventTaker } from '../webhook/take-events.ts';

/**
 * Handles a dead letter once more, as if Messenger had just delivered it: what was handled the first time is known by its
 * keys. Gives why it was not handled this time either; undefined where all of it was.
 * @throws AppError SERVICE_UNAVAILABLE where nothing durable can be reached
 */
export async function replayDeadLetter(
  deps: Pick<AppDependencies, 'configuration' | 'spool'>,
  taker: EventTaker,
  { body, content }: { body: DeadLetter; content: DeadLetterContent },
): Promise<string | undefined> {
  // As it was received: what waited here for its replay has not come late.
  const events = eventsOf(deps, content, body.failedAt);
  if (typeof events === 'string') return events;
  const snapshot = await deps.configuration.get();
  const signers = body.pageIds.flatMap((pageId) => snapshot.accountByPage(pageId) ?? []);
  const { failures, pageIds } = await taker.take({ events, signers });
  if (failures.length > 0) return [...new Set(failures.map(({ reason }) => reason))].join('; ').slice(0, 300);
  const unknown = events.find(({ outcome }) => outcome === 'ignored');
  if (body.cause === 'unknown' && unknown?.outcome === 'ignored') return unknown.reason;
  return pageIds.size === 0 && events.length > 0 ? 'none of its Pages has an enabled account' : undefined;
}

function eventsOf(
  { spool }: Pick<AppDependencies, 'spool'>,
  content: DeadLetterContent,
  receivedAt: number,
): WebhookEvent[] | string {
  if (content.form === 'none') return 'it holds nothing any more';
  if (content.form === 'events') return content.events;
  try {
    if (content.form === 'spooled') return spool.open(content.id, content.sealed);
  } catch (error) {
    return error instanceof Error ? error.message : 'it cannot be opened';
  }
  try {
    const decoded = decodeWebhook(Buffer.from(content.base64, 'base64'), receivedAt);
    return decoded.isJson ? decoded.events : 'it is not JSON';
  } catch (error) {
    return `not decodable: ${error instanceof Error ? error.name : 'unknown error'}`;
  }
}
