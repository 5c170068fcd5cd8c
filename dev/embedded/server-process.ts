import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process we started. `exited` settles once, with the reason, however it ended. */
export interface RunningProcess {
  pid: number;
  exited: Promise<string>;
  stop: () => Promise<void>;
}

/** What to start. `logFile` gets stdout and stderr. */
export interface ServerCommand {
  program: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  logFile: string;
}

const STOP_WITHIN_MS = 10_000;
const READY_WITHIN_MS = 60_000;
const READY_POLL_MS = 50;
const LOG_LINES = 12;

/**
 * Starts a server in its own session, so that Ctrl-C in the terminal reaches the supervisor alone and the servers
 * stop last. It does not outlive us: see `guardProcess`.
 */
export async function startServerProcess({ program, args, env, logFile }: ServerCommand): Promise<RunningProcess> {
  mkdirSync(path.dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a');
  const child = spawn(program, args, { env, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  await once(child, 'spawn');
  return toRunningProcess(child);
}

/** Wraps a spawned child that lives in its own session. */
export function toRunningProcess(child: ChildProcess, stopWithinMs = STOP_WITHIN_MS): RunningProcess {
  const pid = child.pid;
  if (pid === undefined) throw new Error('The process was not started.');
  const guard = guardProcess(pid);
  const exited = once(child, 'exit').then(([code, signal]) => {
    guard.release();
    return signal === null ? `exit code ${code}` : `signal ${signal}`;
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    const isDone = await Promise.race([exited.then(() => true), sleep(stopWithinMs, false, { ref: false })]);
    if (!isDone) child.kill('SIGKILL');
    await exited;
  };
  return { pid, exited, stop };
}

/**
 * Ends a process when we end, even by kill -9: a shell waits for our end of a pipe to close.
 * Neither Temporal nor mongod can watch their parent themselves.
 */
function guardProcess(pid: number): { release: () => void } {
  const script = 'read -r _ && exit; kill -TERM "$0" && sleep 5 && kill -KILL "$0"';
  const guard = spawn('sh', ['-c', script, String(pid)], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  guard.stdin.on('error', () => undefined);
  guard.unref();
  return { release: () => guard.stdin.end('released\n') };
}

/** Thrown when a process does not come up; the message holds the end of its log. */
export class ProcessError extends Error {
  override readonly name = 'ProcessError';
}

/** How to wait for a process; `isReady` must itself be bounded in time. */
export interface Readiness {
  name: string;
  logFile: string;
  isReady: () => Promise<boolean>;
  signal?: AbortSignal | undefined;
}

/**
 * Asks `isReady` until it gives true.
 * Stops the process when it takes over a minute and when aborted.
 * @throws ProcessError
 */
export async function waitUntilReady(running: RunningProcess, readiness: Readiness): Promise<void> {
  const { name, logFile, isReady, signal } = readiness;
  let endReason: string | undefined;
  void running.exited.then((reason) => (endReason = reason));
  const giveUpAt = Date.now() + READY_WITHIN_MS;
  try {
    while (!(await isReady())) {
      signal?.throwIfAborted();
      if (endReason !== undefined)
        throw new ProcessError(`${name} ended at its start with ${endReason}:\n${readEnd(logFile)}`);
      if (Date.now() > giveUpAt) throw new ProcessError(`${name} was not ready within a minute:\n${readEnd(logFile)}`);
      await sleep(READY_POLL_MS);
    }
  } catch (error) {
    await running.stop();
    throw error;
  }
}

/** The last lines of a log, for an error text; of a Go program that panicked the first ones, which say why. */
function readEnd(logFile: string): string {
  const lines = readFileSync(logFile, 'utf8').split('\n');
  const panicAt = lines.findLastIndex((line) => line.startsWith('panic:'));
  return (panicAt < 0 ? lines.slice(-LOG_LINES) : lines.slice(panicAt, panicAt + LOG_LINES)).join('\n').trim();
}
