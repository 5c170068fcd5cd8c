import type { ScenarioBlock } from '../document/document.ts';
import { quoted, suggest, type SourcePath } from '../problems/finding.ts';
import type { Check, CheckConfiguration, CheckFinding } from './check-report.ts';

const name = 'names-are-configured';

/** What blocks name of a configuration, beside the service of a Find Agent. */
const KINDS = {
  service: ({ services }: CheckConfiguration) => services.map((service) => service.name),
  entry: ({ entries }: CheckConfiguration) => entries.map((entry) => entry.name),
  user: ({ users }: CheckConfiguration) => users,
  hours: ({ hours }: CheckConfiguration) => hours,
  bot: ({ bots }: CheckConfiguration) => bots,
  secret: ({ secrets }: CheckConfiguration) => secrets,
} satisfies Record<string, (configuration: CheckConfiguration) => readonly string[]>;

interface Reference {
  kind: keyof typeof KINDS;
  as: string;
  path: SourcePath;
}

/** Whatever a block names of the configuration is in it: else the block always leaves by its failure exit. */
export const namesAreConfigured: Check = {
  name,
  promise: 'Every service, entry, user, bot, secret and all hours that a block names are in the configuration.',
  certainty: 'bounded',
  run: ({ document }, { configuration }) => {
    if (!configuration) return { notRun: 'Name the configuration with --config <folder or address>.' };
    return { findings: document.blocks.flatMap((block) => checkBlock(block, configuration)) };
  },
};

function checkBlock(block: ScenarioBlock, configuration: CheckConfiguration): CheckFinding[] {
  const unknown = listReferences(block).filter(
    // What is substituted is known at run time only.
    ({ kind, as }) => !as.includes('$(') && !KINDS[kind](configuration).includes(as),
  );
  const findings = unknown.map(({ kind, as, path }) =>
    toFinding(block, {
      path,
      code: `unknown-${kind}`,
      message: `The configuration has no ${kind} ${quoted(as)}.`,
      remedy: suggest(as, KINDS[kind](configuration)),
    }),
  );
  return [...findings, ...checkOnlyBot(block, configuration)];
}

/** An Ask a Bot without an account asks the only one there is. */
function checkOnlyBot(block: ScenarioBlock, { bots }: CheckConfiguration): CheckFinding[] {
  if (block.type !== 'ask-a-bot' || block.fields.account !== undefined || bots.length > 0) return [];
  const message = 'The configuration has no bot to ask.';
  return [toFinding(block, { path: [], code: 'unknown-bot', message, remedy: 'Apply a document "kind: bot".' })];
}

/** What blocks of a type name. */
const REFERENCES: {
  [Type in ScenarioBlock['type']]?: (fields: Extract<ScenarioBlock, { type: Type }>['fields']) => Reference[];
} = {
  'business-hours': ({ hours }) => named('hours', hours, ['hours']),
  'get-statistics': ({ service }) => named('service', service, ['service']),
  'request-skill-or-service': ({ service }) => named('service', service, ['service']),
  'connect-chat': (fields) => [
    ...named('entry', fields.default, ['default']),
    ...named('entry', fields.override, ['override']),
  ],
  'internal-message': ({ to }) => named('user', to, ['to']),
  'get-user-configuration': ({ username }) => named('user', username, ['username']),
  'get-agent-state': ({ username }) => named('user', username, ['username']),
  'set-agent-state': ({ username }) => named('user', username, ['username']),
  'ask-a-bot': ({ account }) => named('bot', account, ['account']),
  'chat-bot-select-account': (account) => named('bot', account, []),
  'fetch-url': (fields) => listSecrets(fields, []),
};

function listReferences({ type, fields }: ScenarioBlock): Reference[] {
  // Each row takes the fields of its own type.
  const list = REFERENCES[type] as ((given: unknown) => Reference[]) | undefined;
  return list?.(fields) ?? [];
}

function named(kind: Reference['kind'], value: string | undefined, path: SourcePath): Reference[] {
  return value === undefined ? [] : [{ kind, as: value, path }];
}

/** `{ secret: name }` wherever it stands in the fields. */
function listSecrets(value: unknown, path: SourcePath): Reference[] {
  if (typeof value !== 'object' || value === null) return [];
  if (!Array.isArray(value) && 'secret' in value && typeof value.secret === 'string')
    return [{ kind: 'secret', as: value.secret, path: [...path, 'secret'] }];
  return Object.entries(value).flatMap(([key, inner]) => listSecrets(inner, [...path, key]));
}

function toFinding(
  { id, type }: ScenarioBlock,
  { path, ...parts }: Pick<CheckFinding, 'code' | 'message' | 'remedy' | 'path'>,
): CheckFinding {
  return { check: name, severity: 'warning', path: ['blocks', id, type, ...path], ...parts };
}
