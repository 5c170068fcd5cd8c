import path from 'node:path';
import type { StackConfig } from '../../adapters/config.ts';
import type { RunningProcess } from '../embedded/server-process.ts';
import type { ProcessName, StackFile } from './stack-file.ts';
import { type Supervision, supervise } from './supervise.ts';

/** The programs of a stack, as JavaScript; tests put small ones in their place. */
export interface Programs {
  simulator: string;
  worker: string;
  api: string;
  /** The compiled product whose workflows are bundled for the worker; absent where the worker runs none. */
  workflows?: string;
}

/** What `bringUp` needs. `env` is the user's; `signal` gives up. */
export interface StackOptions {
  config: StackConfig;
  env: NodeJS.ProcessEnv;
  projectDir: string;
  programs: Programs;
  log: (line: string) => void;
  signal: AbortSignal;
}

/** One stack while it comes up and runs. */
export interface StackContext extends StackOptions {
  file: StackFile;
  supervisions: Map<ProcessName, Supervision>;
}

/** Starts a process, keeps it running and its pid in stack.json. */
export async function launch(
  { file, log, signal, supervisions }: StackContext,
  name: ProcessName,
  start: (signal: AbortSignal) => Promise<RunningProcess | undefined>,
): Promise<void> {
  const supervision = await supervise({
    name,
    start: (stopping) => start(AbortSignal.any([stopping, signal])),
    onChange: (pid) => file.setPid(name, pid),
    log,
  });
  supervisions.set(name, supervision);
}

/** The log file of a process. */
export function logFileOf({ config }: StackOptions, name: ProcessName): string {
  return path.join(config.dataDir, 'logs', `${name}.log`);
}
