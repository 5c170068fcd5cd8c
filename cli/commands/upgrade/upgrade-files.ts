import { rename, writeFile } from 'node:fs/promises';
import { upgradeSource } from '../../../scenario-dsl/edit/upgrade-source.ts';
import type { CommandIo } from '../../command.ts';
import { formatFileProblem } from '../apply/file-problem.ts';
import { listScenarioFiles, type ScenarioFile } from '../check/list-scenario-files.ts';

/** Upgrades a file or every scenario of a folder; with `isCheck` nothing is written. Gives the exit code: 1 where one is old or cannot be. */
export async function upgradeFiles(
  { given, isCheck }: { given: string; isCheck: boolean },
  io: CommandIo,
): Promise<number> {
  const files = await listScenarioFiles(given);
  if ('problem' in files) {
    io.printError(formatFileProblem(files.problem));
    return 1;
  }
  const areFine = await Promise.all(files.map((file) => upgradeFile(file, isCheck, io)));
  return areFine.every(Boolean) ? 0 : 1;
}

async function upgradeFile({ file, text }: ScenarioFile, isCheck: boolean, io: CommandIo): Promise<boolean> {
  const upgraded = upgradeSource(text);
  if ('problem' in upgraded) {
    io.printError(formatFileProblem({ file, message: upgraded.problem }));
    return false;
  }
  const { from, to, changes, source } = upgraded;
  if (from === to) return true;
  const what = `version ${from} → ${to}${changes === 0 ? '' : `, ${changes} value${changes === 1 ? '' : 's'} rewritten`}`;
  io.print(`${file}: ${what}${isCheck ? ' (not written)' : ''}`);
  if (isCheck) return false;
  // Renamed into place: a file that is half written would be no scenario.
  await writeFile(`${file}.tmp`, source);
  await rename(`${file}.tmp`, file);
  return true;
}
