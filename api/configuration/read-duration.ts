import { parseDuration } from '../../contracts/duration.ts';
import type { ProposedConfiguration } from './proposed-configuration.ts';

/** Where a document lies in the request (`documents.3`), and the draft that problems go to. */
export interface DocumentPlace {
  proposed: ProposedConfiguration;
  place: string;
}

/** A duration in milliseconds; one that cannot be waited for is a problem of its field. */
export function readDuration(
  { proposed, place }: DocumentPlace,
  field: string,
  written: string | undefined,
): number | undefined {
  const durationMs = written === undefined ? undefined : parseDuration(written);
  if (written !== undefined && durationMs === undefined) {
    const remedy = 'Give 30 days or less, like 10m.';
    proposed.problems.push({ path: `${place}.${field}`, message: 'is not a time that can be waited', remedy });
  }
  return durationMs;
}
