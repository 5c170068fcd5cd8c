import type { ScenarioDocument } from '../scenario-dsl/document.ts';
import { compileScenario, type CompiledScenario } from '../scenario-dsl/compile-scenario.ts';

/** Versions kept compiled at a time in one worker thread. */
const CAPACITY = 200;

/**
 * Compiled scenarios by engine and scenario version, shared by all conversations of a worker thread: this module is preloaded, so building
 * a machine costs its 11 ms once and not per conversation. The version is a hash of the source, so replay finds the
 * same machine whether the cache was full or empty.
 */
const compiledByVersion = new Map<string, CompiledScenario>();

/** The compiled form of a scenario version, with its blocks as the engine version has them. */
// oxlint-disable-next-line max-params -- a look-up by two keys and what to compile where it finds nothing
export function cachedScenario(version: string, document: ScenarioDocument, engineVersion: number): CompiledScenario {
  const key = `${engineVersion}:${version}`;
  const found = compiledByVersion.get(key);
  if (found) return found;
  const compiled = compileScenario(document, { engineVersion });
  if (compiledByVersion.size >= CAPACITY) compiledByVersion.delete(compiledByVersion.keys().next().value ?? key);
  compiledByVersion.set(key, compiled);
  return compiled;
}
