import type { WebhookEvent } from '../../contracts/webhook-event.ts';

/** How many events of a Page fall on a UTC day. */
export interface DayCount {
  pageId: string;
  /** As `2026-11-22`. */
  day: string;
  count: number;
}

/** Counts what customers did, for the ledger's balance; receipts, echoes and the like are in no balance. */
export function countByDay(events: readonly WebhookEvent[]): DayCount[] {
  const counts = new Map<string, DayCount>();
  for (const event of events) {
    if (!('event' in event) || event.channel !== 'messaging' || event.psid === undefined) continue;
    const { pageId } = event;
    const day = new Date(event.at).toISOString().slice(0, 10);
    const key = `${day} ${pageId}`;
    const known = counts.get(key) ?? { pageId, day, count: 0 };
    counts.set(key, { ...known, count: known.count + 1 });
  }
  return [...counts.values()];
}
