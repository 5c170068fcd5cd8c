import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { findNearestName } from '../../../contracts/nearest-name.ts';
import type { ScenarioDocument } from '../../../scenario-dsl/document/document.ts';
import {
  expandScenarios,
  listStartedScenarios,
  type ScenarioLibrary,
} from '../../../scenario-dsl/document/expand-scenarios.ts';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';
import { readScenarioFile } from '../../read-scenario-file.ts';
import type { FileProblem } from '../apply/file-problem.ts';

/** The scenarios of a folder by their names; a file that is none, or has errors, is left out. */
export async function readScenarioFolder(
  folder: string,
): Promise<{ scenarios: Record<string, ScenarioDocument> } | { problem: FileProblem }> {
  const names = (await readdir(folder)).filter((name) => /\.(ya?ml|json)$/.test(name) && !name.includes('.test.'));
  const sources = await Promise.all(names.map((name) => readScenarioFile(path.join(folder, name))));
  const unreadable = sources.find((source) => 'problem' in source);
  if (unreadable) return { problem: unreadable.problem };
  const documents = sources.flatMap((source) => ('text' in source ? (parseScenario(source.text).document ?? []) : []));
  return { scenarios: Object.fromEntries(documents.map((document) => [document.scenario, document])) };
}

/**
 * What the checks of a file know of the scenarios that it starts: those beside it, then those of the configuration. Undefined
 * where one of them lies elsewhere (it may be published already), unless there is one that has nearly its name.
 */
export async function findLibrary(
  file: string,
  text: string,
  configured: ScenarioLibrary = {},
): Promise<ScenarioLibrary | undefined> {
  const { document } = parseScenario(text);
  if (!document || listStartedScenarios(document).length === 0) return undefined;
  const folder = await readScenarioFolder(path.dirname(file));
  if ('problem' in folder) return undefined;
  const scenarios = { ...configured, ...folder.scenarios };
  const expanded = expandScenarios(document, scenarios);
  if (!('fault' in expanded) || expanded.fault.code !== 'unknown-scenario') return scenarios;
  const unknown = listStartedScenarios(document).filter((name) => !Object.hasOwn(scenarios, name));
  const isSlip = unknown.some((name) => findNearestName(name, Object.keys(scenarios)) !== undefined);
  return isSlip ? scenarios : undefined;
}
