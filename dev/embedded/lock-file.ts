import { randomUUID } from 'node:crypto';
import { link, readFile, unlink, writeFile } from 'node:fs/promises';
import { isAlive, isErrorWithCode, readStartTime } from './process-table.ts';

/** Either the lock, or the process that holds it. */
export type LockAttempt = { isTaken: true; release: () => Promise<void> } | { isTaken: false; holder: number };

/**
 * Takes a lock file that names its holder. A lock whose holder has died is taken over; the holder's start time stands
 * in it too, so that another process with the same number (after a restart of the machine) does not count.
 * Two processes may take over the same dead lock at once: fit for saving work, not for guarding data alone.
 */
export async function tryLock(file: string): Promise<LockAttempt> {
  for (;;) {
    if (await createLock(file)) return { isTaken: true, release: () => releaseLock(file) };
    const holder = await readHolder(file);
    if (holder === 'gone') continue;
    if (holder !== 'dead') return { isTaken: false, holder };
    await unlinkIfThere(file);
  }
}

/** A link appears with its content, so no reader ever sees a lock without a holder. */
async function createLock(file: string): Promise<boolean> {
  const own = `${file}.${randomUUID()}`;
  await writeFile(own, `${process.pid} ${(await readStartTime(process.pid)) ?? ''}`);
  try {
    await link(own, file);
    return true;
  } catch (error) {
    if (isErrorWithCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await unlinkIfThere(own);
  }
}

async function readHolder(file: string): Promise<number | 'dead' | 'gone'> {
  try {
    const [pid, startTime] = (await readFile(file, 'utf8')).split(' ');
    const holder = Number(pid);
    const isSame = startTime === '' || startTime === (await readStartTime(holder));
    return isAlive(holder) && isSame ? holder : 'dead';
  } catch (error) {
    if (isErrorWithCode(error, 'ENOENT')) return 'gone';
    throw error;
  }
}

async function releaseLock(file: string): Promise<void> {
  if ((await readHolder(file)) === process.pid) await unlinkIfThere(file);
}

async function unlinkIfThere(file: string): Promise<void> {
  try {
    await unlink(file);
  } catch (error) {
    if (!isErrorWithCode(error, 'ENOENT')) throw error;
  }
}
