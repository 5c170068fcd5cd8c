import { readFileSync } from 'node:fs';

/** Ticks of /proc/<pid>/stat are hundredths of a second on every Linux that Node runs on. */
const MS_PER_TICK = 10;

/** CPU time that processes have used so far, in milliseconds; undefined where the system has no /proc. */
export type CpuReading = Record<string, number | undefined>;

/** Reads the CPU time of processes by name; a process without pid (a server that is not ours) is left out. */
export function readCpu(pids: Record<string, number | undefined>): CpuReading {
  return Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, pid && readOne(pid)]));
}

/** What was used between two readings. */
export function cpuBetween(before: CpuReading, after: CpuReading): CpuReading {
  return Object.fromEntries(
    Object.entries(after).map(([name, value]) => {
      const start = before[name];
      return [name, value === undefined || start === undefined ? undefined : value - start];
    }),
  );
}

function readOne(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name, which may hold blanks; counting starts behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
  } catch {
    return undefined;
  }
}
