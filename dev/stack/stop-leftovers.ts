import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, readVariable, sendSignal } from '../embedded/process-table.ts';
import { readEarlierPids } from './stack-file.ts';

const PATIENCE_MS = 5_000;
const POLL_MS = 50;

/**
 * Stops what a killed stack of this data folder has left running, so that its files and ports are free.
 * A process is ours when it was started with this data folder in its environment: pids are used again.
 */
export async function stopLeftovers(dataDir: string, log: (line: string) => void): Promise<void> {
  const pids = (await readEarlierPids(dataDir)).filter((pid) => pid !== process.pid);
  const dataDirs = await Promise.all(pids.map((pid) => readVariable(pid, 'ATTENDANT_DATA_DIR')));
  // A process in the middle of its end has no environment any more, but may still hold files and ports.
  const ending = pids.filter((_, index) => dataDirs[index] === undefined);
  await Promise.all(ending.map(untilEnded));
  const ours = pids.filter((_, index) => dataDirs[index] === dataDir);
  if (ours.length === 0) return;
  log(`stopping what an earlier start has left: ${ours.join(', ')}`);
  await Promise.all(ours.map(stopProcess));
}

/** Waits for a process that is not ours to stop, and no longer than patience lasts: its pid may be somebody else's. */
async function untilEnded(pid: number): Promise<void> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  while (isAlive(pid) && Date.now() < giveUpAt) await sleep(POLL_MS);
}

async function stopProcess(pid: number): Promise<void> {
  sendSignal(pid, 'SIGTERM');
  const giveUpAt = Date.now() + PATIENCE_MS;
  while (isAlive(pid)) {
    if (Date.now() > giveUpAt) sendSignal(pid, 'SIGKILL');
    await sleep(POLL_MS);
  }
}
