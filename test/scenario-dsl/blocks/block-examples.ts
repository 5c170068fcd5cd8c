import { existsSync, readFileSync } from 'node:fs';
import type { ScenarioDocument } from '../../../scenario-dsl/document/document.ts';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';
import { readTestFile } from '../../../scenario-dsl/testing/read-test-file.ts';
import type { TestFile } from '../../../scenario-dsl/testing/test-file-schema.ts';

/** The runnable example of a block type: a scenario, and a test for each of its ways out. */
export interface BlockExample {
  source: string;
  tests: string;
  document: ScenarioDocument;
  file: TestFile;
}

/** The files without which a block type is not complete, beside its pair in `scenario-dsl/blocks/`. */
export function listExampleFiles(type: string): { source: string; tests: string } {
  return { source: `docs/blocks/${type}.yaml`, tests: `docs/blocks/${type}.test.yaml` };
}

/** Reads `docs/blocks/<type>.yaml` and the tests beside it. */
export function readBlockExample(type: string): BlockExample {
  const files = listExampleFiles(type);
  const source = readPart(type, files.source, 'an example, a scenario that uses it');
  const tests = readPart(type, files.tests, 'tests of its example, one named after each exit');
  const { document, problems } = parseScenario(source);
  const read = readTestFile(tests);
  if (!document) throw new Error(`${type}: ${JSON.stringify(problems)}`);
  if ('problems' in read) throw new Error(`${type}: ${JSON.stringify(read.problems)}`);
  return { source, tests, document, file: read.file };
}

function readPart(type: string, file: string, what: string): string {
  if (!existsSync(file)) throw new Error(`Block type "${type}" has no ${file}: write ${what}.`);
  return readFileSync(file, 'utf8');
}
