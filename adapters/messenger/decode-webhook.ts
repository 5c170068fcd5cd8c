import type { WebhookEvent } from '../../contracts/webhook-event.ts';
import { decodeEvent } from './decode-event.ts';
import { cutText, fieldOf, recordOf, textOf, type JsonRecord } from './json-value.ts';
import { parseExactJson } from '../parse-exact-json.ts';
import { readEnvelope, type EntryContext } from './event-envelope.ts';

/** `foreign`: why the whole body is not about a Page; it then has no events. */
export type DecodedWebhook = { isJson: false } | { isJson: true; events: WebhookEvent[]; foreign?: string };

/**
 * Decodes a webhook body into its events, in the order of the body. Total: every JSON body gives typed events or
 * visible `ignored` ones; an odd event never costs its neighbours. `receivedAt`: epoch milliseconds, the time of
 * events that have none. An event whose Page cannot be named has the empty `pageId` and is `ignored`.
 * Source: Messenger Platform, webhooks; oddities in test/fixtures/payloads/manifest.json.
 */
export function decodeWebhook(rawBody: Buffer, receivedAt: number): DecodedWebhook {
  let body: unknown;
  try {
    body = parseExactJson(new TextDecoder().decode(rawBody));
  } catch (error) {
    if (error instanceof SyntaxError) return { isJson: false };
    throw error;
  }
  const foreign = findForeign(body);
  if (foreign !== undefined) return { isJson: true, events: [], foreign };
  const entries = fieldOf(recordOf(body), 'entry');
  if (entries === undefined) return { isJson: true, events: decodeHeadless(recordOf(body) ?? {}, receivedAt) };
  const toEvents = (entry: unknown): WebhookEvent[] => decodeEntry(entry, receivedAt);
  return { isJson: true, events: mapList(entries, toEvents).flat() };
}

/** A body without `object` is read as a Page's: the signature vouches for it and the entries name their Page. */
function findForeign(body: unknown): string | undefined {
  const record = recordOf(body);
  if (record === undefined) return 'body is not an object';
  const object = fieldOf(record, 'object');
  if (object === undefined) return fieldOf(record, 'entry') === undefined ? 'body has no object' : undefined;
  return object === 'page' ? undefined : `object is ${cutText(textOf(object) ?? 'not a text', 40)}`;
}

/** Names in an entry, or in a body without one, that hold no events. */
const SILENT_KEYS = new Set(['object', 'id', 'uid', 'time', 'entry']);

/** What stands where an entry's events belong and is none that we know: visible, because it may be one day. */
function findUnknownList(record: JsonRecord): string | undefined {
  return Object.keys(record).find((key) => !SILENT_KEYS.has(key) && fieldOf(record, key) !== undefined);
}

/** A body without entries: nothing, or something that has to be seen. */
function decodeHeadless(body: JsonRecord, receivedAt: number): WebhookEvent[] {
  const key = findUnknownList(body);
  const nowhere = { id: undefined, time: undefined, receivedAt, channel: 'messaging' } as const;
  return key === undefined ? [] : [ignoreChange(nowhere, `${cutText(textOf(key) ?? '', 60)} without an entry`)];
}

function decodeEntry(item: unknown, receivedAt: number): WebhookEvent[] {
  const entry = recordOf(item);
  const context: Omit<EntryContext, 'channel'> = {
    id: fieldOf(entry, 'id'),
    time: fieldOf(entry, 'time'),
    receivedAt,
  };
  if (entry === undefined) return [ignoreChange({ ...context, channel: 'messaging' }, 'entry is not an object')];
  const decodeChannel = (channel: 'messaging' | 'standby'): WebhookEvent[] =>
    mapList(fieldOf(entry, channel), (event) => decodeEvent(event, { ...context, channel }));
  const changes = mapList(fieldOf(entry, 'changes'), (change) =>
    ignoreChange({ ...context, channel: 'changes' }, describeChange(change, context.id)),
  );
  if (CHANNELS.every((name) => fieldOf(entry, name) === undefined)) {
    const key = findUnknownList(entry);
    return key === undefined
      ? []
      : [ignoreChange({ ...context, channel: 'messaging' }, `unknown list ${cutText(key, 60).toWellFormed()}`)];
  }
  return [...decodeChannel('messaging'), ...decodeChannel('standby'), ...changes];
}

/** Where an entry holds its events. */
const CHANNELS = ['messaging', 'standby', 'changes'];

function describeChange(change: unknown, entryId: unknown): string {
  const field = cutText(textOf(fieldOf(recordOf(change), 'field')) ?? 'unknown', 60);
  const isDashboardTest = entryId === '0' || entryId === 0;
  return isDashboardTest ? `dashboard test of ${field}` : `change of ${field}`;
}

function ignoreChange(entry: EntryContext, reason: string): WebhookEvent {
  const { envelope } = readEnvelope({}, entry);
  return { ...envelope, outcome: 'ignored', reason };
}

/** Maps a list; what stands where a list belongs counts as its one element, and nothing as none. */
function mapList<Result>(value: unknown, map: (item: unknown) => Result): Result[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map((item: unknown) => map(item));
}
