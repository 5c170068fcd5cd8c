import { chmod, readFile, writeFile } from 'node:fs/promises';
import { isErrorWithCode } from '../embedded/process-table.ts';

const OWNER_ONLY = 0o600;

/** Gives the secret in `file`; makes and keeps one when there is none. Nobody but the owner may read the file. */
export async function keepSecret(file: string, make: () => string): Promise<string> {
  const kept = await readSecret(file);
  if (kept !== '') {
    await chmod(file, OWNER_ONLY);
    return kept;
  }
  const made = make();
  await writeFile(file, `${made}\n`, { mode: OWNER_ONLY });
  return made;
}

async function readSecret(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (isErrorWithCode(error, 'ENOENT')) return '';
    throw error;
  }
}
