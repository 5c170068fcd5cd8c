import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
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

/**
 * Asks `isReady` until it gives true, or fails with the end of the log when the process ends or takes over a minute.
 * `isReady` must itself be bounded in time.
 */
export async function waitUntilReady(
  running: RunningProcess,
  logFile: string,
  isReady: () => Promise<boolean>,
): Promise<void> {
  let endReason: string | undefined;
  void running.exited.then((reason) => (endReason = reason));
  const giveUpAt = Date.now() + READY_WITHIN_MS;
  while (!(await isReady())) {
    if (endReason !== undefined) throw new Error(`ended at its start with ${endReason}:\n${readEnd(logFile)}`);
    if (Date.now() > giveUpAt) {
      await running.stop();
      throw new Error(`was not ready within ${READY_WITHIN_MS / 1_000} s:\n${readEnd(logFile)}`);
    }
    await sleep(READY_POLL_MS);
  }
}

function readEnd(logFile: string): string {
  return readFileSync(logFile, 'utf8').split('\n').slice(-12).join('\n').trim();
}

/** A TCP port of 127.0.0.1 that nobody listens on at this moment. */
export async function findFreePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('No TCP port could be had.');
  return address.port;
}
