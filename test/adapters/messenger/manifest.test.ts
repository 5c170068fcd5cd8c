import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeWebhook } from '../../../adapters/messenger/decode-webhook.ts';
import type { WebhookEvent } from '../../../contracts/webhook-event.ts';

/** A row's `target_mid` is left out: it names the mids from before the ids were made up, not those of the bodies. */
interface ManifestEvent {
  channel: string;
  page: string;
  user: string | null;
  mid?: string;
  parts?: string[];
  outcome: string;
  why?: string;
}

interface ManifestRow {
  file: string;
  expected: string;
  outcomes: Record<string, number>;
  events: ManifestEvent[];
}

const FOLDER = new URL('../../fixtures/payloads/', import.meta.url);
const RECEIVED_AT = Date.UTC(2026, 10, 22);
const rows: ManifestRow[] = JSON.parse(readFileSync(new URL('manifest.json', FOLDER), 'utf8'));

function decodeFixture(file: string): WebhookEvent[] {
  const decoded = decodeWebhook(readFileSync(new URL(file, FOLDER)), RECEIVED_AT);
  if (!decoded.isJson) throw new Error(`${file} is not JSON`);
  return decoded.events;
}

function outcomeOf(event: WebhookEvent): string {
  return event.channel === 'standby' ? `standby:${event.outcome}` : event.outcome;
}

function count(texts: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const text of texts) counts[text] = (counts[text] ?? 0) + 1;
  return counts;
}

function midOf(event: WebhookEvent): string | undefined {
  if ('event' in event) return event.event.mid;
  return 'mid' in event ? event.mid : undefined;
}

function describeEvent(event: WebhookEvent): ManifestEvent {
  const described: ManifestEvent = {
    channel: event.channel,
    page: event.pageId,
    user: event.psid ?? null,
    outcome: outcomeOf(event),
  };
  const mid = midOf(event);
  if (mid !== undefined) described.mid = mid;
  if (event.outcome === 'ignored') described.why = event.reason;
  return described;
}

function expectedEnvelope(event: ManifestEvent): Omit<ManifestEvent, 'parts'> {
  const { channel, page, user, outcome, mid, why } = event;
  return {
    channel,
    page,
    user,
    outcome,
    ...(mid !== undefined && { mid }),
    ...(why !== undefined && { why }),
  };
}

/** Names of the parts of a message, as the manifest writes them. */
function partsOf(event: WebhookEvent): string[] {
  if (event.outcome !== 'user_message') return [];
  const { text, payload, attachments } = event.event;
  return [
    ...(text === undefined ? [] : ['text']),
    ...(payload === undefined ? [] : ['quick_reply']),
    ...attachments.map((attachment) => attachment.type),
  ];
}

describe.each(rows)('the body $file', ({ file, outcomes, events }) => {
  it('gives its outcomes', () => {
    expect(count(decodeFixture(file).map(outcomeOf))).toEqual(outcomes);
  });

  it('names its Page, customer and mid', () => {
    expect(decodeFixture(file).map(describeEvent)).toEqual(events.map(expectedEnvelope));
  });

  it('keeps every part of its messages', () => {
    const expected = events.map((event) => (event.parts ?? []).map((part) => part.replace('sticker(image)', 'image')));
    expect(decodeFixture(file).map(partsOf)).toEqual(expected);
  });

  it('has a key wherever a conversation may be woken', () => {
    for (const event of decodeFixture(file)) {
      if ('event' in event) expect(event.event.key).toMatch(/^\S.{0,255}$/);
      expect(event.at).toBeGreaterThan(1e11);
    }
  });
});
