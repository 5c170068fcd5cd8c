import { stat, watch } from 'node:fs/promises';
import path from 'node:path';
import type { CommandIo } from '../../command.ts';

interface WatchIo extends Pick<CommandIo, 'print'> {
  /** Ends the watch. */
  signal: AbortSignal;
}

/** An editor writes a file in several steps: a run begins when nothing has changed for so long. */
const quietMs = 50;

/**
 * Runs at once and again whenever a scenario or a test under `given` changes, until the signal; runs never overlap.
 * Gives the exit code of the last run.
 */
export async function watchFiles(given: string, run: () => Promise<number>, io: WatchIo): Promise<number> {
  const place = await stat(given).catch(() => undefined);
  if (!place) return run();
  // A file by its folder, because editors put a new file in the place of the old one.
  const folder = place.isDirectory() ? given : path.dirname(given);
  const runner = createRunner(run, io.print);
  const changes = watch(folder, { recursive: place.isDirectory(), signal: io.signal });
  runner.start();
  try {
    for await (const { filename } of changes) {
      if (filename !== null && /\.(ya?ml|json)$/.test(filename)) runner.startSoon();
    }
  } catch (error) {
    if (!io.signal.aborted) throw error;
  }
  return runner.stop();
}

/** Ctrl-C ends a watch, not the process in the midst of a run. */
export function untilInterrupted(): AbortSignal {
  const ended = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ended.abort());
  return ended.signal;
}

interface Runner {
  start: () => void;
  startSoon: () => void;
  /** Waits for the run under way. */
  stop: () => Promise<number>;
}

function createRunner(run: () => Promise<number>, print: CommandIo['print']): Runner {
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<number> = Promise.resolve(0);
  const start = (): void => {
    current = current.then(async () => {
      const code = await run();
      print(`\n${code === 0 ? 'All is well' : 'Something is wrong'}. Watching for changes; Ctrl-C ends.\n`);
      return code;
    });
    // What goes wrong is told by `stop`, which waits for it.
    current.catch(() => undefined);
  };
  return {
    start,
    startSoon() {
      clearTimeout(timer);
      timer = setTimeout(start, quietMs);
    },
    stop() {
      clearTimeout(timer);
      return current;
    },
  };
}
