import type { ScenarioDocument } from '../scenario-dsl/document.ts';
import { compileScenario, type CompiledScenario } from '../scenario-dsl/compile-scenario.ts';

/** Versions kept compiled at a time in one worker thread. */
const CAPACITY = 200;

/**
 * Compiled scenarios by version, shared by all conversations of a worker thread: this module is preloaded, so building
 * a machine costs its 11 ms once and not per conversation. The version is a hash of the source, so replay finds the
 * same machine whether the cache was full or empty.
 */
const compiledByVersion = new Map<string, CompiledScenario>();

/** The compiled form of a scenario version. */
export function cachedScenario(version: string, document: ScenarioDocument): CompiledScenario {
  const found = compiledByVersion.get(version);
  if (found) return found;
  const compiled = compileScenario(document);
  if (compiledByVersion.size >= CAPACITY) compiledByVersion.delete(compiledByVersion.keys().next().value ?? version);
  compiledByVersion.set(version, compiled);
  return compiled;
}
