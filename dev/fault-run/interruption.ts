import type { EventEmitter } from 'node:events';

/** What ends a run from outside. */
export interface Outside {
  /** `process`: SIGINT, SIGTERM and SIGHUP are its events. */
  signals: EventEmitter;
  /** stdout and stderr: they fail when nobody reads them any more. */
  outputs: readonly EventEmitter[];
}

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
const CLOSED_PIPE_EXIT_CODE = 141;

/**
 * Aborts when the run is killed from outside or its reader has gone, so that it can take down what it started. Later
 * signals and failed writes are swallowed: the way down is bounded by itself.
 */
export function watchForInterruption({ signals, outputs }: Outside): {
  signal: AbortSignal;
  /** As shells count; undefined while nothing happened. */
  exitCode: () => number | undefined;
} {
  const interrupted = new AbortController();
  let exitCode: number | undefined;
  const interrupt = (code: number): void => {
    exitCode ??= code;
    interrupted.abort();
  };
  for (const [name, code] of Object.entries(EXIT_CODES)) signals.on(name, () => interrupt(code));
  for (const output of outputs) output.on('error', () => interrupt(CLOSED_PIPE_EXIT_CODE));
  return { signal: interrupted.signal, exitCode: () => exitCode };
}
