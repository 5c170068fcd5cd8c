import path from 'node:path';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';
import type { Problem } from '../../../scenario-dsl/problems/problem.ts';
import { measureCoverage, type Coverage } from '../../../scenario-dsl/testing/coverage.ts';
import { readTestFile } from '../../../scenario-dsl/testing/read-test-file.ts';
import { runTests, type TestOutcome } from '../../../scenario-dsl/testing/run-tests.ts';
import { readScenarioFile } from '../../read-scenario-file.ts';
import { readTextFile } from '../../read-text-file.ts';
import { expandFile } from './expand-file.ts';
import type { FileProblem } from '../apply/file-problem.ts';

/** A test of a file, with the line of the step that failed. */
export interface FileTest extends TestOutcome {
  line?: number;
}

export interface TestFileReport {
  file: string;
  /** Why its tests could not be run; then there are none. */
  problems: FileProblem[];
  tests: FileTest[];
  coverage?: Coverage;
  durationMs: number;
}

/** Reads a test file and the scenario beside it, and runs the tests. */
export async function runTestFile(file: string): Promise<TestFileReport> {
  const refuse = (problems: FileProblem[]): TestFileReport => ({ file, problems, tests: [], durationMs: 0 });
  const source = await readTextFile(file);
  if ('problem' in source) return refuse([source.problem]);
  const read = readTestFile(source.text);
  if ('problems' in read) return refuse(toFileProblems(read.problems, (problem) => ({ ...problem, file })));
  const scenarioFile = path.resolve(
    path.dirname(file),
    read.file.scenario ?? path.basename(file).replace('.test.', '.'),
  );
  const scenarioSource = await readScenarioFile(scenarioFile);
  if ('problem' in scenarioSource && !scenarioSource.isMissing) return refuse([scenarioSource.problem]);
  if ('problem' in scenarioSource) {
    const remedy = 'Name it in the test file: "scenario: name.yaml".';
    return refuse([{ file, line: 1, column: 1, message: `the scenario ${scenarioFile} cannot be read`, remedy }]);
  }
  const parsed = parseScenario(scenarioSource.text);
  if (!parsed.document) return refuse(toFileProblems(parsed.problems, scenarioSource.place));
  const expanded = await expandFile(scenarioFile, parsed.document);
  if ('problem' in expanded) return refuse([expanded.problem]);
  const { document } = expanded;
  const started = performance.now();
  const tests = runTests(parsed.document, read.file, expanded.library);
  const durationMs = performance.now() - started;
  const visited = tests.flatMap(({ lastBlock }) => lastBlock ?? []);
  return {
    file,
    problems: [],
    tests: tests.map((test, index) => {
      if (!test.failure) return test;
      return { ...test, line: read.lineOf(['tests', index, 'steps', test.failure.step]) };
    }),
    coverage: measureCoverage(
      document,
      tests.flatMap((test) => test.path),
      visited,
    ),
    durationMs,
  };
}

function toFileProblems(
  problems: readonly Problem[],
  place: (problem: Problem) => Problem & { file: string },
): FileProblem[] {
  const errors = problems.filter(({ severity }) => severity === 'error');
  return errors.map(place).map(({ file, line, column, message, remedy }) => ({ file, line, column, message, remedy }));
}
