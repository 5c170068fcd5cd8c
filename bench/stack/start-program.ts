import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { toRunningProcess, waitUntilReady, type RunningProcess } from '../../dev/embedded/server-process.ts';

/** A TypeScript program that sends `{ type: 'ready', port? }` over IPC when it serves. */
export interface Program {
  name: string;
  /** From the project's folder. */
  file: string;
  env: NodeJS.ProcessEnv;
  logDir: string;
  nodeArguments?: readonly string[];
  /** Gets every other IPC message. */
  onMessage?: (message: unknown) => void;
}

/** A program that serves. `port` is what its ready message said. */
export interface StartedProgram extends RunningProcess {
  port: number | undefined;
}

const projectDir = path.join(import.meta.dirname, '..', '..');
const STOP_WITHIN_MS = 20_000;

/** Starts a program from its source (node with tsx, no wrapper in between) and gives it when it is ready. */
export async function startProgram(program: Program): Promise<StartedProgram> {
  const { name, file, env, logDir, nodeArguments = [], onMessage } = program;
  mkdirSync(logDir, { recursive: true });
  const logFile = path.join(logDir, `${name}.log`);
  const log = openSync(logFile, 'a');
  const child = spawn(process.execPath, [...nodeArguments, '--import', 'tsx', path.join(projectDir, file)], {
    cwd: projectDir,
    env,
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  const ready: { isReady: boolean; port: number | undefined } = { isReady: false, port: undefined };
  child.on('message', (message: unknown) => {
    const { type, port } = Object(message);
    if (type !== 'ready') return onMessage?.(message);
    ready.isReady = true;
    ready.port = typeof port === 'number' ? port : undefined;
  });
  await once(child, 'spawn');
  const running = toRunningProcess(child, STOP_WITHIN_MS);
  await waitUntilReady(running, { name, logFile, isReady: () => Promise.resolve(ready.isReady) });
  return { ...running, port: ready.port };
}
