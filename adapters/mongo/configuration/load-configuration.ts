import {
  createConfigurationSnapshot,
  type ConfigurationContents,
  type ConfigurationSnapshot,
} from './configuration-snapshot.ts';
import type { ConfigurationStore } from './configuration-store.ts';

type Lists = Omit<ConfigurationContents, 'revision'>;

/** Each list once; the compiler asks for a new one. */
const lists = {
  accounts: true,
  services: true,
  entries: true,
  roles: true,
  users: true,
  hours: true,
  secrets: true,
  bots: true,
  models: true,
  contactFields: true,
  caseStatuses: true,
  groups: true,
  teams: true,
  cannedResponses: true,
  labels: true,
  chatSettings: true,
  retention: true,
  evaluationForms: true,
  evaluationAssignments: true,
  surveys: true,
  webhooks: true,
  scenarioHeads: true,
} as const satisfies Record<keyof Lists, true>;

/** Reads the whole configuration. */
export async function loadConfiguration(store: ConfigurationStore): Promise<ConfigurationSnapshot> {
  // The revision is read first: a change made while the documents are read shows itself at the next look.
  const revision = await store.getRevision();
  const names = Object.keys(lists) as (keyof Lists)[];
  const read = await Promise.all(names.map(async (name) => [name, await store[name].list()] as const));
  return createConfigurationSnapshot({ revision, ...(Object.fromEntries(read) as unknown as Lists) });
}
