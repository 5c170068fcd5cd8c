import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { checkKey, type FileStore } from './file-store.ts';

/** Keeps files below a folder, readable by this user only. Several processes may share it, also over a network share. */
export function createFolderStore(folder: string): FileStore {
  const pathOf = (key: string): string => path.join(folder, checkKey(key).slice(0, 2), key);
  return {
    async put(key, bytes) {
      const target = pathOf(key);
      await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
      // Whole or not at all, whatever dies in between.
      const draft = `${target}.${randomUUID()}`;
      const file = await open(draft, 'wx', 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, target);
    },
    async get(key) {
      return readFile(pathOf(key)).catch((error: unknown) => {
        if (isAbsent(error)) return undefined;
        throw error;
      });
    },
    delete: (key) => rm(pathOf(key), { force: true }),
  };
}

const isAbsent = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';
