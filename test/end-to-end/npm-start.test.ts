import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isAlive } from '../../dev/embedded/process-table.ts';
import { findFreePort } from '../../dev/embedded/free-ports.ts';
import { stackEnvironment } from '../support/running-stack.ts';
import { until } from '../support/until.ts';

const projectDir = path.join(import.meta.dirname, '..', '..');

describe('npm start', () => {
  it.each([
    ['Ctrl-C in its terminal', 'SIGINT', 'the whole group'],
    ['SIGTERM', 'SIGTERM', 'npm alone'],
  ] as const)('ends with code 0 on %s, and every child with it', async (_what, signal, receiver) => {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'attendant-npm-'));
    const port = await findFreePort();
    const npm = spawn('npm', ['start'], {
      cwd: projectDir,
      detached: true,
      env: stackEnvironment(port, dataDir),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    npm.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await until('the ready line', () => output.includes(`\nready http://127.0.0.1:${port}\n`), 120_000);
    const stack: Record<string, { pid?: number }> = JSON.parse(
      await readFile(path.join(dataDir, 'stack.json'), 'utf8'),
    );
    const exited = once(npm, 'exit');
    const pid = npm.pid ?? 0;
    process.kill(receiver === 'npm alone' ? pid : -pid, signal);
    expect(await exited).toEqual([0, null]);
    const pids = Object.values(stack).flatMap((each) => (each.pid === undefined ? [] : [each.pid]));
    expect(pids.length).toBeGreaterThan(4);
    await until('every child to be gone', () => pids.every((child) => !isAlive(child)));
    await rm(dataDir, { recursive: true, force: true });
  });
});
