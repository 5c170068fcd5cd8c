import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { tryLock } from './lock-file.ts';
import { isAlive, isErrorWithCode } from './process-table.ts';

/** A folder of the cache to make: `build` fills a fresh temporary folder. */
export interface CacheEntry {
  cacheDir: string;
  name: string;
  build: (folder: string) => Promise<void>;
  log: (line: string) => void;
  signal?: AbortSignal;
}

const LOCK_POLL_MS = 250;

/**
 * Gives the folder `<cacheDir>/<name>`, building it if it is not there.
 * It is built aside and renamed when complete, so an interrupted build leaves nothing that looks finished, and two
 * stacks that start together build once: the second waits for the first, or takes over when the first has died.
 * The lock only saves work; the rename alone keeps the cache whole.
 */
export async function buildIntoCache(entry: CacheEntry): Promise<string> {
  const target = path.join(entry.cacheDir, entry.name);
  if (await exists(target)) return target;
  await mkdir(entry.cacheDir, { recursive: true });
  const release = await waitForLock(entry);
  try {
    if (!(await exists(target))) await buildAside(entry, target);
    return target;
  } finally {
    await release();
  }
}

async function buildAside(entry: CacheEntry, target: string): Promise<void> {
  const prefix = `.${entry.name}.building-`;
  await removeLeftovers(entry.cacheDir, prefix);
  const folder = await mkdtemp(path.join(entry.cacheDir, `${prefix}${process.pid}-`));
  try {
    await entry.build(folder);
    await renameUnlessThere(folder, target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Another build may have won although we held the lock: its result is as good as ours. */
async function renameUnlessThere(folder: string, target: string): Promise<void> {
  try {
    await rename(folder, target);
  } catch (error) {
    const isThere = isErrorWithCode(error, 'ENOTEMPTY') || isErrorWithCode(error, 'EEXIST');
    if (!isThere) throw error;
  }
}

async function removeLeftovers(cacheDir: string, prefix: string): Promise<void> {
  const leftovers = (await readdir(cacheDir)).filter(
    (name) => name.startsWith(prefix) && !isAlive(Number.parseInt(name.slice(prefix.length), 10)),
  );
  await Promise.all(leftovers.map((name) => rm(path.join(cacheDir, name), { recursive: true, force: true })));
}

async function waitForLock({ cacheDir, name, log, signal }: CacheEntry): Promise<() => Promise<void>> {
  const file = path.join(cacheDir, `.${name}.lock`);
  for (let lastHolder = 0; ;) {
    const attempt = await tryLock(file);
    if (attempt.isTaken) return attempt.release;
    if (attempt.holder !== lastHolder) log(`${name}: process ${attempt.holder} is making it, waiting`);
    lastHolder = attempt.holder;
    await sleep(LOCK_POLL_MS, undefined, signal ? { signal } : {});
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch {
    return false;
  }
}
