import { readdirSync, readFileSync } from 'node:fs';
import type { ScenarioDocument } from '../scenario-dsl/document/document.ts';
import { parseScenario } from '../scenario-dsl/parse/parse-scenario.ts';
import { fuzzScenario } from '../scenario-dsl/testing/fuzz-scenario.ts';
import { readTestFile } from '../scenario-dsl/testing/read-test-file.ts';
import { runTests } from '../scenario-dsl/testing/run-tests.ts';
import type { TestFile } from '../scenario-dsl/testing/test-file-schema.ts';
import { show, type BenchmarkResult, type Measurement } from './report/measurement.ts';
import { median, timeRepeated } from './report/statistics.ts';

interface Subject {
  name: string;
  document: ScenarioDocument;
  file: TestFile;
}

const fuzzRuns = 100;
/** Test steps a second. */
const budget = 2000;

/** How fast the shipped templates' own tests run: steps of test files a second (compiling included), and random conversations. */
export function measureScenarioTests(): BenchmarkResult {
  const results = listSubjects().map(measureSubject);
  const lines: Measurement[] = results.map(({ name, steps, stepsPerSecond, fuzzPerSecond }) => ({
    benchmark: 'scenario-tests',
    what: `${name}: ${steps} test steps; random conversations`,
    ours: `${show(stepsPerSecond, ' steps/s')}; ${show(fuzzPerSecond, '/s')}`,
    budget: `>= ${budget} steps/s`,
    isMet: stepsPerSecond >= budget,
  }));
  return { lines, raw: results };
}

function listSubjects(): Subject[] {
  const names = readdirSync('scenarios').filter((name) => name.endsWith('.test.yaml'));
  return names.map((name) => {
    const { document } = parseScenario(readFileSync(`scenarios/${name.replace('.test.', '.')}`, 'utf8'));
    const read = readTestFile(readFileSync(`scenarios/${name}`, 'utf8'));
    if (!document || 'problems' in read) throw new Error(`scenarios/${name} cannot be run`);
    return { name: document.scenario, document, file: read.file };
  });
}

function measureSubject({ name, document, file }: Subject): {
  name: string;
  steps: number;
  stepsPerSecond: number;
  fuzzPerSecond: number;
} {
  const steps = file.tests.reduce((sum, test) => sum + test.steps.length, 0);
  const testMs = median(timeRepeated(() => runTests(document, file), { times: 20, withinMs: 5000 }));
  const fuzzMs = median(
    timeRepeated(() => fuzzScenario(document, { runs: fuzzRuns, seed: 1 }), { times: 5, withinMs: 5000 }),
  );
  return { name, steps, stepsPerSecond: (1000 * steps) / testMs, fuzzPerSecond: (1000 * fuzzRuns) / fuzzMs };
}
