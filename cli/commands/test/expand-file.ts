import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { ScenarioDocument } from '../../../scenario-dsl/document/document.ts';
import { expandScenarios, listStartedScenarios } from '../../../scenario-dsl/document/expand-scenarios.ts';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';
import { readTextFile } from '../../read-text-file.ts';
import type { FileProblem } from '../apply/file-problem.ts';

/** Puts the scenarios that a file starts into it: those of these names in the same folder. */
export async function expandFile(
  file: string,
  document: ScenarioDocument,
): Promise<{ document: ScenarioDocument } | { problem: FileProblem }> {
  if (listStartedScenarios(document).length === 0) return { document };
  const folder = await readFolder(path.dirname(file));
  if ('problem' in folder) return { problem: folder.problem };
  const expanded = expandScenarios(document, folder.scenarios);
  if (!('fault' in expanded)) return expanded;
  const { message, remedy } = expanded.fault;
  return { problem: { file, message, remedy: `${remedy} Scenarios that are started lie in the same folder.` } };
}

async function readFolder(
  folder: string,
): Promise<{ scenarios: Record<string, ScenarioDocument> } | { problem: FileProblem }> {
  const names = (await readdir(folder)).filter((name) => /\.(ya?ml|json)$/.test(name) && !name.includes('.test.'));
  const sources = await Promise.all(names.map((name) => readTextFile(path.join(folder, name))));
  const unreadable = sources.find((source) => 'problem' in source);
  if (unreadable) return { problem: unreadable.problem };
  const documents = sources.flatMap((source) => ('text' in source ? (parseScenario(source.text).document ?? []) : []));
  return { scenarios: Object.fromEntries(documents.map((document) => [document.scenario, document])) };
}
