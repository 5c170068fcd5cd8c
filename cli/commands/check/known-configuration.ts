import { hashSource } from '../../../adapters/hash-source.ts';
import { takesChats } from '../../../adapters/mongo/configuration/configuration-snapshot.ts';
import { withTeamSkills } from '../../../adapters/mongo/configuration/routing-items.ts';
import { textsOfEntry } from '../../../contracts/chat-settings.ts';
import type { ConfigurationDocument } from '../../../contracts/configuration-schema.ts';
import { listRoleNames } from '../../../contracts/privileges.ts';
import type { CheckConfiguration } from '../../../scenario-dsl/checks/check-report.ts';
import type { ScenarioLibrary } from '../../../scenario-dsl/document/expand-scenarios.ts';
import { listRequiredInputs } from '../../../scenario-dsl/document/parameters.ts';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';

/** What the checks look at of a configuration, and the scenarios in it that others may start. */
export interface KnownConfiguration {
  configuration: CheckConfiguration;
  scenarios: ScenarioLibrary;
  /** What cannot go together, beside what each document has to be. */
  faults: ConfigurationFault[];
}

/** What is wrong with a document because of others; `path` leads to it there. */
export interface ConfigurationFault {
  kind: 'entry' | 'user';
  name: string;
  path: string[];
  message: string;
  remedy: string;
}

/** Picks it from documents as `attendant apply` takes them; `more`: texts of scenarios beside those in force, to which entries are pinned. */
export function toKnownConfiguration(
  documents: readonly ConfigurationDocument[],
  more: readonly string[] = [],
): KnownConfiguration {
  const ofKind = <Kind extends ConfigurationDocument['kind']>(
    kind: Kind,
  ): Extract<ConfigurationDocument, { kind: Kind }>[] =>
    documents.filter((document): document is Extract<ConfigurationDocument, { kind: Kind }> => document.kind === kind);
  const namesOf = (kind: 'hours' | 'bot' | 'model' | 'secret' | 'survey'): string[] =>
    ofKind(kind).map(({ name }) => name);
  const users = ofKind('user');
  const sources = ofKind('scenario').map(({ source }) => source);
  const scenarios = sources.flatMap((source) => parseScenario(source).document ?? []);
  return {
    configuration: {
      agents: withTeamSkills(users, { teams: ofKind('team'), services: ofKind('service') })
        .filter(takesChats(ofKind('role')))
        .map(({ username, skills }) => ({ username, skills })),
      services: ofKind('service').map(({ name, skills }) => ({ name, skills })),
      entries: ofKind('entry').map(({ name, scenario, account, inactivityWarning, inactivityClosing, onError }) => {
        const of = ofKind('account').find((each) => each.name === account);
        const own = { inactivityWarning, inactivityClosing, onError };
        return { name, scenario, texts: textsOfEntry(own, of?.chat, ofKind('chat-settings')[0]) };
      }),
      users: users.map(({ username }) => username),
      hours: namesOf('hours'),
      bots: namesOf('bot'),
      models: namesOf('model'),
      surveys: namesOf('survey'),
      secrets: namesOf('secret'),
    },
    scenarios: Object.fromEntries(scenarios.map((document) => [document.scenario, document])),
    faults: [...listNeeded(ofKind('entry'), [...sources, ...more]), ...listUnknownRoles(users, ofKind('role'))],
  };
}

function listUnknownRoles(
  users: readonly { username: string; role: string }[],
  own: readonly { name: string }[],
): ConfigurationFault[] {
  const known = listRoleNames(own);
  return users
    .filter(({ role }) => !known.includes(role))
    .map(({ username: name, role }) => {
      const remedy = `Give one of ${known.join(', ')}, or write the role "${role}" beside it.`;
      return { kind: 'user', name, path: ['role'], message: `there is no role "${role}"`, remedy };
    });
}

/** Entries that are pinned to a version which needs what no entry gives. What is not pinned is told at the scenario that is checked. */
function listNeeded(
  entries: readonly { name: string; scenario: string }[],
  sources: readonly string[],
): ConfigurationFault[] {
  return entries.flatMap(({ name, scenario }) => {
    const [begun, pinned] = scenario.split('@', 2);
    if (pinned === undefined) return [];
    const source = sources.find((each) => hashSource(each).startsWith(pinned));
    const document = source === undefined ? undefined : parseScenario(source).document;
    const [input] = document?.scenario === begun && document ? listRequiredInputs(document) : [];
    if (input === undefined) return [];
    const message = `scenario "${scenario}" needs $(${input}), which an entry does not give`;
    const remedy = `Name a version, or a scenario that starts this one, which gives it, or say "optional: true" in its inputs and read $(${input}|…).`;
    return [{ kind: 'entry', name, path: ['scenario'], message, remedy }];
  });
}
