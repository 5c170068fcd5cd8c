import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * The files under a folder whose names fit, relative to it and in the order of their names. A folder is gone into once,
 * however many links lead to it; a link to nothing is listed, so that it is told; what is no file (a folder of such a name, a
 * pipe that nobody writes into) is left out. Throws where the folder itself cannot be read.
 */
export async function walkFolder(folder: string, fits: RegExp): Promise<string[]> {
  const seen = new Set<string>();
  const found: string[] = [];
  const walk = async (relative: string): Promise<void> => {
    const real = await realpath(path.join(folder, relative));
    if (seen.has(real)) return;
    seen.add(real);
    for (const name of await readdir(real)) {
      const inner = path.join(relative, name);
      const kind = await kindOf(path.join(folder, inner));
      if (kind === 'folder') await walk(inner).catch(() => found.push(inner));
      else if (kind !== 'other' && fits.test(name)) found.push(inner);
    }
  };
  await walk('');
  return found.filter((name) => fits.test(name)).toSorted();
}

async function kindOf(file: string): Promise<'folder' | 'file' | 'other' | 'nothing'> {
  const found = await stat(file).catch(() => undefined);
  if (!found) return 'nothing';
  if (found.isDirectory()) return 'folder';
  return found.isFile() ? 'file' : 'other';
}
