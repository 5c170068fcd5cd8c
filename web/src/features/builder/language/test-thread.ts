import { parseScenario } from '../../../../../scenario-dsl/parse/parse-scenario.ts';
import { measureCoverage, type Coverage } from '../../../../../scenario-dsl/testing/coverage.ts';
import { readTestFile } from '../../../../../scenario-dsl/testing/read-test-file.ts';
import { runTests } from '../../../../../scenario-dsl/testing/run-tests.ts';

/** What became of the tests of a scenario. */
export interface TestReport {
  tests: readonly { name: string; failure?: { message: string; lines: readonly string[] } | undefined }[];
  coverage: Coverage;
}

/** Runs what stands in a test file on a source. */
export function runTestText(source: string, tests: string): TestReport | { problem: string } {
  const { document, problems } = parseScenario(source);
  if (!document) return { problem: tell(problems[0]) };
  const read = readTestFile(tests);
  if ('problems' in read) return { problem: tell(read.problems[0]) };
  const outcomes = runTests(document, read.file);
  const visited = outcomes.flatMap(({ lastBlock }) => lastBlock ?? []);
  return {
    tests: outcomes.map(({ name, failure }) => ({ name, failure })),
    coverage: measureCoverage(
      document,
      outcomes.flatMap(({ path }) => path),
      visited,
    ),
  };
}

function tell(problem: { line: number; message: string; remedy: string } | undefined): string {
  return problem ? `${problem.line}: ${problem.message} ${problem.remedy}` : '';
}
