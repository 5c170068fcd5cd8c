/** Exports of records: what they can be. */
export const RECORD_EXPORT_FORMATS = ['csv', 'jsonl'] as const;
export type RecordExportFormat = (typeof RECORD_EXPORT_FORMATS)[number];

/** `waiting` until the first piece is begun; the last three are for good. */
export const RECORD_EXPORT_STATES = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const;
export type RecordExportState = (typeof RECORD_EXPORT_STATES)[number];

/**
 * Why there is none. `not-allowed`: whoever asked may not export any more, or is gone; `search-refused`: what was looked for
 * names nothing any more, as a team that was deleted; `gave-up`: a piece could not be made, again and again.
 */
export const RECORD_EXPORT_FAILURES = ['not-allowed', 'search-refused', 'gave-up'] as const;
export type RecordExportFailure = (typeof RECORD_EXPORT_FAILURES)[number];

/** Whether nothing more happens to it. */
export function isSettledExport(state: RecordExportState): boolean {
  return state !== 'waiting' && state !== 'running';
}
