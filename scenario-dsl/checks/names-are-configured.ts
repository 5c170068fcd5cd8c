import type { ScenarioBlock } from '../document/document.ts';
import { quoted, suggest, type SourcePath } from '../problems/finding.ts';
import type { Check, CheckConfiguration, CheckFinding } from './check-report.ts';

const name = 'names-are-configured';

/** What blocks name of a configuration, beside the service of a Find Agent. */
const KINDS = {
  service: ({ services }: CheckConfiguration) => services.map((service) => service.name),
  entry: ({ entries }: CheckConfiguration) => entries.map((entry) => entry.name),
  user: ({ users }: CheckConfiguration) => users,
  recipient: ({ users, services }: CheckConfiguration) => [...users, ...services.map((service) => service.name)],
  hours: ({ hours }: CheckConfiguration) => hours,
  bot: ({ bots }: CheckConfiguration) => bots,
  model: ({ models }: CheckConfiguration) => models,
  secret: ({ secrets }: CheckConfiguration) => secrets,
  survey: ({ surveys }: CheckConfiguration) => surveys,
} satisfies Record<string, (configuration: CheckConfiguration) => readonly string[]>;

interface Reference {
  kind: keyof typeof KINDS;
  as: string;
  path: SourcePath;
}

/** Whatever a block names of the configuration is in it: else the block always leaves by its failure exit. */
export const namesAreConfigured: Check = {
  name,
  promise:
    'Services, entries, users, hours, bots, models, surveys, secrets and files that blocks name are in the configuration.',
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
  const findings = unknown.map(({ kind, as, path }) => {
    const known = KINDS[kind](configuration);
    return toFinding(block, {
      path,
      code: `unknown-${kind}`,
      message: `The configuration has no ${kind} ${quoted(as)}.`,
      remedy: known.length === 0 ? applyOne(kind) : suggest(as, known),
    });
  });
  return [...findings, ...checkOnlyOne(block, configuration), ...checkFiles(block, configuration)];
}

function applyOne(kind: Reference['kind']): string {
  return `Apply a document "kind: ${kind === 'recipient' ? 'user' : kind}".`;
}

/** A block without an account asks the only one there is. */
function checkOnlyOne(block: ScenarioBlock, configuration: CheckConfiguration): CheckFinding[] {
  if (block.type !== 'ask-a-bot' && block.type !== 'ai-agent') return [];
  const kind = block.type === 'ask-a-bot' ? 'bot' : 'model';
  const [first, ...more] = KINDS[kind](configuration);
  // Of bots the one that was selected before is asked.
  if (block.fields.account !== undefined || (first !== undefined && (more.length === 0 || kind === 'bot'))) return [];
  const has = first === undefined ? `no ${kind}` : `several ${kind}s`;
  return [
    toFinding(block, {
      path: [],
      code: `unknown-${kind}`,
      message: `The configuration has ${has}.`,
      remedy: first === undefined ? applyOne(kind) : `Name one: account: ${first}.`,
    }),
  ];
}

/** Known where a running Attendant is asked. */
function checkFiles(block: ScenarioBlock, { files }: CheckConfiguration): CheckFinding[] {
  if (block.type !== 'send-message' || !files) return [];
  return (block.fields.attachments ?? []).flatMap(({ file, type }, index): CheckFinding[] => {
    if (file === undefined || file.includes('$(')) return [];
    const known = files.find(({ id }) => id === file);
    if (!known) {
      const finding = toFinding(block, {
        path: ['attachments', index, 'file'],
        code: 'unknown-file',
        message: `There is no file ${quoted(file)} in the storage.`,
        remedy: 'Add it with attendant files add <file>, and write the id that it prints.',
      });
      return [{ ...finding, severity: 'error' }];
    }
    if (isShownAs(known.type, type)) return [];
    return [
      toFinding(block, {
        path: ['attachments', index, 'type'],
        code: 'file-of-other-type',
        message: `The file is of type ${known.type}: Messenger does not show it as ${type}.`,
        remedy: `Write type: ${known.type}.`,
      }),
    ];
  });
}

/** Audio and video share their containers; as a file anything may leave. */
function isShownAs(actual: string, wanted: string): boolean {
  if (wanted === 'file') return true;
  return actual !== 'file' && (wanted === 'image') === (actual === 'image');
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
  'internal-message': ({ to }) => named('recipient', to, ['to']),
  'get-user-configuration': ({ username }) => named('user', username, ['username']),
  'get-agent-state': ({ username }) => named('user', username, ['username']),
  'set-agent-state': ({ username }) => named('user', username, ['username']),
  'ask-a-bot': ({ account }) => named('bot', account, ['account']),
  'ai-agent': ({ account }) => named('model', account, ['account']),
  'chat-bot-select-account': (account) => named('bot', account, []),
  survey: ({ survey }) => named('survey', survey, ['survey']),
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
