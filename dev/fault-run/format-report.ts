import type { DayBalance } from './read-balance.ts';
import type { FaultRunResult } from './run-faults.ts';

const MOST_VIOLATIONS = 50;

/** What a run prints at its end: the ledger's balance, what nobody can know, and whether the promises held. */
export function formatReport({ violations, unknowns, resent, balance, ...run }: FaultRunResult): string {
  const honest = unknowns.map(({ partId, arrived }) => `  ${partId}  (arrived ${arrived} times)`);
  return [
    `${run.conversations} conversations, ${run.expectedParts} parts, worker killed ${run.kills} times, ${Math.round(run.tookMs / 1000)} s`,
    "the ledger's balance:",
    ...balance.map(formatDay),
    `sent once more after an unknown outcome, and marked: ${resent}`,
    `honest unknowns: ${unknowns.length}`,
    ...honest,
    violations.length === 0 ? 'every promise was kept' : `${violations.length} promises broken:`,
    ...violations.slice(0, MOST_VIOLATIONS).map((violation) => `  ${violation}`),
  ].join('\n');
}

function formatDay({ pageId, day, out, parts, ...came }: DayBalance): string {
  const statuses = Object.entries(out)
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${count} ${status}`);
  const into = `in ${came.in} = ${came.handled} handled + ${came.spooled} spooled + ${came.deadLettered} dead-lettered`;
  return `  ${day}  ${pageId}  ${into}; out ${parts} = ${statuses.join(' + ') || '0'}`;
}
