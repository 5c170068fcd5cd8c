import path from 'node:path';
import { joinTexts, listTextFiles } from '../scenario-dsl/parse/join-texts.ts';
import type { FileProblem } from './commands/apply/file-problem.ts';
import { readTextFile } from './read-text-file.ts';

/** A scenario's text, with the texts of its languages that lie in files of their own, and the files that a place in it is of. */
export interface ReadScenarioFile {
  text: string;
  /** Brings a problem of the text to the file and line that its author wrote. */
  place: <Problem extends { line?: number | undefined; column?: number | undefined }>(
    problem: Problem,
  ) => Problem & { file: string };
}

/**
 * Reads a scenario's file, and what lies in the files that its `texts` name, relative to it. What cannot be read is a problem;
 * `isMissing`: it is the scenario itself that is not there.
 */
export async function readScenarioFile(
  file: string,
): Promise<ReadScenarioFile | { problem: FileProblem; isMissing: boolean }> {
  const read = await readTextFile(file);
  if ('problem' in read) return read;
  const texts = new Map<string, string>();
  for (const name of listTextFiles(read.text)) {
    const own = await readTextFile(beside(file, name));
    if ('problem' in own) return { problem: toProblem(file, name, own), isMissing: false };
    texts.set(name, own.text);
  }
  const { source, placeOf } = joinTexts(read.text, texts);
  return {
    text: source,
    place: (problem) => {
      const { line, column } = problem;
      if (line === undefined) return { ...problem, file };
      const at = placeOf({ line, column: column ?? 1 });
      return { ...problem, ...at, file: at.file === undefined ? file : beside(file, at.file) };
    },
  };
}

/** As the command names the scenario, so that editors and terminals link it. */
const beside = (file: string, name: string): string =>
  path.isAbsolute(name) ? name : path.join(path.dirname(file), name);

function toProblem(
  file: string,
  name: string,
  { problem, isMissing }: { problem: FileProblem; isMissing: boolean },
): FileProblem {
  if (!isMissing) return problem;
  return {
    file,
    message: `The file ${name} of its texts cannot be read.`,
    remedy: `Put it beside the scenario, ${beside(file, name)}, with the texts under the code of their language: { de: { hello: Hallo } }.`,
  };
}
