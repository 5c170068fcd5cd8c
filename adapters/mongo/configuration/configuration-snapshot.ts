import { takesCanary } from '../../../contracts/canary.ts';
import type { ConversationKey } from '../../../contracts/conversation-key.ts';
import { DEFAULT_CASE_STATUSES, type CaseStatus } from '../../../contracts/case.ts';
import { isOfferedChats, privilegesOfRole, type OwnRole, type Privilege } from '../../../contracts/privileges.ts';
import type {
  Account,
  Bot,
  ConfiguredCaseStatus,
  ConfiguredRole,
  DefaultChatSettings,
  ConfiguredRetention,
  ContactField,
  Entry,
  Hours,
  Model,
  ScenarioHead,
  Secret,
  Service,
  User,
  Webhook,
} from './configuration-items.ts';
import type { CannedResponse, Label } from './desk-items.ts';
import type { ConfiguredEvaluationForm, ConfiguredSurvey, EvaluationAssignmentRule } from './quality-items.ts';
import {
  DEFAULT_GROUP,
  type GroupConfiguration,
  type GroupSettings,
  type RoutableAgent,
} from '../../../contracts/routing.ts';
import { withTeamSkills, type Group, type Team } from './routing-items.ts';

/** Everything a snapshot is made from. */
export interface ConfigurationContents {
  revision: number;
  accounts: Account[];
  services: Service[];
  entries: Entry[];
  roles: ConfiguredRole[];
  users: User[];
  hours: Hours[];
  secrets: Secret[];
  bots: Bot[];
  models: Model[];
  contactFields: ContactField[];
  caseStatuses: ConfiguredCaseStatus[];
  groups: Group[];
  teams: Team[];
  cannedResponses: CannedResponse[];
  labels: Label[];
  chatSettings: DefaultChatSettings[];
  retention: ConfiguredRetention[];
  evaluationForms: ConfiguredEvaluationForm[];
  evaluationAssignments: EvaluationAssignmentRule[];
  surveys: ConfiguredSurvey[];
  webhooks: Webhook[];
  scenarioHeads: ScenarioHead[];
}

/** The configuration as it was at one revision; plain look-ups, nothing is read. */
export interface ConfigurationSnapshot {
  readonly revision: number;
  accounts(): Account[];
  services(): Service[];
  entries(): Entry[];
  /** Beside those that ship. */
  roles(): ConfiguredRole[];
  users(): User[];
  hours(): Hours[];
  secrets(): Secret[];
  bots(): Bot[];
  models(): Model[];
  contactFields(): ContactField[];
  /** As they are configured; `listCaseStatuses` knows what holds where there are none. */
  caseStatuses(): ConfiguredCaseStatus[];
  groups(): Group[];
  teams(): Team[];
  cannedResponses(): CannedResponse[];
  labels(): Label[];
  /** One at most: what holds where account and entry say nothing. */
  chatSettings(): DefaultChatSettings[];
  /** One at most. */
  retention(): ConfiguredRetention[];
  evaluationForms(): ConfiguredEvaluationForm[];
  evaluationAssignments(): EvaluationAssignmentRule[];
  surveys(): ConfiguredSurvey[];
  webhooks(): Webhook[];
  scenarioHeads(): ScenarioHead[];
  scenarioHead(name: string): ScenarioHead | undefined;
  accountByPage(pageId: string): Account | undefined;
  entryForPage(pageId: string): Entry | undefined;
  /** Full version that a new conversation of this entry takes: a customer's may be the canary, while one runs. */
  scenarioVersionFor(entry: Entry, customer?: ConversationKey): string | undefined;
  service(name: string): Service | undefined;
  user(username: string): User | undefined;
  /** What a role lets do, one that ships or a configured one. Nothing, where there is no such role. */
  privilegesOf(role: string): ReadonlySet<Privilege>;
  /** Group whose chats this user may take; undefined where they take none. */
  groupOfUser(username: string): string | undefined;
  /** Every group that services name, and `default`, with its agents. */
  routingGroups(): { group: string; configuration: GroupConfiguration }[];
}

/** Makes the test for users that chats are offered to: every agent, and a supervisor who has skills. */
export function takesChats(roles: Iterable<OwnRole>): (user: Pick<User, 'role' | 'skills'>) => boolean {
  const own = [...roles];
  return ({ role, skills }) => isOfferedChats({ privileges: privilegesOfRole(role, own) }, skills);
}

