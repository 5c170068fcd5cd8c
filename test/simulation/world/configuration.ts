import {
  createConfigurationSnapshot,
  type ConfigurationSnapshot,
} from '../../../adapters/mongo/configuration/configuration-snapshot.ts';
import type { WorldScenario } from './scenarios.ts';
import type { Agent } from './world.ts';
import type { WorldPlan } from './plan.ts';

export const GROUP = 'default';
const SERVICE = 'help';

/** In every third world chats have paper work, who waits gains priority, and agents are left alone between two offers. */
const BUSY_WORLDS = 3;
export const AFTER_WORK_MS = 25_000;
const AGEING_MS = 10_000;
const RAMP_UP_MS = 3000;

/** The configuration of a world at one revision: one Page, one service, its agents as they are now. */
export function snapshotOf(
  { plan, pageId, scenario, revision }: { plan: WorldPlan; pageId: string; scenario: WorldScenario; revision: number },
  agents: readonly Agent[],
): ConfigurationSnapshot {
  const isBusy = plan.seed % BUSY_WORLDS === 0;
  return createConfigurationSnapshot({
    revision,
    accounts: [
      {
        pageId,
        name: 'page',
        pageToken: 'token',
        appSecret: 'secret',
        verifyToken: 'verify',
        onUnknown: plan.onUnknown,
      },
    ],
    services: [
      { name: SERVICE, skills: ['support'], group: GROUP, ...(isBusy && { wrapUp: { timeoutMs: AFTER_WORK_MS } }) },
    ],
    entries: [
      { name: 'entry', account: 'page', scenario: plan.scenario, pinnedVersion: scenario.version, service: SERVICE },
    ],
    users: agents
      .filter(({ isMember }) => isMember)
      .map(({ username, name, slots, plan: { skills } }) => ({
        id: username,
        createdAt: 0,
        username,
        name,
        role: 'agent' as const,
        skills,
        slots,
        passwordHash: '',
      })),
    hours: [],
    secrets: [],
    bots: [],
    webhooks: [],
    models: [],
    contactFields: [],
    caseStatuses: [],
    roles: [],
    groups: isBusy ? [{ name: GROUP, ageingMs: AGEING_MS, rampUpMs: RAMP_UP_MS }] : [],
    teams: [],
    cannedResponses: [],
    evaluationForms: [],
    evaluationAssignments: [],
    surveys: [],
    labels: [],
    chatSettings: [],
    retention: [],
    scenarioHeads: [],
  });
}
