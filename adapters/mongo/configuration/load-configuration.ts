import { createConfigurationSnapshot, type ConfigurationSnapshot } from './configuration-snapshot.ts';
import type { ConfigurationStore } from './configuration-store.ts';

/** Reads the whole configuration. */
export async function loadConfiguration(store: ConfigurationStore): Promise<ConfigurationSnapshot> {
  // The revision is read first: a change made while the documents are read shows itself at the next look.
  const revision = await store.getRevision();
  const [accounts, services, entries, users, hours, secrets, bots, models, scenarioHeads] = await Promise.all([
    store.accounts.list(),
    store.services.list(),
    store.entries.list(),
    store.users.list(),
    store.hours.list(),
    store.secrets.list(),
    store.bots.list(),
    store.models.list(),
    store.scenarioHeads.list(),
  ]);
  const [contactFields, caseStatuses, groups, teams] = await Promise.all([
    store.contactFields.list(),
    store.caseStatuses.list(),
    store.groups.list(),
    store.teams.list(),
  ]);
  return createConfigurationSnapshot({
    revision,
    accounts,
    services,
    entries,
    users,
    hours,
    secrets,
    bots,
    models,
    contactFields,
    caseStatuses,
    groups,
    teams,
    scenarioHeads,
  });
}
