import path from 'node:path';
import { Document, isScalar, visit } from 'yaml';
import type { ConfigurationDocument, ConfigurationResponse } from '../../../contracts/configuration-schema.ts';
import { escapeVariables } from '../apply/substitute-variables.ts';
import { nameVariable } from './name-variable.ts';

/** What is written, by the path under the folder, and the environment variables that stand in it. */
export interface WrittenConfiguration {
  files: Map<string, string>;
  variables: string[];
}

const fileNames: Record<ConfigurationDocument['kind'], string> = {
  account: 'accounts.yaml',
  bot: 'bots.yaml',
  'canned-response': 'canned-responses.yaml',
  'case-status': 'case-statuses.yaml',
  role: 'roles.yaml',
  'contact-field': 'contact-fields.yaml',
  entry: 'entries.yaml',
  'evaluation-assignment': 'evaluation-assignments.yaml',
  'evaluation-form': 'evaluation-forms.yaml',
  group: 'groups.yaml',
  hours: 'hours.yaml',
  label: 'labels.yaml',
  'chat-settings': 'chat-settings.yaml',
  retention: 'retention.yaml',
  model: 'models.yaml',
  scenario: 'scenarios.yaml',
  secret: 'secrets.yaml',
  service: 'services.yaml',
  survey: 'surveys.yaml',
  team: 'teams.yaml',
  user: 'users.yaml',
  webhook: 'webhooks.yaml',
};

const comments: Partial<Record<ConfigurationDocument['kind'], string>> = {
  user: ' Passwords are not exported: they stay as they are. Where a user is new, add a line "password:".',
};

/** Fields that hold secrets, after which field they stand. */
const secretFields: Partial<Record<ConfigurationDocument['kind'], readonly string[]>> = {
  account: ['pageToken', 'appSecret', 'verifyToken'],
  secret: ['value'],
};

const scenarioFile = (name: string): string => `scenarios/${name}`;
const PREFIX_LENGTH = 12;

/** Turns what is in force into files, one for each kind and one for each scenario. `apply` reads them back to the same. */
export function writeConfiguration(
  { documents, pinnedScenarios }: Pick<ConfigurationResponse, 'documents' | 'pinnedScenarios'>,
  { hasSecrets }: { hasSecrets: boolean },
): WrittenConfiguration {
  const written = new Map<string, string[]>();
  const files = new Map<string, string>();
  const variables: string[] = [];
  for (const document of documents) {
    const { kind } = document;
    const secrets = hasSecrets ? variablesOf(document) : new Map<string, string>();
    variables.push(...secrets.values());
    const texts = written.get(fileNames[kind]) ?? [];
    written.set(fileNames[kind], [...texts, writeDocument(withoutSource(document, files), secrets)]);
  }
  for (const [name, texts] of written) files.set(name, texts.join('---\n'));
  for (const [kind, comment] of Object.entries(comments)) {
    const name = fileNames[kind as ConfigurationDocument['kind']];
    const text = files.get(name);
    if (text !== undefined) files.set(name, `#${comment}\n${text}`);
  }
  for (const { name, version, source } of pinnedScenarios) {
    files.set(scenarioFile(path.basename(`${name}@${version.slice(0, PREFIX_LENGTH)}.yaml`)), source);
  }
  return { files, variables };
}

/** A scenario lies in a file of its own, as its author wrote it. */
function withoutSource(document: ConfigurationDocument, files: Map<string, string>): object {
  if (document.kind !== 'scenario') return document;
  const { source, file = '', ...rest } = document;
  const ownFile = scenarioFile(path.basename(file));
  files.set(ownFile, source);
  return { ...rest, file: ownFile };
}

function variablesOf(document: ConfigurationDocument): Map<string, string> {
  if (document.kind !== 'account' && document.kind !== 'secret') return new Map();
  const { kind, name } = document;
  return new Map((secretFields[kind] ?? []).map((field) => [field, nameVariable([kind, name, field])]));
}

function writeDocument(value: object, secrets: ReadonlyMap<string, string>): string {
  const document = new Document(value);
  visit(document, {
    Scalar(_key, node) {
      if (isScalar(node) && typeof node.value === 'string') node.value = escapeVariables(node.value);
    },
  });
  for (const [field, variable] of secrets) document.set(field, `\${${variable}}`);
  return document.toString({ lineWidth: 0 });
}
