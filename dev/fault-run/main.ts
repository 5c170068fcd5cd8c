/** `npm run fault-run`: breaks the whole product on purpose and says whether its promises held. See docs/operations.md. */
import { formatReport } from './format-report.ts';
import { watchForInterruption } from './interruption.ts';
import { type FaultRunOptions, readOptions, USAGE } from './options.ts';
import { runFaults } from './run-faults.ts';

const startedAt = Date.now();
const log = (line: string): void => {
  process.stderr.write(`${String(Math.round((Date.now() - startedAt) / 1000)).padStart(4)} s  ${line}\n`);
};
const interruption = watchForInterruption({ signals: process, outputs: [process.stdout, process.stderr] });

/** Undefined where the command line makes no sense; that has been said then. */
function optionsOrUsage(): FaultRunOptions | undefined {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n${USAGE}\n`);
    return undefined;
  }
}

/** Gives the exit code. */
async function main(options: FaultRunOptions): Promise<number> {
  try {
    const result = await runFaults(options, { log, signal: interruption.signal });
    process.stdout.write(`${formatReport(result)}\n`);
    return result.violations.length === 0 ? 0 : 1;
  } catch (error) {
    log(interruption.signal.aborted ? 'stopped before the end' : messageOf(error));
    return interruption.exitCode() ?? 1;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const options = optionsOrUsage();
process.exitCode = options === undefined ? 2 : await main(options);
