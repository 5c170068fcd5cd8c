import path from 'node:path';
import type { ScenarioDocument } from '../../../scenario-dsl/document/document.ts';
import {
  expandScenarios,
  listStartedScenarios,
  type ScenarioLibrary,
} from '../../../scenario-dsl/document/expand-scenarios.ts';
import type { FileProblem } from '../apply/file-problem.ts';
import { readScenarioFolder } from '../check/scenario-folder.ts';

/** Puts the scenarios that a file starts into it: those of these names in the same folder. */
export async function expandFile(
  file: string,
  document: ScenarioDocument,
): Promise<{ document: ScenarioDocument; library: ScenarioLibrary } | { problem: FileProblem }> {
  if (listStartedScenarios(document).length === 0) return { document, library: {} };
  const folder = await readScenarioFolder(path.dirname(file));
  const expanded = expandScenarios(document, folder);
  if (!('fault' in expanded)) return { ...expanded, library: folder };
  const { message, remedy } = expanded.fault;
  return { problem: { file, message, remedy: `${remedy} Scenarios that are started lie in the same folder.` } };
}
