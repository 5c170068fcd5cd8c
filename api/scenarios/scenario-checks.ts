import { AppError } from '../../contracts/app-error.ts';
import { createThreadPool, ThreadPoolBusyError, ThreadTimeoutError } from '../../adapters/threads/thread-pool.ts';
import type { BlockChange } from '../../contracts/publication-report.ts';
import type { CheckOptions } from '../../scenario-dsl/checks/check-report.ts';
import type { CheckReport } from '../../scenario-dsl/checks/check-source.ts';
import type { parseScenario } from '../../scenario-dsl/parse/parse-scenario.ts';

const THREADS = 2;
/** An author can wait; a customer's message and an agent's, for which the same processors are needed, cannot. */
const NICE_INCREMENT = 5;
const MAX_QUEUE = 32;
const MAX_HEAP_MB = 384;
const TIMEOUT_MS = 30_000;

/**
 * Reads and checks scenarios in threads of its own, two at once: a large one takes seconds of a processor, in which the
 * api would take no webhook.
 * @throws AppError SERVICE_UNAVAILABLE where 32 wait already, or one took over 30 s with its wait
 */
export interface ScenarioChecks {
  parse(source: string): Promise<ReturnType<typeof parseScenario>>;
  /** What `checkSource` says. */
  check(source: string, options?: CheckOptions): Promise<CheckReport>;
  /** What became of the blocks from one text to the next; `undefined`: there was none before. */
  compare(before: string | undefined, after: string): Promise<BlockChange[]>;
  close(): Promise<void>;
}

/** Creates the threads' owner; they start with the first call. */
export function createScenarioChecks(): ScenarioChecks {
  const threads = createThreadPool({
    module: './scenario-check-thread',
    base: import.meta.url,
    maxThreads: THREADS,
    niceIncrement: NICE_INCREMENT,
    maxQueue: MAX_QUEUE,
    maxHeapMb: MAX_HEAP_MB,
  });
  const run = async <Result>(name: string, argument: unknown): Promise<Result> => {
    try {
      return await threads.run<Result>({ name, argument, timeoutMs: TIMEOUT_MS });
    } catch (error) {
      throw toAppError(error);
    }
  };
  return {
    parse: (source) => run('parse', source),
    check: (source, options = {}) => run('check', { source, options }),
    compare: (before, after) => run('compare', { before, after }),
    close: () => threads.close(),
  };
}

function toAppError(error: unknown): unknown {
  const isBusy = error instanceof ThreadPoolBusyError;
  if (!isBusy && !(error instanceof ThreadTimeoutError)) return error;
  const message = isBusy
    ? 'Too many scenarios are being checked. Try again in a moment.'
    : 'Checking took over 30 s. Try again; if it stays so, divide the scenario into sub-scenarios.';
  return new AppError('SERVICE_UNAVAILABLE', { message, cause: error });
}
