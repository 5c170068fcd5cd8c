import { readFileSync } from 'node:fs';
import type { ScenarioDocument } from '../../scenario-dsl/document.ts';
import { parseScenario } from '../../scenario-dsl/parse-scenario.ts';
import { readTestFile } from '../../scenario-dsl/testing/read-test-file.ts';
import type { TestFile } from '../../scenario-dsl/testing/test-file-schema.ts';

/** The runnable example of a block type: a scenario, and a test for each of its ways out. */
export interface BlockExample {
  source: string;
  tests: string;
  document: ScenarioDocument;
  file: TestFile;
}

/** Reads `docs/blocks/<type>.yaml` and the tests beside it. */
export function readBlockExample(type: string): BlockExample {
  const source = readFileSync(`docs/blocks/${type}.yaml`, 'utf8');
  const tests = readFileSync(`docs/blocks/${type}.test.yaml`, 'utf8');
  const { document, problems } = parseScenario(source);
  const read = readTestFile(tests);
  if (!document) throw new Error(`${type}: ${JSON.stringify(problems)}`);
  if ('problems' in read) throw new Error(`${type}: ${JSON.stringify(read.problems)}`);
  return { source, tests, document, file: read.file };
}
