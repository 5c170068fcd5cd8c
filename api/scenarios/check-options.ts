import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import type { CheckOptions } from '../../scenario-dsl/checks/check-report.ts';
import type { AppDependencies } from '../dependencies.ts';
import { toCheckConfiguration } from './check-configuration.ts';
import { collectLibrary } from './scenario-library.ts';

/** What the checks of a source look at: the agents and services in force, the files, and the published scenarios that it starts. */
export async function checkOptionsFor(
  { store, media, scenarioChecks }: Pick<AppDependencies, 'store' | 'media' | 'scenarioChecks'>,
  stored: ConfigurationSnapshot,
  source: string,
): Promise<Required<Omit<CheckOptions, 'version'>>> {
  const configuration = toCheckConfiguration({
    roles: stored.roles(),
    users: stored.users(),
    services: stored.services(),
    entries: stored.entries(),
    accounts: stored.accounts(),
    chatSettings: stored.chatSettings(),
    hours: stored.hours(),
    bots: stored.bots(),
    teams: stored.teams(),
    files: await media.list(),
    models: stored.models(),
    surveys: stored.surveys(),
    secrets: stored.secrets(),
  });
  const { document } = await scenarioChecks.parse(source);
  if (!document) return { configuration, scenarios: {} };
  const scenarios = await collectLibrary(document, async (name) => {
    const version = stored.scenarioHead(name)?.version;
    return version === undefined ? undefined : (await store.scenarios.findByVersion(version))?.document;
  });
  return { configuration, scenarios };
}
