import { stat } from 'node:fs/promises';
import path from 'node:path';
import { isMap, isNode, isScalar, LineCounter, parseAllDocuments, type Document } from 'yaml';
import { listUnwritable } from '../../../contracts/unwritable-character.ts';
import { LANGUAGE_PATTERN } from '../../../scenario-dsl/expression/choose-language.ts';
import { readScenarioFile, type ReadScenarioFile } from '../../read-scenario-file.ts';
import { readTextFile } from '../../read-text-file.ts';
import { walkFolder } from '../../walk-folder.ts';
import type { FileProblem } from './file-problem.ts';
import { substituteVariables } from './substitute-variables.ts';

/** One document of a file, ready to be sent, and the way back from a problem in it to its place. */
export interface SourceDocument {
  value: unknown;
  file: string;
  /** What is in the scenario file that a `kind: scenario` names. */
  scenario?: ReadScenarioFile;
  /** Place of what a path leads to, or of the nearest thing around it. */
  locate: (path: readonly string[]) => { line: number; column: number };
}

export interface ReadConfiguration {
  documents: SourceDocument[];
  /** Scenarios' own files in a folder, whether a `kind: scenario` names them or not. */
  scenarioFiles?: string[];
  problems: FileProblem[];
}

async function listFiles(given: string): Promise<{ files: string[]; isFolder: boolean }> {
  const isFolder = (await stat(given)).isDirectory();
  if (!isFolder) return { files: [given], isFolder };
  const names = await walkFolder(given, /\.ya?ml$/);
  const files = names.filter((name) => !/\.test\.ya?ml$/.test(name));
  return { files: files.map((name) => path.join(given, name)), isFolder };
}

/** A scenario's own file: sent as it is, and in a folder only where a `kind: scenario` names it. */
function isScenarioFile(document: Document): boolean {
  return document.has('attendant') && !document.has('kind');
}

/** Texts of a scenario in one language, `de: { hello: Hallo }`: they are read with the scenario that names them. */
function isTextFile({ contents }: Document): boolean {
  if (!isMap(contents)) return false;
  const [{ key, value } = {}, ...others] = contents.items;
  return others.length === 0 && isScalar(key) && LANGUAGE_PATTERN.test(String(key.value)) && isMap(value);
}

/** A scenario's own file, given alone. */
async function addScenario(file: string, { documents, problems }: ReadConfiguration): Promise<void> {
  const scenario = await readScenarioFile(file);
  if ('problem' in scenario) problems.push(scenario.problem);
  else {
    const value = { kind: 'scenario', source: scenario.text, file };
    documents.push({ value, file, scenario, locate: () => ({ line: 1, column: 1 }) });
  }
}

function createLocator(document: Document, lines: LineCounter): SourceDocument['locate'] {
  return (steps) => {
    for (let length = steps.length; length >= 0; length -= 1) {
      const node: unknown = length === 0 ? document.contents : document.getIn(steps.slice(0, length), true);
      if (isNode(node) && node.range) {
        const { line, col } = lines.linePos(node.range[0]);
        return { line, column: col };
      }
    }
    return { line: 1, column: 1 };
  };
}

/** Puts the text of the scenario file, which lies relative to the YAML file, in the place of its name. */
async function readScenario(source: SourceDocument, problems: FileProblem[]): Promise<SourceDocument> {
  const { kind, file, ...rest } = Object(source.value) as Record<string, unknown>;
  if (kind !== 'scenario' || typeof file !== 'string') return source;
  const scenarioFile = path.resolve(path.dirname(source.file), file);
  const read = await readScenarioFile(scenarioFile);
  if ('text' in read) {
    return { ...source, scenario: read, value: { kind, source: read.text, file, ...rest } };
  }
  const place = source.locate(['file']);
  const missing = { file: source.file, ...place, message: `scenario file ${scenarioFile} cannot be read` };
  problems.push(read.isMissing ? missing : read.problem);
  return source;
}

function unwritableIn({ value, file, locate }: SourceDocument): FileProblem[] {
  return listUnwritable(value).map(({ path: steps, message, remedy }) => ({
    file,
    ...locate(steps),
    message: `${steps.join('.')} ${message}`.trim(),
    remedy,
  }));
}

async function readFileDocuments(
  { file, isFolder }: { file: string; isFolder: boolean },
  env: NodeJS.ProcessEnv,
): Promise<ReadConfiguration> {
  const read = await readTextFile(file);
  if ('problem' in read) return { documents: [], problems: [read.problem] };
  const { text } = read;
  const lines = new LineCounter();
  const problems: FileProblem[] = [];
  const documents: SourceDocument[] = [];
  const scenarioFiles: string[] = [];
  const place = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
  for (const document of Array.isArray(parsed) ? parsed : []) {
    if (document.contents === null) continue;
    if (isScenarioFile(document)) {
      if (isFolder) scenarioFiles.push(file);
      else await addScenario(file, { documents, problems });
      continue;
    }
    if (isFolder && isTextFile(document)) continue;
    for (const { message, pos } of document.errors) problems.push({ file, ...place(pos[0]), message });
    for (const { name, offset } of substituteVariables(document, env)) {
      const remedy = `Set ${name} in the environment of this command.`;
      problems.push({ file, ...place(offset), message: `environment variable ${name} is missing`, remedy });
    }
    if (document.errors.length > 0) continue;
    const source = { value: document.toJS() as unknown, file, locate: createLocator(document, lines) };
    problems.push(...unwritableIn(source));
    documents.push(await readScenario(source, problems));
  }
  return { documents, problems, scenarioFiles };
}

/** Reads the YAML documents of a file, or of all `.yaml` and `.yml` files but tests under a folder in the order of their names. */
export async function readConfiguration(given: string, env: NodeJS.ProcessEnv): Promise<ReadConfiguration> {
  let listed: Awaited<ReturnType<typeof listFiles>>;
  try {
    listed = await listFiles(given);
  } catch {
    return { documents: [], problems: [{ file: given, message: 'cannot be read: is the path right?' }] };
  }
  const all: Required<ReadConfiguration> = { documents: [], problems: [], scenarioFiles: [] };
  for (const file of listed.files) {
    const read = await readFileDocuments({ file, isFolder: listed.isFolder }, env);
    all.documents.push(...read.documents);
    all.problems.push(...read.problems);
    all.scenarioFiles.push(...(read.scenarioFiles ?? []));
  }
  if (all.documents.length === 0 && all.problems.length === 0) {
    const remedy = 'Write documents with kind: account, scenario, service, entry or user.';
    all.problems.push({ file: given, message: 'holds no configuration', remedy });
  }
  return all;
}
