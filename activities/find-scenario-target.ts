import type { Entry } from '../adapters/mongo/configuration/configuration-items.ts';
import type { ConfigurationSnapshot } from '../adapters/mongo/configuration/configuration-snapshot.ts';
import type { ConversationContext } from '../contracts/conversation-context.ts';
import type { ScenarioPin } from '../contracts/scenario-move.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { findScenario } from './load-scenario.ts';
import { termsOfEntry } from './open-conversation-context.ts';
import { pinStartedScenarios } from './pin-started-scenarios.ts';

/** Where an agent hands a customer to: the scenario of an entry, or a published one by its name. */
export type ScenarioQuery = { entry: string } | { scenario: string };

/** What goes on there. `terms`: what holds from then on where it is an entry; of a scenario alone nothing else changes. */
interface ScenarioTarget {
  scenario: ScenarioPin;
  terms?: Omit<ConversationContext, 'scenario'>;
}

/** Finds the scenario that a customer of a Page is handed to; null where the configuration knows none of that name. */
export function createFindScenarioTarget(
  deps: ActivityDependencies,
): (query: { pageId: string; to: ScenarioQuery }) => Promise<ScenarioTarget | null> {
  return async function findScenarioTarget({ pageId, to }) {
    const known = await deps.configuration.get();
    // What was published a moment ago is not missed.
    const configuration = look(known, to) ? known : await deps.configuration.getFresh();
    const found = look(configuration, to);
    if (!found) return null;
    const { name, document } = await findScenario(deps, found.version);
    const { versions } = await pinStartedScenarios(deps, configuration, document);
    const { entry, version } = found;
    const account = configuration.accountByPage(pageId);
    return {
      scenario: { name, version, ...(Object.keys(versions).length > 0 && { scenarios: versions }) },
      ...(entry && { terms: termsOfEntry({ configuration, timeZone: deps.timeZone }, { entry, account }) }),
    };
  };
}

function look(configuration: ConfigurationSnapshot, to: ScenarioQuery): { entry?: Entry; version: string } | undefined {
  if ('scenario' in to) {
    const version = configuration.scenarioHead(to.scenario)?.version;
    return version === undefined ? undefined : { version };
  }
  const entry = configuration.entries().find(({ name }) => name === to.entry);
  const version = entry && configuration.scenarioVersionFor(entry);
  return entry && version !== undefined ? { entry, version } : undefined;
}
