import type { ScenarioDocument } from '../../scenario-dsl/document/document.ts';
import { listStartedScenarios, type ScenarioLibrary } from '../../scenario-dsl/document/expand-scenarios.ts';

/** Everything that a scenario can come to start, by name; what `find` does not know is left out. */
export async function collectLibrary(
  document: ScenarioDocument,
  find: (name: string) => Promise<ScenarioDocument | undefined>,
): Promise<ScenarioLibrary> {
  const library: Record<string, ScenarioDocument> = {};
  const names = listStartedScenarios(document);
  for (const name of names) {
    const found = Object.hasOwn(library, name) ? undefined : await find(name);
    if (!found) continue;
    library[name] = found;
    names.push(...listStartedScenarios(found));
  }
  return library;
}
