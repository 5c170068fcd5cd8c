import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildIntoCache } from '../../dev/embedded/build-into-cache.ts';
import { tryLock } from '../../dev/embedded/lock-file.ts';
import { readStartTime } from '../../dev/embedded/process-table.ts';

let cacheDir: string;
beforeEach(async () => {
  cacheDir = await mkdtemp(path.join(tmpdir(), 'attendant-cache-'));
});
afterEach(() => rm(cacheDir, { recursive: true }));

const log = (): void => undefined;
const writeProgram = (folder: string): Promise<void> => writeFile(path.join(folder, 'program'), 'complete');

async function failHalfway(folder: string): Promise<void> {
  await writeFile(path.join(folder, 'program'), 'half');
  throw new Error('no network');
}

/** A pid that surely belongs to no process: its process has ended and been waited for. */
async function makeDeadPid(): Promise<number> {
  const child = spawn('true');
  await once(child, 'exit');
  return child.pid ?? 0;
}

describe('buildIntoCache', () => {
  it('builds once and gives the same folder afterwards', async () => {
    let builds = 0;
    const build = (folder: string): Promise<void> => {
      builds += 1;
      return writeProgram(folder);
    };
    const first = await buildIntoCache({ cacheDir, name: 'thing-1', build, log });
    expect(await buildIntoCache({ cacheDir, name: 'thing-1', build, log })).toBe(first);
    expect(await readFile(path.join(first, 'program'), 'utf8')).toBe('complete');
    expect(builds).toBe(1);
  });

  it('builds once when several ask at the same time', async () => {
    let builds = 0;
    const build = async (folder: string): Promise<void> => {
      builds += 1;
      await writeProgram(folder);
    };
    const entry = { cacheDir, name: 'thing-1', build, log };
    const folders = await Promise.all([buildIntoCache(entry), buildIntoCache(entry), buildIntoCache(entry)]);
    expect(new Set(folders).size).toBe(1);
    expect(builds).toBe(1);
  });

  it('leaves nothing that looks finished when a build fails, and builds again the next time', async () => {
    await expect(buildIntoCache({ cacheDir, name: 'thing-1', build: failHalfway, log })).rejects.toThrow('no network');
    expect(await readdir(cacheDir)).toEqual([]);
    const folder = await buildIntoCache({ cacheDir, name: 'thing-1', build: writeProgram, log });
    expect(await readFile(path.join(folder, 'program'), 'utf8')).toBe('complete');
  });

  it('goes on after a builder that was killed: takes its lock over and removes its half-built folder', async () => {
    const dead = await makeDeadPid();
    await writeFile(path.join(cacheDir, '.thing-1.lock'), `${dead} 12345`);
    const half = await mkdtemp(path.join(cacheDir, `.thing-1.building-${dead}-`));
    await writeFile(path.join(half, 'program'), 'half');
    const folder = await buildIntoCache({ cacheDir, name: 'thing-1', build: writeProgram, log });
    expect(await readFile(path.join(folder, 'program'), 'utf8')).toBe('complete');
    expect(await readdir(cacheDir)).toEqual(['thing-1']);
  });

  it('waits for a live builder, says for which, and stops waiting when told to', async () => {
    const holder = await tryLock(path.join(cacheDir, '.thing-1.lock'));
    const giveUp = new AbortController();
    const lines: string[] = [];
    const waiting = buildIntoCache({
      cacheDir,
      name: 'thing-1',
      build: writeProgram,
      log: (line) => {
        lines.push(line);
        giveUp.abort();
      },
      signal: giveUp.signal,
    });
    await expect(waiting).rejects.toThrow(/aborted/);
    expect(lines).toEqual([`thing-1: process ${process.pid} is making it, waiting`]);
    if (holder.isTaken) await holder.release();
  });
});

const lockFile = (): string => path.join(cacheDir, 'a.lock');

describe('tryLock', () => {
  it('refuses while the holder lives and names it', async () => {
    await tryLock(lockFile());
    expect(await tryLock(lockFile())).toEqual({ isTaken: false, holder: process.pid });
  });

  it('can be taken again after its release', async () => {
    const first = await tryLock(lockFile());
    if (first.isTaken) await first.release();
    expect(await tryLock(lockFile())).toMatchObject({ isTaken: true });
  });

  it.runIf(process.platform === 'linux')('takes over the lock of a process whose number was used again', async () => {
    expect(await readStartTime(process.pid)).toMatch(/^\d+$/);
    await writeFile(lockFile(), `${process.pid} 1`);
    expect(await tryLock(lockFile())).toMatchObject({ isTaken: true });
  });
});
