import { createHash } from 'node:crypto';
import type { ConfigurationStore } from '../../adapters/mongo/configuration/configuration-store.ts';
import { parseScenario } from '../../scenario-dsl/parse/parse-scenario.ts';

/** Stores a scenario's version without putting it in force; gives name and version. */
export async function storeScenario(
  store: ConfigurationStore,
  source: string,
): Promise<{ name: string; version: string }> {
  const { document, problems } = parseScenario(source);
  if (!document) throw new Error(`The test's scenario is wrong: ${JSON.stringify(problems)}`);
  const [name, version] = [document.scenario, createHash('sha256').update(source).digest('hex')];
  await store.scenarios.add({ version, name, source, document, at: Date.now() });
  return { name, version };
}

/** Puts a scenario in force, as the api does when it publishes or rolls back. */
export async function publishScenario(store: ConfigurationStore, source: string): Promise<void> {
  const { name, version } = await storeScenario(store, source);
  const before = (await store.scenarioHeads.list()).find((head) => head.name === name);
  const number = (before?.number ?? 0) + 1;
  await store.publications.publish({ name, version, publishedAt: Date.now(), number }, before);
  await store.raiseRevision();
}
