import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createMachine } from 'xstate';
import { getBlockWays, getSentTexts } from '../../../scenario-dsl/blocks/block-behaviours.ts';
import { blockTypes, type BlockType } from '../../../scenario-dsl/blocks/block-types-schema.ts';
import { BLOCK_ID_PATTERN } from '../../../scenario-dsl/blocks/common-schema.ts';
import { checkSource } from '../../../scenario-dsl/checks/check-source.ts';
import { compileScenario } from '../../../scenario-dsl/compile/compile-scenario.ts';
import { listExits } from '../../../scenario-dsl/document/list-exits-schema.ts';
import { createScenarioJsonSchema, type JsonSchema } from '../../../scenario-dsl/document/scenario-json-schema.ts';
import { toMermaid } from '../../../scenario-dsl/export/to-mermaid.ts';
import { toXstate } from '../../../scenario-dsl/export/to-xstate.ts';
import { worldVariables } from '../../../scenario-dsl/expression/world-variables.ts';
import { runState } from '../../../scenario-dsl/machine/run-setup.ts';
import { fuzzScenario } from '../../../scenario-dsl/testing/fuzz-scenario.ts';
import { runTests } from '../../../scenario-dsl/testing/run-tests.ts';
import { listFlowWays, listMachineWays } from '../checks/machine-ways.ts';
import { ScenarioRun } from '../scenario-run.ts';
import { listExampleFiles, readBlockExample } from './block-examples.ts';

const fieldSchemas = createScenarioJsonSchema().$defs?.['block']?.properties ?? {};
const types = Object.keys(blockTypes) as BlockType[];

/** These need what a test file cannot give; a test below takes each. */
const takenElsewhere = new Set(['start-another-scenario: next']);

/** What stands in the fields where their schema asks for the id of a block. */
function listBlockIds(schema: JsonSchema | boolean | undefined, value: unknown): string[] {
  if (typeof schema !== 'object') return [];
  if (typeof value === 'string') return schema.pattern === BLOCK_ID_PATTERN.source ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => listBlockIds(schema.items as JsonSchema, item));
  return Object.entries(value ?? {}).flatMap(([key, inner]) =>
    listBlockIds(schema.properties?.[key] ?? schema.additionalProperties, inner),
  );
}

it('Every file in docs/blocks/ belongs to a block type', () => {
  const known = types.flatMap((type) => Object.values(listExampleFiles(type)));
  expect(readdirSync('docs/blocks').filter((name) => !known.includes(`docs/blocks/${name}`))).toEqual([]);
});

describe.each(types)('The example of %s', (type) => {
  const { source, document, file } = readBlockExample(type);
  const outcomes = runTests(document, file);
  const blocks = document.blocks.filter((block) => block.type === type);
  const ids = new Set(blocks.map(({ id }) => id));

  it('can be published without a warning', () => {
    expect(checkSource(source).problems).toEqual([]);
  });

  it('does what its tests say', () => {
    expect(outcomes.flatMap(({ name, failure }) => (failure ? [name, ...failure.lines] : []))).toEqual([]);
  });

  it('can be drawn, and exported as a machine that XState makes again with the same states', () => {
    const shown = document.blocks.find((block) => block.type !== 'goto');
    expect(toMermaid(document)).toContain(`block_${shown?.id.replaceAll('-', '_')}`);
    const exported = createMachine(toXstate(document) as Parameters<typeof createMachine>[0]);
    expect(Object.keys(exported.states)).toEqual(Object.keys(compileScenario(document).machine.states));
  });

  it('withstands random customers, agents and faults', () => {
    expect(fuzzScenario(document, { runs: 20, seed: 1 })).toBeUndefined();
  });

  it('takes every way out of the block, and has a test named after each of its exits', () => {
    const taken = outcomes.flatMap(({ path }) => path.filter(({ block }) => ids.has(block)).map(({ way }) => way));
    const ways = blocks.flatMap((block) => getBlockWays(block).ways.map(({ way }) => way));
    const missing = [...ways, ...listExits(type).map(({ name }) => name)].filter((way) => !taken.includes(way));
    expect([...new Set(missing)].filter((way) => !takenElsewhere.has(`${type}: ${way}`))).toEqual([]);
    const named = file.tests.map(({ name }) => name.split(':', 1)[0]);
    expect(listExits(type).flatMap(({ name }) => (named.includes(name) ? [] : [name]))).toEqual([]);
  });

  it('has in its "ways" exactly the ways of its machine, since the checks see nothing else', () => {
    expect(listFlowWays(document)).toEqual(listMachineWays(document));
  });

  it('names every block of its fields in its "references", where it is checked and renamed', () => {
    const unnamed = blocks.flatMap((block) => {
      const { ways, references } = getBlockWays(block);
      const named = [...references.map((reference) => reference.block), runState.done];
      // The name of a scenario is written as the id of a block is.
      const written = type === 'start-another-scenario' ? [] : listBlockIds(fieldSchemas[type], block.fields);
      return [...ways.flatMap(({ target = [] }) => target), ...written].filter((id) => !named.includes(id));
    });
    expect(unnamed).toEqual([]);
  });

  it('wires no exit that "fieldsForAllExits" does not bring about, or editors would refuse it', () => {
    const offered = listExits(type).map(({ name }) => name);
    expect(blocks.flatMap(({ exits }) => Object.keys(exits)).filter((name) => !offered.includes(name))).toEqual([]);
  });

  it('tells in "texts" what it sends, and in "says" what it begins with, so that length and time are checked', () => {
    const effects = outcomes.flatMap(({ trace }) => trace.flatMap((entry) => entry.effects));
    const sent = effects.flatMap(({ kind, id }) => (kind === 'send-message' ? [id.split(':')] : []));
    const silent = blocks.flatMap((block) => {
      const own = sent.filter(([id]) => id === block.id);
      const begins = own.some(({ length }) => length === 2);
      return [
        ...(own.length > 0 && getSentTexts(block).length === 0 ? [`${block.id} has no texts`] : []),
        ...(begins && getBlockWays(block).says === undefined ? [`${block.id} has no says`] : []),
      ];
    });
    expect(silent).toEqual([]);
  });

  it('sets only variables that the author names, or reads of in the table of variables, the guide or a field', () => {
    const tabled = worldVariables.filter(({ setBy }) => setBy?.includes(type)).map(({ name }) => name);
    const read = JSON.stringify([blockTypes[type].guide, fieldSchemas[type], blocks.map(({ fields }) => fields)]);
    const isTold = (name: string): boolean =>
      tabled.some((known) => name === known || name.startsWith(`${known}.`)) ||
      read.includes(name.split('.', 1)[0] ?? '');
    const sets = blocks.flatMap((block) => getBlockWays(block).ways.flatMap((way) => way.sets ?? []));
    expect([...new Set(sets)].filter((name) => !isTold(name))).toEqual([]);
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
