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
import type { ConfigurationStore } from '../../adapters/mongo/configuration/configuration-store.ts';
import { loadConfiguration } from '../../adapters/mongo/configuration/load-configuration.ts';
import type {
  ConfigurationDocument,
  ConfigurationResponse,
  ScenarioSourceDocument,
} from '../../contracts/configuration-schema.ts';
import { writeDuration } from '../../contracts/duration.ts';
import { toWrittenTimes } from '../../contracts/hours.ts';
import { withoutUndefined } from '../../contracts/without-undefined.ts';

type DocumentOf<Kind extends ConfigurationDocument['kind']> = Extract<ConfigurationDocument, { kind: Kind }>;

/** What is in force as the document that brings it about, without its secrets: applied, it changes nothing. */
export const documentOf = {
  account: (account: Account): DocumentOf<'account'> => {
    const { pageToken: _pageToken, appSecret: _appSecret, verifyToken: _verifyToken, ...rest } = account;
    return { kind: 'account', ...rest, enabled: account.enabled !== false };
  },
  service: ({ overflow, wrapUp, serviceLevel, ...service }: Service): DocumentOf<'service'> =>
    withoutUndefined({
      kind: 'service' as const,
      ...service,
      overflow: overflow?.map(({ afterMs, ...rest }) => ({ after: writeDuration(afterMs), ...rest })),
      wrapUp: wrapUp && describeWrapUp(wrapUp),
      serviceLevel: serviceLevel && { percent: serviceLevel.percent, within: writeDuration(serviceLevel.withinMs) },
    }),
  group: ({ ageingMs, rampUpMs, breaks, ...group }: Group): DocumentOf<'group'> =>
    withoutUndefined({
      kind: 'group' as const,
      ...group,
      ageing: writeIfGiven(ageingMs),
      rampUp: writeIfGiven(rampUpMs),
      breaks: breaks?.map(({ name, returnAfterMs, logOutAfterMs }) =>
        withoutUndefined({ name, returnAfter: writeIfGiven(returnAfterMs), logOutAfter: writeIfGiven(logOutAfterMs) }),
      ),
    }),
  team: (team: Team): DocumentOf<'team'> => ({ kind: 'team', ...team }),
  entry: (item: Entry): DocumentOf<'entry'> => {
    const { pinnedVersion: _pinnedVersion, inactivityTimeoutMs, agentSilenceMs, ...entry } = item;
    const inactivityTimeout = writeIfGiven(inactivityTimeoutMs);
    const agentSilence = agentSilenceMs === null ? 'off' : writeIfGiven(agentSilenceMs);
    return withoutUndefined({ kind: 'entry' as const, ...entry, inactivityTimeout, agentSilence });
  },
  role: ({ privileges, ...role }: ConfiguredRole): DocumentOf<'role'> => ({
    kind: 'role',
    ...role,
    privileges: [...privileges],
  }),
  user: (item: User): DocumentOf<'user'> => {
    const { id: _id, createdAt: _createdAt, passwordHash: _passwordHash, ...user } = item;
    return { kind: 'user', ...user };
  },
  hours: ({ open, ...hours }: Hours): DocumentOf<'hours'> => ({
    kind: 'hours',
    ...hours,
    open: open.map(toWrittenTimes),
  }),
  secret: ({ name }: Secret): DocumentOf<'secret'> => ({ kind: 'secret', name }),
  bot: (bot: Bot): DocumentOf<'bot'> => ({ kind: 'bot', ...bot }),
  model: (model: Model): DocumentOf<'model'> => ({ kind: 'model', ...model }),
  'contact-field': (field: ContactField): DocumentOf<'contact-field'> => ({ kind: 'contact-field', ...field }),
  'case-status': (status: ConfiguredCaseStatus): DocumentOf<'case-status'> => ({ kind: 'case-status', ...status }),
  'canned-response': (response: CannedResponse): DocumentOf<'canned-response'> => ({
    kind: 'canned-response',
    ...response,
  }),
  'chat-settings': (settings: DefaultChatSettings): DocumentOf<'chat-settings'> => ({
    kind: 'chat-settings',
    ...settings,
  }),
  retention: (retention: ConfiguredRetention): DocumentOf<'retention'> => ({ kind: 'retention', ...retention }),
  'evaluation-form': (form: ConfiguredEvaluationForm): DocumentOf<'evaluation-form'> => ({
    kind: 'evaluation-form',
    ...form,
  }),
  'evaluation-assignment': (rule: EvaluationAssignmentRule): DocumentOf<'evaluation-assignment'> => ({
    kind: 'evaluation-assignment',
    ...rule,
  }),
  survey: (survey: ConfiguredSurvey): DocumentOf<'survey'> => ({ kind: 'survey', ...survey }),
  label: (label: Label): DocumentOf<'label'> => ({ kind: 'label', ...label }),
  webhook: (webhook: Webhook): DocumentOf<'webhook'> => ({ kind: 'webhook', ...webhook }),
};

