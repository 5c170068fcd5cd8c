import type { OpenConversations } from '../../adapters/mongo/open-conversations.ts';
import type { DayRecord } from '../../contracts/supervision.ts';

/** How old the figures of a day may be: they change little, and reading a busy day is dear. */
const FRESH_MS = 5000;

/** Reads what the figures of a day are made from. Whoever asks for the same within a few seconds shares one reading. */
export function createDayRecords({
  openConversations,
  now,
}: {
  openConversations: OpenConversations;
  now: () => number;
}): OpenConversations['listQueuedSince'] {
  const known = new Map<string, { at: number; records: Promise<DayRecord[]> }>();
  return (since, limits) => {
    const at = now();
    for (const [key, reading] of known) if (at - reading.at >= FRESH_MS) known.delete(key);
    const key = JSON.stringify([since, limits]);
    const reading = known.get(key) ?? { at, records: openConversations.listQueuedSince(since, limits) };
    known.set(key, reading);
    // A failure is told to who asked, and tried again by who asks next.
    reading.records.catch(() => known.delete(key));
    return reading.records;
  };
}
