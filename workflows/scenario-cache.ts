import type { ScenarioDocument } from '../scenario-dsl/document/document.ts';
import { expandScenarios, type ScenarioLibrary } from '../scenario-dsl/document/expand-scenarios.ts';
import { compileScenario, type CompiledScenario } from '../scenario-dsl/compile/compile-scenario.ts';

/** Versions kept compiled at a time in one worker thread. */
const CAPACITY = 200;

/**
 * Compiled scenarios by their versions, shared by all conversations of a worker thread: this module is
 * preloaded, so building a machine costs its 11 ms once and not per conversation. A version is a hash of the source, so
 * replay finds the same machine whether the cache was full or empty.
 */
const compiledByVersion = new Map<string, CompiledScenario>();

/** What is compiled. `started`: the documents of the scenarios that it starts; `versions`: which these are, by name. */
interface ScenarioParts {
  version: string;
  document: ScenarioDocument;
  versions?: Record<string, string>;
  started?: ScenarioLibrary;
}

/** The compiled form of a scenario version with the scenarios that it starts. */
export function cachedScenario(parts: ScenarioParts): CompiledScenario {
  const { version, versions = {} } = parts;
  const pins = Object.entries(versions).toSorted(([one], [other]) => (one < other ? -1 : 1));
  const key = JSON.stringify([version, pins]);
  const found = compiledByVersion.get(key);
  if (found) return found;
  const compiled = compile(parts);
  if (compiledByVersion.size >= CAPACITY) compiledByVersion.delete(compiledByVersion.keys().next().value ?? key);
  compiledByVersion.set(key, compiled);
  return compiled;
}

/** A started scenario that is gone, or that starts its starter, must hold no customer up: its block takes `failed`. */
function compile({ document, started }: ScenarioParts): CompiledScenario {
  const isWhole = started !== undefined && !('fault' in expandScenarios(document, started));
  return compileScenario(document, isWhole ? { scenarios: started } : {});
}
