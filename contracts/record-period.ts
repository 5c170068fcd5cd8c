/** Days up to now, by the reader's clock: today, seven, thirty, or all there are. */
export const RECORD_PERIODS = ['today', 'week', 'month', 'all'] as const;
export type RecordPeriod = (typeof RECORD_PERIODS)[number];
