import { createHash } from 'node:crypto';

/** Where a conversation stands in the index: the week of its beginning, and a number that orders those of the week. */
export interface RecordPlace {
  /** First day of seven that follow each other since 1970-01-01, in UTC, as `2026-11-26`. */
  week: string;
  /** The milliseconds since the week began in its upper digits; the lower ones tell those of one millisecond apart. */
  number: number;
}

const PER_MS = 2 ** 22;
const WEEK_MS = 7 * 24 * 60 * 60_000;

/** The week of a moment. */
export function weekOf(at: number): string {
  return new Date(Math.floor(at / WEEK_MS) * WEEK_MS).toISOString().slice(0, 10);
}

/** The lowest number that a conversation may have that began at `at` or later in that week. */
export function numberAt(at: number): number {
  return (((at % WEEK_MS) + WEEK_MS) % WEEK_MS) * PER_MS;
}

/** The place of a conversation; `attempt` gives another one of the same moment where that is taken. */
export function placeOf(
  { conversationId, startedAt }: { conversationId: string; startedAt: number },
  attempt = 0,
): RecordPlace {
  const at = Math.floor(startedAt);
  const hash = createHash('sha256').update(`${attempt}\n${conversationId}`).digest().readUInt32BE(0) % PER_MS;
  return { week: weekOf(at), number: numberAt(at) + hash };
}

/** A place as the id of its entry. */
export function entryIdOf({ week, number }: RecordPlace): string {
  return `${week} ${number}`;
}
