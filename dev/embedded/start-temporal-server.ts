import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import type { EmbeddedOptions } from './embedded-options.ts';
import { findFreePort } from './free-ports.ts';
import { type RunningProcess, startServerProcess, waitUntilReady } from './server-process.ts';
import { findTemporalProgram } from './temporal-program.ts';

/** A Temporal server to use. `process` is undefined where TEMPORAL_ADDRESS named one: it is not ours to stop. */
export interface TemporalServer {
  address: string;
  process: RunningProcess | undefined;
  pid: number | undefined;
  stop: () => Promise<void>;
}

/**
 * With the defaults of the development server a conversation takes 100 ms a turn; these give 11–17 ms
 * (design section 9). They suit one machine: the time shift is a guard against clocks that differ between hosts.
 */
const DYNAMIC_CONFIG = [
  'history.transferProcessorMaxPollRPS=2000',
  // Deleting a run waits for what its queues have noted as done: every 30 s by default, and so long an erasure takes.
  'history.transferProcessorUpdateAckInterval="3s"',
  'history.visibilityProcessorUpdateAckInterval="3s"',
  'history.timerProcessorMaxTimeShift="1ms"',
  'history.maxInFlightUpdates=1000',
  'system.enableActivityEagerExecution=true',
  'history.workflowIdReuseMinimalInterval="1ms"',
  'matching.useNewMatcher=true',
  'matching.enableFairness=true',
];
const NAMESPACE = 'default';

/**
 * Uses the server TEMPORAL_ADDRESS names, or starts one that keeps its state in `<dataDir>/temporal.db`, and gives it
 * when its namespace answers.
 * @throws NoServerError
 */
export async function startTemporalServer(options: EmbeddedOptions): Promise<TemporalServer> {
  const given = options.env['TEMPORAL_ADDRESS'];
  if (given !== undefined && given !== '') {
    options.log(`Temporal: ${given} (TEMPORAL_ADDRESS)`);
    return { address: given, process: undefined, pid: undefined, stop: () => Promise.resolve() };
  }
  const program = await findTemporalProgram(options);
  const port = options.port ?? (await findFreePort());
  const logFile = path.join(options.dataDir, 'logs', 'temporal.log');
  await mkdir(options.dataDir, { recursive: true });
  const running = await startServerProcess({
    program,
    args: toArguments(options.dataDir, port),
    env: options.env,
    logFile,
  });
  const address = `127.0.0.1:${port}`;
  await waitUntilReady(running, {
    name: 'Temporal',
    logFile,
    isReady: () => hasNamespace(address),
    signal: options.signal,
  });
  return { address, process: running, pid: running.pid, stop: running.stop };
}

function toArguments(dataDir: string, port: number): string[] {
  const listen = ['--headless', '--ip', '127.0.0.1', '--port', String(port), '--namespace', NAMESPACE];
  const storage = ['--db-filename', path.join(dataDir, 'temporal.db'), '--log-level', 'warn'];
  const pragmas = ['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=1'];
  const settings = DYNAMIC_CONFIG.flatMap((setting) => ['--dynamic-config-value', setting]);
  return ['server', 'start-dev', ...listen, ...storage, ...pragmas, ...settings];
}

async function hasNamespace(address: string): Promise<boolean> {
  try {
    const connection = await Connection.connect({ address, connectTimeout: 500 });
    try {
      await connection.withDeadline(Date.now() + 1_000, () =>
        connection.workflowService.describeNamespace({ namespace: NAMESPACE }),
      );
      return true;
    } finally {
      await connection.close();
    }
  } catch {
    return false;
  }
}
