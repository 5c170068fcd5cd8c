import type { ConfigurationSnapshot } from '../adapters/mongo/configuration/configuration-snapshot.ts';
import type { ScenarioDocument } from '../scenario-dsl/document/document.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { findScenario } from './load-scenario.ts';

type Deps = Pick<ActivityDependencies, 'scenarios' | 'scenarioVersions'>;

/** The scenarios that another starts, and those that they start: pinned for the whole conversation. */
interface StartedScenarios {
  /** Version by name. */
  versions: Record<string, string>;
  documents: Record<string, ScenarioDocument>;
}

/** Finds the published versions of everything that a scenario can come to start. What is not published is left out. */
export async function pinStartedScenarios(
  deps: Deps,
  configuration: ConfigurationSnapshot,
  document: ScenarioDocument,
): Promise<StartedScenarios> {
  const started: StartedScenarios = { versions: {}, documents: {} };
  const names = listStarted(document);
  for (const name of names) {
    const version = configuration.scenarioHead(name)?.version;
    if (version === undefined || Object.hasOwn(started.versions, name)) continue;
    const found = (await findScenario(deps, version)).document;
    started.versions[name] = version;
    started.documents[name] = found;
    names.push(...listStarted(found));
  }
  return started;
}

/** Loads what was pinned, for a run that goes on. */
export function createLoadStartedScenarios(
  deps: Deps,
): (versions: Record<string, string>) => Promise<Record<string, ScenarioDocument>> {
  return async function loadStartedScenarios(versions) {
    const rows = Object.entries(versions).map(async ([name, version]) => {
      return [name, (await findScenario(deps, version)).document] as const;
    });
    return Object.fromEntries(await Promise.all(rows));
  };
}

function listStarted({ blocks }: ScenarioDocument): string[] {
  return blocks.flatMap((block) => (block.type === 'start-another-scenario' ? [block.fields.scenario] : []));
}
