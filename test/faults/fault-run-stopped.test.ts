import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { cacheDir } from '../support/embedded-cache.ts';
import { until } from '../support/until.ts';

const projectDir = path.join(import.meta.dirname, '..', '..');

it('a fault run that is told to stop takes all of its processes and its data with it', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'attendant-stopped-'));
  const child = spawn(process.execPath, ['--import', 'tsx', 'dev/fault-run/main.ts', 'chaos', '--conversations', '5'], {
    cwd: projectDir,
    env: { ...process.env, TMPDIR: folder, ATTENDANT_CACHE_DIR: cacheDir },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(child, 'exit');
  let progress = '';
  child.stderr.on('data', (chunk: Buffer) => (progress += chunk.toString()));
  try {
    await until(
      'customers who write',
      () => {
        if (child.exitCode !== null) throw new Error(`The run ended with ${child.exitCode}:\n${progress}`);
        return progress.includes('customers write');
      },
      150_000,
    );
    const pids = await pidsOfStack(folder);
    expect(pids.filter(isAlive)).toEqual(pids);
    child.kill('SIGTERM');
    expect(await exited).toEqual([143, null]);
    expect(pids.filter(isAlive)).toEqual([]);
    expect((await readdir(folder)).filter((name) => name.startsWith('attendant-stack-'))).toEqual([]);
  } finally {
    child.kill('SIGTERM');
    await exited;
    await rm(folder, { recursive: true, force: true });
  }
});

/** Of the servers and programs that the run's stack consists of. */
async function pidsOfStack(folder: string): Promise<number[]> {
  const name = (await readdir(folder)).find((each) => each.startsWith('attendant-stack-')) ?? '';
  const stack: Record<string, { pid?: number }> = JSON.parse(
    await readFile(path.join(folder, name, 'stack.json'), 'utf8'),
  );
  const pids = Object.values(stack).flatMap((each) => each?.pid ?? []);
  expect(pids.length).toBeGreaterThanOrEqual(5);
  return pids;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
