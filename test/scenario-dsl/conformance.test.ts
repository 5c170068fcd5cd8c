import { describe, expect, it } from 'vitest';
import { createMachine } from 'xstate';
import { getBlockWays } from '../../scenario-dsl/blocks/block-behaviours.ts';
import { blockFieldsSchema } from '../../scenario-dsl/blocks/block-fields-schema.ts';
import { checkSource } from '../../scenario-dsl/checks/check-source.ts';
import { compileScenario } from '../../scenario-dsl/compile-scenario.ts';
import { toMermaid } from '../../scenario-dsl/export/to-mermaid.ts';
import { toXstate } from '../../scenario-dsl/export/to-xstate.ts';
import { listExits } from '../../scenario-dsl/scenario-json-schema.ts';
import { fuzzScenario } from '../../scenario-dsl/testing/fuzz-scenario.ts';
import { runTests } from '../../scenario-dsl/testing/run-tests.ts';
import { readBlockExample } from './block-examples.ts';
import { ScenarioRun } from './scenario-run.ts';

const types = Object.keys(blockFieldsSchema) as (keyof typeof blockFieldsSchema)[];

/** These need what a test file cannot give; a test below takes each. */
const takenElsewhere = new Set(['start-another-scenario: next']);

describe.each(types)('The example of %s', (type) => {
  const { source, document, file } = readBlockExample(type);
  const outcomes = runTests(document, file);

  it('can be published without a warning', () => {
    expect(checkSource(source).problems).toEqual([]);
  });

  it('does what its tests say', () => {
    expect(outcomes.flatMap(({ name, failure }) => (failure ? [name, ...failure.lines] : []))).toEqual([]);
  });

  it('can be drawn, and exported as a machine that XState makes again with the same states', () => {
    expect(toMermaid(document)).toContain(`block_${document.blocks[0]?.id.replaceAll('-', '_')}`);
    const exported = createMachine(toXstate(document) as Parameters<typeof createMachine>[0]);
    expect(Object.keys(exported.states)).toEqual(Object.keys(compileScenario(document).machine.states));
  });

  it('withstands random customers, agents and faults', () => {
    expect(fuzzScenario(document, { runs: 20, seed: 1 })).toBeUndefined();
  });

  it('takes every way out of the block, and has a test named after each of its exits', () => {
    const blocks = document.blocks.filter((block) => block.type === type);
    const ids = new Set(blocks.map(({ id }) => id));
    const taken = outcomes.flatMap(({ path }) => path.filter(({ block }) => ids.has(block)).map(({ way }) => way));
    const ways = blocks.flatMap((block) => getBlockWays(block).ways.map(({ way }) => way));
    const missing = [...ways, ...listExits(type).map(({ name }) => name)].filter((way) => !taken.includes(way));
    expect([...new Set(missing)].filter((way) => !takenElsewhere.has(`${type}: ${way}`))).toEqual([]);
    const named = file.tests.map(({ name }) => name.split(':', 1)[0]);
    expect(listExits(type).flatMap(({ name }) => (named.includes(name) ? [] : [name]))).toEqual([]);
  });
});

describe('The way next of start-another-scenario', () => {
  it('is taken where the scenario is there, and the one behind when it returns', () => {
    const { document } = readBlockExample('start-another-scenario');
    const returning = readBlockExample('return').document;
    const scenarios = { [returning.scenario]: returning };
    const run = new ScenarioRun(document, { variables: {} }, { scenarios });
    expect(run.result.path[0]).toEqual({ block: 'survey', way: 'next' });
    expect(run.lastEffect).toMatchObject({ text: 'How was the delivery?' });
    expect(run.answer('message.sent').lastEffect).toMatchObject({ text: 'Thank you.' });
  });
});