/** Services that one of these skills serves. */
export function servicesForSkills(services: readonly Service[], skills: Record<string, number>): Service[] {
  return services.filter((service) => service.skills.some((skill) => Object.hasOwn(skills, skill)));
}

/** The group of an agent with these skills: that of the services they serve, `default` where they serve none. */
function groupForSkills(services: readonly Service[], skills: Record<string, number>): string {
  return servicesForSkills(services, skills)[0]?.group ?? DEFAULT_GROUP;
}

function routable(user: User): RoutableAgent {
  return { username: user.username, name: user.name, skills: user.skills, slots: user.slots };
}

/** The statuses that a case may have, in their order: those of the configuration, the usual ones where it names none. */
export function listCaseStatuses({ caseStatuses }: Pick<ConfigurationSnapshot, 'caseStatuses'>): CaseStatus[] {
  const configured = caseStatuses().toSorted((one, other) => one.position - other.position);
  return configured.length === 0 ? [...DEFAULT_CASE_STATUSES] : configured;
}

/** How a group is run, as far as somebody has said. */
function settingsOf(
  { groups, services }: Pick<ConfigurationContents, 'groups' | 'services'>,
  name: string,
): Pick<GroupConfiguration, 'settings' | 'loads'> {
  const found = groups.find((group) => group.name === name);
  const loads = services.flatMap((service) =>
    service.group === name && service.load !== undefined ? [[service.name, service.load] as const] : [],
  );
  return {
    ...(found && { settings: toSettings(found) }),
    ...(loads.length > 0 && { loads: Object.fromEntries(loads) }),
  };
}

function toSettings({ name: _name, breakRequired: _breakRequired, ...settings }: Group): GroupSettings {
  return settings;
}

function versionOf(head: ScenarioHead | undefined, customer: ConversationKey | undefined): string | undefined {
  if (head?.canary && customer && takesCanary(head.canary, head.name, customer)) return head.canary.version;
  return head?.version;
}

/** Builds the look-ups of one revision. */
export function createConfigurationSnapshot(contents: ConfigurationContents): ConfigurationSnapshot {
  const { revision, accounts, services, entries, roles, users, scenarioHeads } = contents;
  const accountsByPage = new Map(accounts.map((account) => [account.pageId, account]));
  const entriesByAccount = new Map(entries.map((entry) => [entry.account, entry]));
  const servicesByName = new Map(services.map((service) => [service.name, service]));
  const usersByName = new Map(users.map((user) => [user.username, user]));
  const headsByName = new Map(scenarioHeads.map((head) => [head.name, head]));
  const agents = withTeamSkills(users, contents).filter(takesChats(roles));
  const groupByUser = new Map(agents.map((user) => [user.username, groupForSkills(services, user.skills)]));
  const groupNames = new Set([DEFAULT_GROUP, ...services.map((service) => service.group)]);
  return {
    revision,
    accounts: () => accounts,
    services: () => services,
    entries: () => entries,
    roles: () => roles,
    users: () => users,
    hours: () => contents.hours,
    secrets: () => contents.secrets,
    bots: () => contents.bots,
    models: () => contents.models,
    contactFields: () => contents.contactFields,
    caseStatuses: () => contents.caseStatuses,
    groups: () => contents.groups,
    teams: () => contents.teams,
    cannedResponses: () => contents.cannedResponses,
    labels: () => contents.labels,
    chatSettings: () => contents.chatSettings,
    retention: () => contents.retention,
    evaluationForms: () => contents.evaluationForms,
    evaluationAssignments: () => contents.evaluationAssignments,
    surveys: () => contents.surveys,
    webhooks: () => contents.webhooks,
    scenarioHeads: () => scenarioHeads,
    scenarioHead: (name) => headsByName.get(name),
    accountByPage: (pageId) => accountsByPage.get(pageId),
    entryForPage: (pageId) => entriesByAccount.get(accountsByPage.get(pageId)?.name ?? ''),
    scenarioVersionFor: (entry, customer) =>
      entry.pinnedVersion ?? versionOf(headsByName.get(entry.scenario), customer),
    service: (name) => servicesByName.get(name),
    user: (username) => usersByName.get(username),
    privilegesOf: (role) => privilegesOfRole(role, roles),
    groupOfUser: (username) => groupByUser.get(username),
    routingGroups: () =>
      [...groupNames].map((group) => ({
        group,
        configuration: {
          revision,
          agents: agents.filter((user) => groupByUser.get(user.username) === group).map(routable),
          ...settingsOf(contents, group),
        },
      })),
  };
}
