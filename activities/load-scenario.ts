import type { ScenarioVersion } from '../adapters/mongo/configuration/scenarios-repository.ts';
import type { ScenarioDocument } from '../scenario-dsl/document/document.ts';
import type { ActivityDependencies } from './dependencies.ts';

/** Loads a scenario by version for a run that goes on. */
export function createLoadScenario(deps: ActivityDependencies): (version: string) => Promise<ScenarioDocument> {
  return async function loadScenario(version) {
    return (await findScenario(deps, version)).document;
  };
}

/**
 * Finds a scenario version; a version never changes, so one process reads each once.
 * @throws Error where the version is gone: retried, because a restored database brings it back
 */
export async function findScenario(
  { scenarios, scenarioVersions }: Pick<ActivityDependencies, 'scenarios' | 'scenarioVersions'>,
  version: string,
): Promise<ScenarioVersion> {
  const known = scenarioVersions.get(version);
  if (known) return known;
  const found = await scenarios.findByVersion(version);
  if (!found) throw new Error(`Scenario version ${version} is not in MongoDB: restore the collection "scenarios"`);
  scenarioVersions.set(version, found);
  return found;
}
