import { configurationDocumentSchema, type ConfigurationDocument } from '../../../contracts/configuration-schema.ts';
import { readScenarioFile } from '../../read-scenario-file.ts';
import type { FileProblem } from '../apply/file-problem.ts';
import { readConfiguration, type SourceDocument } from '../apply/read-configuration.ts';
import { toKnownConfiguration, type ConfigurationFault, type KnownConfiguration } from './known-configuration.ts';

/** No check looks at accounts; the scenarios are checked by themselves. */
const PASSED_OVER = new Set<unknown>(['account', 'scenario']);

/** Reads configuration files as `attendant apply` takes them. */
export async function readCheckConfiguration(
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<Omit<KnownConfiguration, 'faults'> & { problems: FileProblem[] }> {
  const { documents, problems, scenarioFiles = [] } = await readConfiguration(folder, withAnySecret(env));
  const known: ConfigurationDocument[] = [];
  for (const source of documents) {
    const parsed = configurationDocumentSchema.safeParse(source.value);
    if (parsed.success) known.push(parsed.data);
    else if (!PASSED_OVER.has(kindOf(source)))
      problems.push(...parsed.error.issues.map((issue) => toProblem(source, issue)));
  }
  const texts = await Promise.all(scenarioFiles.map(readScenarioFile));
  const { faults, ...rest } = toKnownConfiguration(
    known,
    texts.flatMap((read) => ('text' in read ? [read.text] : [])),
  );
  const told = faults.flatMap((fault) =>
    documents
      .filter((source) => isOf(fault, source))
      .map(({ file, locate }) => ({ file, ...locate(fault.path), message: fault.message, remedy: fault.remedy })),
  );
  return { ...rest, problems: [...problems, ...told] };
}

/** No secret matters to a check, so none has to be in the environment: one that is missing reads as a long enough text. */
function withAnySecret(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return new Proxy(env, { get: (target, name) => Reflect.get(target, name) || 'not needed for a check' });
}

function isOf({ kind, name }: ConfigurationFault, source: SourceDocument): boolean {
  const { name: own, username } = Object(source.value) as Partial<Record<'name' | 'username', unknown>>;
  return kindOf(source) === kind && (kind === 'user' ? username : own) === name;
}

function kindOf({ value }: SourceDocument): unknown {
  return typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;
}

function toProblem(source: SourceDocument, issue: { path: PropertyKey[]; message: string }): FileProblem {
  const steps = issue.path.map(String);
  return { file: source.file, ...source.locate(steps), message: `${steps.join('.')} ${issue.message}`.trim() };
}
