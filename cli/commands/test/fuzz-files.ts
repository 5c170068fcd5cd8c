import { stringify } from 'yaml';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';
import { fuzzScenario, type FuzzOptions } from '../../../scenario-dsl/testing/fuzz-scenario.ts';
import { runTests } from '../../../scenario-dsl/testing/run-tests.ts';
import type { CommandIo } from '../../command.ts';
import { formatFileProblem } from '../apply/file-problem.ts';
import { listScenarioFiles, type ScenarioFile } from '../check/list-scenario-files.ts';

/** Has random customers and agents talk to a scenario, or to all of a folder. Gives the exit code. */
export async function fuzzFiles(given: string, options: FuzzOptions, io: CommandIo): Promise<number> {
  const listed = await listScenarioFiles(given.replace(/\.test\.(ya?ml)$/, '.$1'));
  const unreadable = 'problem' in listed ? [listed.problem] : listed.unreadable;
  for (const problem of unreadable) io.printError(formatFileProblem(problem));
  const passed = 'files' in listed ? listed.files.map((file) => fuzzFile(file, options, io)) : [];
  return unreadable.length === 0 && passed.every(Boolean) ? 0 : 1;
}

function fuzzFile(
  { file, text, place }: ScenarioFile,
  { runs, seed }: FuzzOptions,
  { print, printError }: CommandIo,
): boolean {
  const { document, problems } = parseScenario(text);
  if (!document) {
    for (const problem of problems) printError(formatFileProblem(place(problem)));
    return false;
  }
  const failure = fuzzScenario(document, { runs, seed });
  if (!failure) {
    print(`${file}: ${runs} random conversations, nothing found (seed ${seed})`);
    return true;
  }
  print(`${file}: ${failure.message} (conversation ${failure.run}, seed ${seed})`);
  for (const line of runTests(document, failure.file)[0]?.failure?.lines ?? []) print(`    ${line}`);
  print('\n# The smallest test that shows it:');
  print(stringify(failure.file, { lineWidth: 120 }).trimEnd());
  return false;
}
