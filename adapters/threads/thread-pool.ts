import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Piscina } from 'piscina';

interface ThreadPoolOptions {
  /** The module whose exported functions are the tasks, without its ending; relative to `base`. */
  module: string;
  /** `import.meta.url` of the caller. */
  base: string;
  maxThreads: number;
  /** Tasks that may wait; one more is refused. */
  maxQueue: number;
  /** How far its threads stand back behind all other work of the machine: added to their niceness. Where the system knows it. */
  niceIncrement: number;
  /** Heap of one thread; a task that needs more ends its thread and fails. */
  maxHeapMb: number;
}

/** Threads for work that would hold up the event loop, or Node's own four threads, which the payload codec needs. */
export interface ThreadPool {
  /**
   * Runs one exported function with an argument that can be cloned. `timeoutMs` bounds waiting and running together: the
   * thread is ended then.
   * @throws ThreadPoolBusyError where too many wait; ThreadTimeoutError; what the task throws
   */
  run<Result>(task: { name: string; argument: unknown; timeoutMs: number }): Promise<Result>;
  close(): Promise<void>;
}

/** Too many tasks wait already. */
export class ThreadPoolBusyError extends Error {
  override readonly name = 'ThreadPoolBusyError';
}

/** A task took longer than it may. */
export class ThreadTimeoutError extends Error {
  override readonly name = 'ThreadTimeoutError';
}

/** A thread without work for so long ends. */
const IDLE_MS = 60_000;

/** Creates a pool; threads start when they are needed, TypeScript from a checkout and JavaScript in a build. */
export function createThreadPool({ module, base, maxHeapMb, ...limits }: ThreadPoolOptions): ThreadPool {
  const isCheckout = base.endsWith('.ts');
  const pool = new Piscina({
    filename: new URL(`${module}${isCheckout ? '.ts' : '.js'}`, base).href,
    execArgv: isCheckout ? typescriptArguments() : ['--enable-source-maps'],
    minThreads: 0,
    ...limits,
    idleTimeout: IDLE_MS,
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
  });
  const waiting = new Set<AbortController>();
  // A thread that cannot start has no task to fail: those that wait for it fail with its reason.
  pool.on('error', (error: unknown) => waiting.forEach((each) => each.abort(error)));
  return {
    async run({ name, argument, timeoutMs }) {
      const failure = new AbortController();
      waiting.add(failure);
      const timeout = AbortSignal.timeout(timeoutMs);
      try {
        return await pool.run(argument, { name, signal: AbortSignal.any([timeout, failure.signal]) });
      } catch (error) {
        if (failure.signal.aborted) throw failure.signal.reason;
        if (timeout.aborted) throw new ThreadTimeoutError(`${name} took over ${timeoutMs} ms`, { cause: error });
        if (isQueueFull(error))
          throw new ThreadPoolBusyError(`${limits.maxQueue} calls of ${name} wait`, { cause: error });
        throw error;
      } finally {
        waiting.delete(failure);
      }
    },
    close: () => pool.destroy(),
  };
}

/** tsx does nothing in threads when it is imported as for a process: Node 20 needs its hooks registered in each. */
function typescriptArguments(): string[] {
  const beside = pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm/api'));
  const tsx = JSON.stringify(new URL('index.mjs', beside).href);
  return ['--import', `data:text/javascript,import { register } from ${tsx}; register();`];
}

function isQueueFull(error: unknown): boolean {
  return error instanceof Error && /queue is at limit/i.test(error.message);
}
