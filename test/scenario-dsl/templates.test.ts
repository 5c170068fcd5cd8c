import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkSource } from '../../scenario-dsl/checks/check-source.ts';
import { toMermaid } from '../../scenario-dsl/export/to-mermaid.ts';
import { toXstate } from '../../scenario-dsl/export/to-xstate.ts';
import { parseScenario } from '../../scenario-dsl/parse/parse-scenario.ts';
import { measureCoverage } from '../../scenario-dsl/testing/coverage.ts';
import { fuzzScenario } from '../../scenario-dsl/testing/fuzz-scenario.ts';
import { readTestFile } from '../../scenario-dsl/testing/read-test-file.ts';
import { runTests } from '../../scenario-dsl/testing/run-tests.ts';
import { formatEffects } from './golden/format-effects.ts';

const templates = readdirSync('scenarios')
  .filter((name) => name.endsWith('.yaml') && !name.endsWith('.test.yaml'))
  .map((name) => name.replace('.yaml', ''));

describe.each(templates)('The template %s', (name) => {
  const source = readFileSync(`scenarios/${name}.yaml`, 'utf8');
  const { document, problems } = parseScenario(source);
  const read = readTestFile(readFileSync(`scenarios/${name}.test.yaml`, 'utf8'));
  if (!document) throw new Error(JSON.stringify(problems));
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  const outcomes = runTests(document, read.file);

  it('can be published without a warning', () => {
    const { scenario, isPublishable, problems: told } = checkSource(source);
    expect(told).toEqual([]);
    expect({ scenario, isPublishable }).toEqual({ scenario: name, isPublishable: true });
  });

  it('has tests that pass', () => {
    expect(outcomes.flatMap(({ name: test, failure }) => (failure ? [test, ...failure.lines] : []))).toEqual([]);
  });

  it('has tests that go through every block and every exit', () => {
    const lastBlocks = outcomes.flatMap(({ lastBlock }) => lastBlock ?? []);
    const { blocks, exits } = measureCoverage(
      document,
      outcomes.flatMap(({ path }) => path),
      lastBlocks,
    );
    expect([...blocks.missing, ...exits.missing]).toEqual([]);
  });

  // A replay does not alert a changed delay or argument, so this test has to. Renewing: docs/scenario-tests.md, "Golden effects".
  it('asks of the world, in every test, exactly what it asked before', async () => {
    await expect(formatEffects(outcomes)).toMatchFileSnapshot(`golden/${name}.txt`);
  });

  it('withstands random customers, agents and faults', () => {
    expect(fuzzScenario(document, { runs: 100, seed: 1 })).toBeUndefined();
  });

  it('can be drawn and exported', () => {
    expect(toMermaid(document)).toContain(`block_${document.blocks[0]?.id}`);
    expect(toXstate(document)).toMatchObject({ id: name });
  });
});
