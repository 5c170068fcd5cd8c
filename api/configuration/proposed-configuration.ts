import type { CheckReport } from '../../scenario-dsl/checks/check-source.ts';
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
} from '../../adapters/mongo/configuration/configuration-items.ts';
import type { CannedResponse, Label } from '../../adapters/mongo/configuration/desk-items.ts';
import type {
  ConfiguredEvaluationForm,
  ConfiguredSurvey,
  EvaluationAssignmentRule,
} from '../../adapters/mongo/configuration/quality-items.ts';
import type { Group, Team } from '../../adapters/mongo/configuration/routing-items.ts';
import type { ConfigurationSnapshot } from '../../adapters/mongo/configuration/configuration-snapshot.ts';
import type { InputProblem } from '../../contracts/app-error.ts';
import type { ConfigurationDocument } from '../../contracts/configuration-schema.ts';
import type { ScenarioDocument } from '../../scenario-dsl/document/document.ts';

/** A scenario source that could be read; what the checks say of it comes once the whole draft is there. */
interface ParsedScenario {
  version: string;
  source: string;
  document: ScenarioDocument;
  /** Index of the request's document. */
  index: number;
}

interface DraftItems {
  accounts: Map<string, Account>;
  services: Map<string, Service>;
  entries: Map<string, Entry>;
  roles: Map<string, ConfiguredRole>;
  users: Map<string, User>;
  hours: Map<string, Hours>;
  secrets: Map<string, Secret>;
  bots: Map<string, Bot>;
  models: Map<string, Model>;
  contactFields: Map<string, ContactField>;
  caseStatuses: Map<string, ConfiguredCaseStatus>;
  groups: Map<string, Group>;
  teams: Map<string, Team>;
  cannedResponses: Map<string, CannedResponse>;
  labels: Map<string, Label>;
  chatSettings: Map<string, DefaultChatSettings>;
  retention: Map<string, ConfiguredRetention>;
  evaluationForms: Map<string, ConfiguredEvaluationForm>;
  evaluationAssignments: Map<string, EvaluationAssignmentRule>;
  surveys: Map<string, ConfiguredSurvey>;
  webhooks: Map<string, Webhook>;
  scenarioHeads: Map<string, ScenarioHead>;
}

/** What an item is and which document of the request says so. */
export interface Origin {
  kind: ConfigurationDocument['kind'];
  key: string;
}

/**
 * The configuration as it would be: what is stored with the request's documents put over it. Checks look at the whole
 * of it; nothing is written before all of them have passed.
 */
export interface ProposedConfiguration {
  items: DraftItems;
  stored: ConfigurationSnapshot;
  /** Item of each document of the request, in order; absent where the document has a problem. */
  origins: (Origin | undefined)[];
  parsedScenarios: ParsedScenario[];
  /** Passwords that are new, by user name, still to be hashed. */
  newPasswords: Map<string, string>;
  problems: InputProblem[];
  /** What the checks warn of, by the name of the scenario. */
  warnings: Map<string, InputProblem[]>;
  /** What the checks say of each, whole. */
  reports: Map<string, CheckReport>;
}

/** Starts a draft from what is in force. */
export function createProposedConfiguration(stored: ConfigurationSnapshot): ProposedConfiguration {
  return {
    items: {
      accounts: new Map(stored.accounts().map((account) => [account.pageId, account])),
      services: byName(stored.services()),
      entries: byName(stored.entries()),
      roles: byName(stored.roles()),
      users: new Map(stored.users().map((user) => [user.username, user])),
      hours: byName(stored.hours()),
      secrets: byName(stored.secrets()),
      bots: byName(stored.bots()),
      models: byName(stored.models()),
      contactFields: byName(stored.contactFields()),
      caseStatuses: byName(stored.caseStatuses()),
      groups: byName(stored.groups()),
      teams: byName(stored.teams()),
      cannedResponses: byName(stored.cannedResponses()),
      labels: byName(stored.labels()),
      chatSettings: byName(stored.chatSettings()),
      retention: byName(stored.retention()),
      evaluationForms: byName(stored.evaluationForms()),
      evaluationAssignments: byName(stored.evaluationAssignments()),
      surveys: byName(stored.surveys()),
      webhooks: byName(stored.webhooks()),
      scenarioHeads: byName(stored.scenarioHeads()),
    },
    stored,
    origins: [],
    parsedScenarios: [],
    newPasswords: new Map(),
    problems: [],
    warnings: new Map(),
    reports: new Map(),
  };
}

function byName<Item extends { name: string }>(items: readonly Item[]): Map<string, Item> {
  return new Map(items.map((item) => [item.name, item]));
}

/** Index of the request's document that describes an item; undefined where the item is stored only. */
export function findOrigin(proposed: ProposedConfiguration, kind: Origin['kind'], key: string): number | undefined {
  const index = proposed.origins.findIndex((origin) => origin?.kind === kind && origin.key === key);
  return index === -1 ? undefined : index;
}
