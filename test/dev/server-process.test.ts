import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startServerProcess, waitUntilReady } from '../../dev/embedded/server-process.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'attendant-process-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function startBroken(script: string): Promise<void> {
  const logFile = path.join(folder, 'server.log');
  const command = { program: 'sh', args: ['-c', `${script}; exit 2`], env: process.env, logFile };
  const running = await startServerProcess(command);
  await waitUntilReady(running, { name: 'Server', logFile, isReady: () => Promise.resolve(false) });
}

describe('a server that ends at its start', () => {
  it('shows the end of its log', async () => {
    await expect(startBroken('seq 1 20')).rejects.toThrow(
      /^Server ended at its start with exit code 2:\n10\n[\d\n]*\n20$/,
    );
  });

  it('shows why it panicked, however long the stack trace below is', async () => {
    await expect(startBroken('echo "panic: no port left"; seq 1 40')).rejects.toThrow('panic: no port left');
  });
});
