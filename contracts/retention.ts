/** Kinds of what is kept, each with an end of its days of its own. */
export const RETENTION_KINDS = ['transcripts', 'events', 'files', 'audit', 'evaluations', 'deliveries'] as const;
export type RetentionKind = (typeof RETENTION_KINDS)[number];

/** Name of the one document of its kind. */
export const RETENTION_NAME = 'default';

/** The field that says the days of a kind. */
export const RETENTION_FIELDS = {
  transcripts: 'transcriptDays',
  events: 'eventDays',
  files: 'fileDays',
  audit: 'auditDays',
  evaluations: 'evaluationDays',
  deliveries: 'deliveryDays',
} as const satisfies Record<RetentionKind, string>;

/** Days of each kind; what is absent is kept as the deployment keeps it. */
export type RetentionDays = { [Kind in RetentionKind as (typeof RETENTION_FIELDS)[Kind]]?: number | undefined };

/** How few days there may be of each, and why. */
export const RETENTION_LEAST = {
  transcriptDays: { days: 8, because: 'agents may answer a customer for 7 days and have to see what was said' },
  eventDays: { days: 8, because: 'reports show the last week' },
  fileDays: { days: 1, because: 'an agent has to be able to open what was sent today' },
  auditDays: { days: 30, because: 'what somebody did has to be found while it can still be asked about' },
  evaluationDays: { days: 30, because: 'an agent has to be able to dispute a grade' },
  deliveryDays: { days: 1, because: 'what failed over night has to be found in the morning' },
} as const satisfies Record<keyof RetentionDays, { days: number; because: string }>;

export const RETENTION_MOST_DAYS = 36_500;

/** What could never come true in days that are each possible. */
export function findRetentionProblem({
  transcriptDays,
  fileDays,
}: RetentionDays): { path: string; message: string; remedy: string } | undefined {
  if (transcriptDays === undefined || fileDays === undefined || fileDays <= transcriptDays) return undefined;
  const message = `is longer than transcriptDays (${transcriptDays}): a transcript takes its files with it`;
  return { path: 'fileDays', message, remedy: `Write ${transcriptDays} or less, or leave it out.` };
}

/** How many days a kind is kept; undefined: for ever, or as each account says of its files. */
export function daysOf(
  kind: RetentionKind,
  said: RetentionDays | undefined,
  usual: Partial<Record<RetentionKind, number>>,
): number | undefined {
  return said?.[RETENTION_FIELDS[kind]] ?? usual[kind];
}
