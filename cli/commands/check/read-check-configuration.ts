import { configurationDocumentSchema } from '../../../contracts/configuration-schema.ts';
import type { CheckConfiguration } from '../../../scenario-dsl/checks/check-report.ts';
import type { FileProblem } from '../apply/file-problem.ts';
import { readConfiguration, type SourceDocument } from '../apply/read-configuration.ts';

/** Reads the agents and services of configuration files as `attendant apply` takes them; everything else is passed over. */
export async function readCheckConfiguration(
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<{ configuration: CheckConfiguration; problems: FileProblem[] }> {
  const { documents, problems } = await readConfiguration(folder, withAnySecret(env));
  const agents: CheckConfiguration['agents'][number][] = [];
  const services: CheckConfiguration['services'][number][] = [];
  for (const source of documents.filter(isOfInterest)) {
    const parsed = configurationDocumentSchema.safeParse(source.value);
    if (!parsed.success) problems.push(...parsed.error.issues.map((issue) => toProblem(source, issue)));
    else if (parsed.data.kind === 'user') agents.push({ username: parsed.data.username, skills: parsed.data.skills });
    else if (parsed.data.kind === 'service') services.push({ name: parsed.data.name, skills: parsed.data.skills });
  }
  return { configuration: { agents, services }, problems };
}

/** No secret matters to a check, so none has to be in the environment: one that is missing reads as a long enough text. */
function withAnySecret(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return new Proxy(env, { get: (target, name) => Reflect.get(target, name) || 'not needed for a check' });
}

function isOfInterest({ value }: SourceDocument): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    (value.kind === 'user' || value.kind === 'service')
  );
}

function toProblem(source: SourceDocument, issue: { path: PropertyKey[]; message: string }): FileProblem {
  const steps = issue.path.map(String);
  return { file: source.file, ...source.locate(steps), message: `${steps.join('.')} ${issue.message}`.trim() };
}