function describeWrapUp({
  timeoutMs,
  extendMs,
  ...rest
}: NonNullable<Service['wrapUp']>): NonNullable<DocumentOf<'service'>['wrapUp']> {
  return withoutUndefined({ timeout: writeDuration(timeoutMs), ...rest, extend: writeIfGiven(extendMs) });
}

const writeIfGiven = (ms: number | undefined): string | undefined => (ms === undefined ? undefined : writeDuration(ms));

type Sources = Pick<ConfigurationStore['scenarios'], 'findSource'>;

/** Everything in force as documents, in an order in which each comes after what it refers to. */
export async function describeConfiguration(store: ConfigurationStore): Promise<ConfigurationResponse> {
  const stored = await loadConfiguration(store);
  const scenarios = await describeScenarios(stored, store.scenarios);
  return {
    revision: stored.revision,
    documents: [
      ...stored.secrets().map(documentOf.secret),
      ...stored.bots().map(documentOf.bot),
      ...stored.models().map(documentOf.model),
      ...stored.hours().map(documentOf.hours),
      ...stored.chatSettings().map(documentOf['chat-settings']),
      ...stored.retention().map(documentOf.retention),
      ...stored.contactFields().map(documentOf['contact-field']),
      ...stored.caseStatuses().map(documentOf['case-status']),
      ...stored.surveys().map(documentOf.survey),
      ...scenarios,
      ...stored.accounts().map(documentOf.account),
      ...stored.services().map(documentOf.service),
      ...stored.groups().map(documentOf.group),
      ...stored.entries().map(documentOf.entry),
      ...stored.webhooks().map(documentOf.webhook),
      ...stored.roles().map(documentOf.role),
      ...stored.users().map(documentOf.user),
      ...stored.teams().map(documentOf.team),
      ...stored.cannedResponses().map(documentOf['canned-response']),
      ...stored.labels().map(documentOf.label),
      ...stored.evaluationForms().map(documentOf['evaluation-form']),
      ...stored.evaluationAssignments().map(documentOf['evaluation-assignment']),
    ],
    pinnedScenarios: await findPinnedScenarios(stored, store.scenarios),
  };
}

async function describeScenarios(stored: ConfigurationSnapshot, scenarios: Sources): Promise<ScenarioSourceDocument[]> {
  const described: ScenarioSourceDocument[] = [];
  for (const { name, version } of stored.scenarioHeads()) {
    const source = await getSource(scenarios, name, version);
    described.push({ kind: 'scenario', source, file: `scenarios/${name}.yaml` });
  }
  return described;
}

/** Versions that entries stay at while another is in force. */
async function findPinnedScenarios(
  stored: ConfigurationSnapshot,
  scenarios: Sources,
): Promise<ConfigurationResponse['pinnedScenarios']> {
  const pinned = new Map<string, string>();
  for (const { scenario, pinnedVersion } of stored.entries()) {
    const [name = ''] = scenario.split('@');
    const isInForce = stored.scenarioHead(name)?.version === pinnedVersion;
    if (pinnedVersion !== undefined && !isInForce) pinned.set(pinnedVersion, name);
  }
  const found: ConfigurationResponse['pinnedScenarios'] = [];
  for (const [version, name] of pinned)
    found.push({ name, version, source: await getSource(scenarios, name, version) });
  return found;
}

async function getSource(scenarios: Sources, name: string, version: string): Promise<string> {
  const found = await scenarios.findSource(version);
  if (!found) throw new Error(`The text of scenario "${name}", version ${version}, is gone`);
  return found.source;
}
