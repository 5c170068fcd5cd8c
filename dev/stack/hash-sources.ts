import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';

/** Twelve digits that say whether files are as they were: of all files below `names`, folders or files, in `root`. */
export async function hashSources(root: string, names: readonly string[]): Promise<string> {
  const files = (await Promise.all(names.map((name) => listFiles(path.join(root, name))))).flat();
  const hash = createHash('sha256');
  for (const file of files.toSorted((a, b) => (a < b ? -1 : 1))) {
    hash.update(path.relative(root, file)).update(await readFile(file));
  }
  return hash.digest('hex').slice(0, 12);
}

async function listFiles(fileOrFolder: string): Promise<string[]> {
  if ((await stat(fileOrFolder)).isFile()) return [fileOrFolder];
  const entries = await readdir(fileOrFolder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}
