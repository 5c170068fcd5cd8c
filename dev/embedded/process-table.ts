import { readFile } from 'node:fs/promises';

/** True while a process with this id exists, also one of another user. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isErrorWithCode(error, 'EPERM');
  }
}

/** The command line of a running process, parts joined by blanks; undefined where it cannot be read. */
export async function readCommandLine(pid: number): Promise<string | undefined> {
  try {
    const text = await readFile(`/proc/${pid}/cmdline`, 'utf8');
    return text === '' ? undefined : text.split('\0').join(' ').trim();
  } catch {
    return undefined;
  }
}

/** Sends a signal; false when the process has gone already. */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if (isErrorWithCode(error, 'ESRCH')) return false;
    throw error;
  }
}

/** Narrows a caught value to a system error with the given code. */
export function isErrorWithCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
