import { array, assert, constantFrom, property, record, string, tuple, type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkScenario } from '../../../scenario-dsl/checks/check-scenario.ts';
import { checkSource } from '../../../scenario-dsl/checks/check-source.ts';
import type { ScenarioBlock, ScenarioDocument } from '../../../scenario-dsl/document/document.ts';
import { fuzzScenario } from '../../../scenario-dsl/testing/fuzz-scenario.ts';

const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
const id = constantFrom(...ids, 'end', 'end');

/** A block that leads to any others; all of its targets exist. */
const block: Arbitrary<Omit<ScenarioBlock, 'id'>> = tuple(id, id, id).chain(([x, y, z]) =>
  constantFrom<Omit<ScenarioBlock, 'id'>>(
    { type: 'send-message', fields: { text: 'Hi' }, exits: { 'send-error': x } },
    { type: 'send-message', fields: { text: 'Ask', wait: { into: 'q', timeout: '5m' } }, exits: { timeout: x } },
    { type: 'find-agent', fields: { skills: ['s'] }, exits: { timeout: x, 'no-agents': y, 'queue-limit': z } },
    { type: 'connect-chat', fields: {}, exits: { 'no-answer': x, 'target-disconnected': y } },
    { type: 'if', fields: [{ when: "$(q|) contains 'x'", go: x }, { else: y }], exits: {} },
    { type: 'set-variable', fields: { q: 'x' }, exits: {} },
    { type: 'goto', fields: x, exits: {} },
    { type: 'wait', fields: { for: '1.5s' }, exits: {} },
    { type: 'comment', fields: 'x', exits: {} },
    { type: 'switch', fields: { variable: 'q', cases: { x, '1': y }, default: z }, exits: {} },
    {
      type: 'request-input',
      fields: { text: 'Ask', type: 'number', into: 'q', timeout: '5m', retry: { count: 1 } },
      exits: { timeout: x, invalid: y, 'send-error': z },
    },
  ),
);

const scenario: Arbitrary<ScenarioDocument> = record(Object.fromEntries(ids.map((name) => [name, block]))).map(
  (blocks) => ({
    attendant: 2,
    scenario: 'random',
    blocks: [
      ...Object.entries(blocks).map(([name, inner]) => Object.assign({ id: name }, inner) as ScenarioBlock),
      { id: 'end', type: 'exit', fields: {}, exits: {} },
    ],
  }),
);

describe('A check of whatever source', () => {
  it('throws nothing and has a word on every check', () => {
    const word = constantFrom(
      'attendant: 2\n',
      'scenario: x\n',
      'blocks:\n',
      '  a: { exit: {} }\n',
      '  b: { goto: a }\n',
      '[',
      '"',
    );
    const sources = array(word).map((words) => words.join(''));
    assert(
      property(string(), (source) => !checkSource(source).isPublishable),
      { numRuns: 200 },
    );
    const { length } = checkSource('attendant: 2\nscenario: x\nblocks: { a: { exit: {} } }').checks;
    assert(
      property(sources, (source) => checkSource(source).checks.length === length),
      { numRuns: 200 },
    );
  }, 30_000);
});

describe('A random scenario', () => {
  it('that passes the check of silence has none that random conversations could find to be endless', () => {
    let passed = 0;
    const hasNoEndlessSilence = (document: ScenarioDocument): boolean => {
      const silence = checkScenario(document).checks.find(({ name }) => name === 'silence-ends');
      if (silence?.outcome !== 'passed') return true;
      passed += 1;
      return fuzzScenario(document, { runs: 20, seed: 5 }) === undefined;
    };
    assert(property(scenario, hasNoEndlessSilence), { numRuns: 300 });
    expect(passed).toBeGreaterThan(30);
  }, 60_000);
});
