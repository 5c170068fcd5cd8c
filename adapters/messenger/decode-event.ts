import type { WebhookEvent } from '../../contracts/webhook-event.ts';
import { EVENT_KINDS, LEGACY_KINDS } from './event-kinds.ts';
import { cutText, fieldOf, recordOf, spelledField, textOf, type JsonRecord } from './json-value.ts';
import { readEnvelope, type EntryContext } from './event-envelope.ts';

/** Keys that say who and when, or stand beside the content: never the kind of an event. */
const ENVELOPE_KEYS = new Set(['sender', 'recipient', 'timestamp', 'time', 'prior_message', 'standby', 'tag']);
const MAX_REASON_LENGTH = 80;
/**
 * Messenger delivers again for 36 hours. The age of an event is taken when it comes to us: what waits in our spool, or for a
 * worker, does not grow old.
 */
const LATE_AFTER_MS = 48 * 60 * 60_000;

/** Decodes one element of `messaging` or `standby`. Total: what it cannot read comes out as `ignored` with a reason. */
export function decodeEvent(item: unknown, entry: EntryContext): WebhookEvent {
  const event = recordOf(item);
  const { envelope, sentAt, problem } = readEnvelope(event ?? {}, entry);
  const ignore = (reason: string): WebhookEvent => ({
    ...envelope,
    outcome: 'ignored',
    reason: cutText(reason, MAX_REASON_LENGTH),
  });
  if (event === undefined) return ignore('event is not an object');
  const contentOf = (keys: string[]): unknown =>
    keys.map((key) => spelledField(event, key)).find((content) => content !== undefined);
  const kind = EVENT_KINDS.find(({ keys }) => contentOf(keys) !== undefined);
  if (kind === undefined) return ignore(describeUnknown(event));
  if (problem !== undefined) return ignore(problem);
  const content = recordOf(contentOf(kind.keys));
  if (content === undefined) return ignore(`${kind.keys[0]} is not an object`);
  const details = kind.decode({ content, event, envelope, sentAt });
  if ('ignoredBecause' in details) return ignore(details.ignoredBecause);
  if ('event' in details && sentAt !== undefined && entry.receivedAt - sentAt > LATE_AFTER_MS)
    details.event.isLate = true;
  return { ...envelope, ...details };
}

function describeUnknown(event: JsonRecord): string {
  const key = Object.keys(event).find((name) => !ENVELOPE_KEYS.has(name) && fieldOf(event, name) !== undefined);
  if (key === undefined) return 'event without content';
  return LEGACY_KINDS.has(key) ? `legacy kind ${key}` : `unknown kind ${textOf(key) ?? ''}`;
}
