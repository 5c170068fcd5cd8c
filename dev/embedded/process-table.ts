import { readFile } from 'node:fs/promises';

/** True while a process with this id exists, also one of another user. */
export function isAlive(pid: number): boolean {
  if (!isPid(pid)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isErrorWithCode(error, 'EPERM');
  }
}

/** When a process started, in ticks since the machine did: with the pid it names a process for good. Linux only. */
export async function readStartTime(pid: number): Promise<string | undefined> {
  const stat = await readOfProcess(pid, 'stat');
  // The name in brackets may hold blanks; start time is the 20th field after it (proc(5), field 22).
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

/** One variable of a process's environment as it was started. Linux only, own processes only. */
export async function readVariable(pid: number, name: string): Promise<string | undefined> {
  const environment = await readOfProcess(pid, 'environ');
  const entry = environment?.split('\0').find((line) => line.startsWith(`${name}=`));
  return entry?.slice(name.length + 1);
}

async function readOfProcess(pid: number, file: string): Promise<string | undefined> {
  try {
    return await readFile(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}

/** Sends a signal; false when the process has gone already. */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  if (!isPid(pid)) return false;
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if (isErrorWithCode(error, 'ESRCH')) return false;
    throw error;
  }
}

/** To the kernel 0 and numbers below are groups of processes, our own among them: never what a caller means. */
function isPid(pid: number): boolean {
  return Number.isInteger(pid) && pid > 0;
}

/** Narrows a caught value to a system error with the given code. */
export function isErrorWithCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
