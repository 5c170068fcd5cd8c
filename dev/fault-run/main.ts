/** `npm run fault-run`: breaks the whole product on purpose and says whether its promises held. See docs/operations.md. */
import { readOptions, USAGE } from './options.ts';
import { runFaults, type FaultRunResult } from './run-faults.ts';

const startedAt = Date.now();
const log = (line: string): void => {
  process.stderr.write(`${String(Math.round((Date.now() - startedAt) / 1000)).padStart(4)} s  ${line}\n`);
};

function report({ violations, unknowns, resent, byFate, ...run }: FaultRunResult): string {
  const fates = Object.entries(byFate).map(([fate, count]) => `  ${fate.padEnd(10)} ${count}`);
  const honest = unknowns.map(({ partId, arrived }) => `  ${partId}  (arrived ${arrived} times)`);
  return [
    `${run.conversations} conversations, ${run.expectedParts} parts, worker killed ${run.kills} times, ${Math.round(run.tookMs / 1000)} s`,
    'parts by fate:',
    ...fates,
    `sent once more after an unknown outcome, and marked: ${resent}`,
    `honest unknowns: ${unknowns.length}`,
    ...honest,
    violations.length === 0 ? 'every promise was kept' : `${violations.length} promises broken:`,
    ...violations.slice(0, 50).map((violation) => `  ${violation}`),
  ].join('\n');
}

try {
  const result = await runFaults(readOptions(process.argv.slice(2)), log);
  process.stdout.write(`${report(result)}\n`);
  process.exitCode = result.violations.length === 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(
    `${error instanceof Error ? error.message : String(error)}\n${error instanceof TypeError ? `${USAGE}\n` : ''}`,
  );
  process.exitCode = error instanceof TypeError ? 2 : 1;
}
