import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The version of the product, from the nearest `package.json` above its files: compiled ones lie a folder deeper. */
export function readProductVersion(): string {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, 'package.json')) && path.dirname(folder) !== folder)
    folder = path.dirname(folder);
  const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { version: string };
  return version;
}
