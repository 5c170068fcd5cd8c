import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchFiles } from '../../cli/commands/test/watch-files.ts';

let folder: string;
let child: ChildProcessWithoutNullStreams | undefined;

const scenario = (text: string): string =>
  `attendant: 2\nscenario: hi\nblocks:\n  a: { send-message: { text: ${text} } }\n`;
const tests = 'tests:\n  - name: greets\n    steps: [{ customer: x }, { bot: Hi }]\n';

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'attendant-watch-'));
  await writeFile(path.join(folder, 'hi.yaml'), scenario('Hi'));
  await writeFile(path.join(folder, 'hi.test.yaml'), tests);
});

afterEach(async () => {
  if (child?.exitCode === null) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

/** Watches a place and counts the runs. */
function watchFolder(given: string): { count: () => number; stop: () => Promise<number> } {
  const ended = new AbortController();
  let runs = 0;
  const run = (): Promise<number> => Promise.resolve(++runs);
  const watching = watchFiles(given, run, { print: () => {}, signal: ended.signal });
  return {
    count: () => runs,
    stop: () => {
      ended.abort();
      return watching;
    },
  };
}

/** Files are noticed when the machine gets to it. */
const until = { timeout: 20_000, interval: 20 };

describe('attendant test --watch', () => {
  it('runs again when a file is written, replaced or comes anew, and only then', async () => {
    await mkdir(path.join(folder, 'inner'));
    const watching = watchFolder(folder);
    await vi.waitFor(() => expect(watching.count()).toBe(1), until);
    await writeFile(path.join(folder, 'hi.yaml'), scenario('Hello'));
    await vi.waitFor(() => expect(watching.count()).toBe(2), until);
    await writeFile(path.join(folder, 'new.yaml.tmp'), scenario('Hi'));
    await rename(path.join(folder, 'new.yaml.tmp'), path.join(folder, 'hi.yaml'));
    await vi.waitFor(() => expect(watching.count()).toBe(3), until);
    await writeFile(path.join(folder, 'inner', 'more.yaml'), scenario('Hi'));
    await vi.waitFor(() => expect(watching.count()).toBe(4), until);
    await writeFile(path.join(folder, 'notes.txt'), 'no scenario');
    expect(await watching.stop()).toBe(4);
  });

  it('watches the folder of a file, which an editor replaces', async () => {
    const watching = watchFolder(path.join(folder, 'hi.test.yaml'));
    await vi.waitFor(() => expect(watching.count()).toBe(1), until);
    await writeFile(path.join(folder, 'hi.yaml'), scenario('Hello'));
    await vi.waitFor(() => expect(watching.count()).toBe(2), until);
    expect(await watching.stop()).toBe(2);
  });

  it('shows each run and ends on Ctrl-C with the code of the last', { timeout: 30_000 }, async () => {
    child = spawn(process.execPath, ['cli/attendant.mjs', 'test', folder, '--watch']);
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => child?.once('exit', (code) => resolve(code)));
    await vi.waitFor(() => expect(output).toContain('1 passed, 0 failed'), until);
    await vi.waitFor(() => expect(output).toContain('All is well. Watching'), until);
    await writeFile(path.join(folder, 'hi.yaml'), scenario('Hello'));
    await vi.waitFor(() => expect(output).toContain('0 passed, 1 failed'), until);
    child.kill('SIGINT');
    expect(await ended).toBe(1);
  });
});
