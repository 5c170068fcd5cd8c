import { readdir, stat } from 'node:fs/promises';
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

/** The scenarios of a folder by their names; a file that is none, has errors or cannot be read is left out. */
export async function readScenarioFolder(folder: string): Promise<Record<string, ScenarioDocument>> {
  const found: Record<string, ScenarioDocument> = {};
  for (const name of (await readdir(folder)).filter(isScenarioName)) {
    const file = path.join(folder, name);
    if (!(await stat(file).catch(() => undefined))?.isFile()) continue;
    const source = await readScenarioFile(file);
    const document = 'text' in source ? parseScenario(source.text).document : undefined;
    if (document) found[document.scenario] = document;
  }
  return found;
}

function isScenarioName(name: string): boolean {
  return /\.(ya?ml|json)$/.test(name) && !name.includes('.test.');
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
  const scenarios = { ...configured, ...folder };
  const expanded = expandScenarios(document, scenarios);
  if (!('fault' in expanded) || expanded.fault.code !== 'unknown-scenario') return scenarios;
  const unknown = listStartedScenarios(document).filter((name) => !Object.hasOwn(scenarios, name));
  const isSlip = unknown.some((name) => findNearestName(name, Object.keys(scenarios)) !== undefined);
  return isSlip ? scenarios : undefined;
}
