import type { StoredConversation } from '../../../contracts/stored-conversation-schema.ts';
import { backTest, type BackTestResult } from '../../../scenario-dsl/back-test/back-test.ts';
import type { ScenarioDocument } from '../../../scenario-dsl/document/document.ts';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';
import { ApiUnreachableError, findApi, findApiAt } from '../../api-client.ts';
import type { CommandIo } from '../../command.ts';
import { readScenarioFile } from '../../read-scenario-file.ts';
import { formatFileProblem } from '../apply/file-problem.ts';
import { MaterialError, type BackTestMaterial } from './back-test-material.ts';
import { fetchMaterial } from './fetch-material.ts';
import { formatResult, formatSummary, summarize } from './format-results.ts';
import { readMaterial, saveMaterial } from './saved-material.ts';

interface BackTestRequest {
  draft: string;
  from: string | undefined;
  token: string | undefined;
  /** Whose conversations; the draft's own name where absent. */
  scenario: string | undefined;
  limit: number;
  save: string | undefined;
  input: string | undefined;
  isJson: boolean;
}

/** Runs the draft over every conversation there is and prints what would have been otherwise. Gives the exit code. */
export async function runBackTest(request: BackTestRequest, io: CommandIo): Promise<number> {
  const draft = await readDraft(request.draft, io);
  if (!draft) return 1;
  const scenario = request.scenario ?? draft.scenario;
  try {
    const material = await getMaterial(request, scenario, io);
    if (request.save !== undefined) await saveMaterial(request.save, material);
    return report(request, runAll({ ...material, scenario, draft }), io);
  } catch (error) {
    if (!(error instanceof MaterialError || error instanceof ApiUnreachableError)) throw error;
    io.printError(error.message);
    return 1;
  }
}

async function readDraft(file: string, { printError }: CommandIo): Promise<ScenarioDocument | undefined> {
  const source = await readScenarioFile(file);
  if ('problem' in source) {
    printError(formatFileProblem(source.problem));
    return undefined;
  }
  const { document, problems } = parseScenario(source.text);
  if (!document) for (const problem of problems) printError(formatFileProblem(source.place(problem)));
  return document;
}

async function getMaterial(request: BackTestRequest, scenario: string, { env }: CommandIo): Promise<BackTestMaterial> {
  if (request.input !== undefined) return readMaterial(request.input);
  const { from, token, limit } = request;
  const address = from === undefined ? await findApi(env) : await findApiAt(from, token, env);
  return fetchMaterial(token === undefined ? address : { ...address, token }, { scenario, limit });
}

type Run = BackTestMaterial & { scenario: string; draft: ScenarioDocument };

function runAll({ conversations, sources, scenario, draft }: Run): BackTestResult[] {
  const originals = new Map(
    [...sources].map(([version, source]) => [version, parseScenario(source).document] as const),
  );
  return conversations
    .filter((stored) => stored.scenario?.name === scenario)
    .map((stored) => {
      const original = originals.get(stored.scenario?.version ?? '');
      return original ? backTest(stored, { original, draft }) : withoutVersion(stored);
    });
}

function withoutVersion({ id, startedAt, scenario }: StoredConversation): BackTestResult {
  const reason = `The text of its version ${scenario?.version.slice(0, 12) ?? ''} is not there.`;
  return { id, verdict: 'unknown', differences: [], stop: { at: startedAt, reason } };
}

function report({ draft, isJson }: BackTestRequest, results: readonly BackTestResult[], { print }: CommandIo): number {
  const summary = summarize(results);
  if (isJson) {
    print(JSON.stringify({ draft, summary, conversations: results }, null, 2));
  } else {
    results.flatMap(formatResult).forEach(print);
    formatSummary(summary).forEach(print);
  }
  return summary.same === results.length ? 0 : 1;
}
