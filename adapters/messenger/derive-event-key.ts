import { createHash } from 'node:crypto';
import { canonicalJson, type JsonRecord } from './json-value.ts';

interface KeyMaterial {
  kind: string;
  pageId: string;
  psid: string | undefined;
  /** The event's own time or its entry's, never the time of receipt: a repeat must give the same key. */
  sentAt: number | undefined;
  content: JsonRecord;
}

/**
 * Derives the key by which a repeat of an event without `mid` is known, from kind, Page, customer, time and content.
 * A hash of the whole body would not do: Meta may repeat an event in another batch.
 */
export function deriveEventKey({ kind, pageId, psid, sentAt, content }: KeyMaterial): string {
  const identity = canonicalJson([kind, pageId, psid ?? null, sentAt ?? null, content]);
  return `${kind}:${createHash('sha256').update(identity).digest('hex')}`;
}
