import type { ScenarioBlock } from '../document/document.ts';
import { quoted, suggest } from '../problems/finding.ts';
import type { CheckConfiguration, CheckFinding } from './check-report.ts';

/** What a block names and the configuration does not have; `path` leads on from the block's type. */
export interface Unconfigured
  extends Pick<CheckFinding, 'code' | 'message' | 'remedy'>, Partial<Pick<CheckFinding, 'severity'>> {
  path: (string | number)[];
}

type BlockOf<Type extends ScenarioBlock['type']> = Extract<ScenarioBlock, { type: Type }>;

/** Files, models and secrets, as far as the configuration tells of them. Only what is written out; a variable may hold any name. */
export function listUnconfigured(block: ScenarioBlock, { files, models, secrets }: CheckConfiguration): Unconfigured[] {
  if (block.type === 'send-message') return files ? checkFiles(block, files) : [];
  if (block.type === 'ai-agent') return models ? checkModel(block, models) : [];
  return block.type === 'fetch-url' && secrets ? checkSecrets(block, secrets) : [];
}

function checkFiles(
  { fields }: BlockOf<'send-message'>,
  files: NonNullable<CheckConfiguration['files']>,
): Unconfigured[] {
  return (fields.attachments ?? []).flatMap(({ file, type }, index): Unconfigured[] => {
    if (file === undefined || file.includes('$(')) return [];
    const known = files.find(({ id }) => id === file);
    if (!known) {
      return [
        {
          path: ['attachments', index, 'file'],
          severity: 'error',
          code: 'unknown-file',
          message: `There is no file ${quoted(file)} in the storage.`,
          remedy: 'Add it with attendant files add <file>, and write the id that it prints.',
        },
      ];
    }
    if (isShownAs(known.type, type)) return [];
    return [
      {
        path: ['attachments', index, 'type'],
        code: 'file-of-other-type',
        message: `The file is of type ${known.type}: Messenger does not show it as ${type}.`,
        remedy: `Write type: ${known.type}.`,
      },
    ];
  });
}

/** Audio and video share their containers; as a file anything may leave. */
function isShownAs(actual: string, wanted: string): boolean {
  if (wanted === 'file') return true;
  return actual !== 'file' && (wanted === 'image') === (actual === 'image');
}

function checkModel({ fields: { account } }: BlockOf<'ai-agent'>, models: readonly string[]): Unconfigured[] {
  const fault = account === undefined ? findUnnamed(models) : findMisnamed(account, models);
  if (!fault) return [];
  const path = account === undefined ? [] : ['account'];
  return [{ path, code: 'unknown-model', ...fault, message: `${fault.message}: this takes "failed" always.` }];
}

type Fault = Pick<Unconfigured, 'message' | 'remedy'>;

const APPLY_MODEL = 'Apply a document "kind: model".';

function findUnnamed([first, ...more]: readonly string[]): Fault | undefined {
  if (first === undefined) return { message: 'The configuration has no model', remedy: APPLY_MODEL };
  if (more.length === 0) return undefined;
  return { message: 'The configuration has several models', remedy: `Name one: account: ${first}.` };
}

function findMisnamed(account: string, models: readonly string[]): Fault | undefined {
  if (account.includes('$(') || models.includes(account)) return undefined;
  const remedy = models.length === 0 ? APPLY_MODEL : suggest(account, models);
  return { message: `The configuration has no model ${quoted(account)}`, remedy };
}

function checkSecrets({ fields }: BlockOf<'fetch-url'>, secrets: readonly string[]): Unconfigured[] {
  const { auth, headers = {}, sign } = fields;
  const named = [
    ...(auth === undefined
      ? []
      : 'basic' in auth
        ? [{ path: ['auth', 'basic', 'password', 'secret'], secret: auth.basic.password.secret }]
        : [{ path: ['auth', 'bearer', 'secret'], secret: auth.bearer.secret }]),
    ...Object.entries(headers).flatMap(([key, value]) =>
      typeof value === 'string' ? [] : [{ path: ['headers', key, 'secret'], secret: value.secret }],
    ),
    ...(sign ? [{ path: ['sign', 'secret'], secret: sign.secret }] : []),
  ];
  return named
    .filter(({ secret }) => !secrets.includes(secret))
    .map(({ path, secret }) => ({
      path,
      code: 'unknown-secret',
      message: `The configuration has no secret ${quoted(secret)}: this takes "failed" always.`,
      remedy: secrets.length === 0 ? 'Apply a document "kind: secret".' : suggest(secret, secrets),
    }));
}
