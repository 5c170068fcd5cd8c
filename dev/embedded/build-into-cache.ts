import { link, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
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
  const lock = path.join(entry.cacheDir, `.${entry.name}.lock`);
  await takeLock(lock, entry);
  try {
    if (!(await exists(target))) await buildAside(entry, target);
    return target;
  } finally {
    await releaseLock(lock);
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

async function takeLock(lock: string, { name, log, signal }: CacheEntry): Promise<void> {
  let hasSaidSo = false;
  while (!(await createLock(lock))) {
    const holder = await readHolder(lock);
    if (holder === undefined) continue;
    if (!isAlive(holder)) {
      await unlinkIfThere(lock);
      continue;
    }
    if (!hasSaidSo) log(`${name}: process ${holder} is making it, waiting`);
    hasSaidSo = true;
    await sleep(LOCK_POLL_MS, undefined, signal ? { signal } : {});
  }
}

/** A link appears with its content, so no reader ever sees a lock without a pid. */
async function createLock(lock: string): Promise<boolean> {
  const own = `${lock}.${process.pid}`;
  await writeFile(own, String(process.pid));
  try {
    await link(own, lock);
    return true;
  } catch (error) {
    if (isErrorWithCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await unlinkIfThere(own);
  }
}

/** The pid in the lock; undefined when the lock has just gone. */
async function readHolder(lock: string): Promise<number | undefined> {
  try {
    return Number(await readFile(lock, 'utf8'));
  } catch (error) {
    if (isErrorWithCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

async function releaseLock(lock: string): Promise<void> {
  if ((await readHolder(lock)) === process.pid) await unlinkIfThere(lock);
}

async function unlinkIfThere(file: string): Promise<void> {
  try {
    await unlink(file);
  } catch (error) {
    if (!isErrorWithCode(error, 'ENOENT')) throw error;
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
