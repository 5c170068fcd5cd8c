import { stat } from 'node:fs/promises';
import path from 'node:path';
import { readScenarioFile, type ReadScenarioFile } from '../../read-scenario-file.ts';
import { walkFolder } from '../../walk-folder.ts';
import type { FileProblem } from '../apply/file-problem.ts';

export interface ScenarioFile extends ReadScenarioFile {
  file: string;
}

/** A scenario says so in its first key; a folder may hold tests and configuration beside it. */
const isScenario = /^["']?attendant["']?\s*:|^\s*\{\s*"attendant"/m;

/** What is looked at; `unreadable`: files of the folder that may be scenarios, and cannot be read. */
interface ListedScenarios {
  files: ScenarioFile[];
  unreadable: FileProblem[];
}

/** The scenario that a file is, whatever it holds, or all scenarios under a folder in the order of their names. */
export async function listScenarioFiles(given: string): Promise<ListedScenarios | { problem: FileProblem }> {
  try {
    if (!(await stat(given)).isDirectory()) {
      const read = await readScenarioFile(given);
      if ('problem' in read) return read;
      if (/\.test\.ya?ml$/.test(given) && !isScenario.test(read.text)) return { problem: holdsTests(given) };
      return { files: [{ file: given, ...read }], unreadable: [] };
    }
    const files = await walkFolder(given, /\.(ya?ml|json)$/);
    const read = await Promise.all(
      files.map(async (name) => {
        const file = path.join(given, name);
        return { file, ...(await readScenarioFile(file)) };
      }),
    );
    const unreadable = read.flatMap((each) => ('problem' in each ? [each.problem] : []));
    const scenarios = read.flatMap((each) => ('text' in each && isScenario.test(each.text) ? [each] : []));
    if (scenarios.length + unreadable.length > 0) return { files: scenarios, unreadable };
    return { problem: { file: given, message: 'holds no scenario', remedy: 'A scenario begins with "attendant: 2".' } };
  } catch {
    return { problem: { file: given, message: 'cannot be read: is the path right?' } };
  }
}

function holdsTests(file: string): FileProblem {
  return { file, message: 'holds tests and no scenario', remedy: `Run them: attendant test ${file}` };
}
