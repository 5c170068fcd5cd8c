import type { Reporter, TestModule } from 'vitest/node';

/** Files that are named one by one; the rest of a project is one line. */
const NAMED = 25;

interface FileTime {
  name: string;
  project: string;
  /** Imports, hooks and tests, milliseconds. */
  totalMs: number;
}

/** Prints at the end of a run where its time went: each slow file, and the sum of each project beside its wall time. */
export class SlowestFilesReporter implements Reporter {
  private readonly beganAt = Date.now();

  onTestRunEnd(modules: readonly TestModule[]): void {
    if (modules.length < 2) return;
    const times = modules.map(timeOf).toSorted((one, other) => other.totalMs - one.totalMs);
    process.stdout.write(`${formatTimes(times, Date.now() - this.beganAt)}\n`);
  }
}

function timeOf(module: TestModule): FileTime {
  const { collectDuration, setupDuration, duration } = module.diagnostic();
  return {
    name: module.relativeModuleId,
    project: module.project.name,
    totalMs: collectDuration + setupDuration + duration,
  };
}

/** One line for each of the slowest files, slowest first, then one for each project. */
function formatTimes(times: readonly FileTime[], wallMs: number): string {
  const lines = times.slice(0, NAMED).map(({ name, totalMs }) => `${seconds(totalMs)}  ${name}`);
  const rest = times.slice(NAMED);
  if (rest.length > 0) lines.push(`${seconds(sum(rest))}  ${rest.length} more files`);
  const projects = [...new Set(times.map(({ project }) => project))].toSorted();
  for (const project of projects) {
    const files = times.filter((time) => time.project === project);
    lines.push(`${seconds(sum(files))}  all ${files.length} files of ${project}`);
  }
  return ['where the time went:', ...lines, `${seconds(wallMs)}  from beginning to end`].join('\n');
}

function sum(times: readonly FileTime[]): number {
  return times.reduce((total, { totalMs }) => total + totalMs, 0);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1).padStart(8)} s`;
}
