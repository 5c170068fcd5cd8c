import { takesChats } from '../../../adapters/mongo/configuration/configuration-snapshot.ts';
import { withTeamSkills } from '../../../adapters/mongo/configuration/routing-items.ts';
import type { ConfigurationDocument } from '../../../contracts/configuration-schema.ts';
import type { CheckConfiguration } from '../../../scenario-dsl/checks/check-report.ts';
import type { ScenarioLibrary } from '../../../scenario-dsl/document/expand-scenarios.ts';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';

/** What the checks look at of a configuration, and the scenarios in it that others may start. */
export interface KnownConfiguration {
  configuration: CheckConfiguration;
  scenarios: ScenarioLibrary;
}

/** Picks it from documents as `attendant apply` takes them. */
export function toKnownConfiguration(documents: readonly ConfigurationDocument[]): KnownConfiguration {
  const ofKind = <Kind extends ConfigurationDocument['kind']>(
    kind: Kind,
  ): Extract<ConfigurationDocument, { kind: Kind }>[] =>
    documents.filter((document): document is Extract<ConfigurationDocument, { kind: Kind }> => document.kind === kind);
  const namesOf = (kind: 'hours' | 'bot' | 'model' | 'secret' | 'survey'): string[] =>
    ofKind(kind).map(({ name }) => name);
  const users = ofKind('user');
  const scenarios = ofKind('scenario').flatMap(({ source }) => parseScenario(source).document ?? []);
  return {
    configuration: {
      agents: withTeamSkills(users, { teams: ofKind('team'), services: ofKind('service') })
        .filter(takesChats)
        .map(({ username, skills }) => ({ username, skills })),
      services: ofKind('service').map(({ name, skills }) => ({ name, skills })),
      entries: ofKind('entry').map(({ name, scenario }) => ({ name, scenario })),
      users: users.map(({ username }) => username),
      hours: namesOf('hours'),
      bots: namesOf('bot'),
      models: namesOf('model'),
      surveys: namesOf('survey'),
      secrets: namesOf('secret'),
    },
    scenarios: Object.fromEntries(scenarios.map((document) => [document.scenario, document])),
  };
}
