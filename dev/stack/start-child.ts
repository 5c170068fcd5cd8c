import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { ProcessError, type RunningProcess, toRunningProcess, waitUntilReady } from '../embedded/server-process.ts';

/** One of our own processes: a JavaScript file that sends `{ type: 'ready', port? }` over IPC when it serves. */
export interface Child {
  name: string;
  file: string;
  projectDir: string;
  logFile: string;
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
}

/** A running child; `port` is what its ready message said. */
export interface ReadyChild extends RunningProcess {
  port: number | undefined;
}

/** Longer than the worker's own grace, so that a send in flight comes to its end. */
const STOP_WITHIN_MS = 20_000;

/** Starts a child without a wrapper process in between (its pid is the program's) and gives it when it is ready. */
export async function startChild({ name, file, projectDir, logFile, env, signal }: Child): Promise<ReadyChild> {
  if (!existsSync(file)) throw new ProcessError(`${name} cannot start: ${file} is missing.`);
  const log = openSync(logFile, 'a');
  const child = spawn(process.execPath, ['--enable-source-maps', file], {
    cwd: projectDir,
    env,
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  const readyPort = watchForReady(child);
  await once(child, 'spawn');
  const running = toRunningProcess(child, STOP_WITHIN_MS);
  const isReady = (): Promise<boolean> => Promise.resolve(readyPort.isReady);
  await waitUntilReady(running, { name, logFile, isReady, signal });
  return { ...running, port: readyPort.port };
}

function watchForReady(child: ChildProcess): { isReady: boolean; port: number | undefined } {
  const seen: { isReady: boolean; port: number | undefined } = { isReady: false, port: undefined };
  child.on('message', (message: unknown) => {
    const { type, port } = Object(message);
    if (type !== 'ready') return;
    seen.isReady = true;
    seen.port = typeof port === 'number' ? port : undefined;
  });
  return seen;
}
