import { randomUUID } from 'node:crypto';
import type { Entry, Service, User } from '../../adapters/mongo/configuration/configuration-items.ts';
import type { ConfigurationStore } from '../../adapters/mongo/configuration/configuration-store.ts';
import { storeScenario } from './publish-scenario.ts';

/** What a seeded Page has; names are made unique by `pageId`. */
export interface SeededPage {
  pageId: string;
  scenarioVersion: string;
  agents: string[];
}

interface Wanted {
  scenario: string;
  agents?: { skills: Record<string, number>; slots?: number }[];
  entry?: Partial<Entry>;
  /** The entry follows what is in force of the scenario, instead of this version of it. */
  isFollowing?: true;
  service?: Partial<Service>;
  onUnknown?: 'resend' | 'hold';
  group?: string;
}

/** Puts a Page with account, scenario, service, entry and agents into the configuration. */
export async function seedPage(store: ConfigurationStore, wanted: Wanted): Promise<SeededPage> {
  const pageId = `page-${randomUUID().slice(0, 8)}`;
  const { name: scenario, version: scenarioVersion } = await storeScenario(store, wanted.scenario);
  await store.accounts.put({
    pageId,
    name: pageId,
    pageToken: `token-of-${pageId}`,
    appSecret: `secret-of-${pageId}`,
    verifyToken: 'verify',
    onUnknown: wanted.onUnknown ?? 'hold',
  });
  const group = wanted.group ?? pageId;
  await store.services.put({ name: pageId, skills: [`${pageId}-skill`], group, ...wanted.service });
  await store.entries.put({
    name: pageId,
    account: pageId,
    scenario,
    ...(wanted.isFollowing ? {} : { pinnedVersion: scenarioVersion }),
    service: pageId,
    ...wanted.entry,
  });
  const agents: string[] = [];
  for (const [index, { skills, slots = 1 }] of (wanted.agents ?? []).entries()) {
    const user: User = {
      id: `${pageId}-agent-${index}`,
      createdAt: 0,
      username: `${pageId}-agent-${index}`,
      name: `Agent ${index}`,
      role: 'agent',
      // The Page's own skill puts the agent into its group.
      skills: { [`${pageId}-skill`]: 50, ...skills },
      slots,
      passwordHash: '',
    };
    agents.push(user.username);
    await store.users.put(user);
  }
  await store.raiseRevision();
  return { pageId, scenarioVersion, agents };
}
