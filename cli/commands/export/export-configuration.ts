import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CommandIo } from '../../command.ts';
import { withApi } from '../../with-api.ts';
import { formatFileProblem } from '../apply/file-problem.ts';
import { writeConfiguration } from './write-configuration.ts';

interface ExportRequest {
  folder: string;
  overwrite: boolean;
  /** False: secrets are left out, instead of named as variables. */
  hasSecrets: boolean;
}

/** Writes what is in force into a folder. Gives the exit code. */
export async function exportConfiguration(
  { folder, overwrite, hasSecrets }: ExportRequest,
  io: CommandIo,
): Promise<number> {
  const { print, printError } = io;
  const isTaken = (await readdir(folder).catch(() => [])).length > 0;
  if (isTaken && !overwrite) {
    const remedy = 'Name another folder, or say --overwrite. What else lies in it would be applied as well.';
    printError(formatFileProblem({ file: folder, message: 'is not empty', remedy }));
    return 1;
  }
  return withApi(io, async (call) => {
    const response = await call('GET /api/v1/configuration');
    if (!response.ok) {
      printError(response.error.message);
      return 1;
    }
    const { files, variables } = writeConfiguration(response.body, { hasSecrets });
    for (const [name, text] of files) {
      const file = path.join(folder, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
      print(file);
    }
    if (variables.length > 0) print(`\nto be set for attendant apply:\n${variables.join('\n')}`);
    return 0;
  });
}
