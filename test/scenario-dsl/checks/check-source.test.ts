import { array, assert, constantFrom, property, record, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSource } from '../../../scenario-dsl/checks/check-source.ts';
import { compileScenario } from '../../../scenario-dsl/compile-scenario.ts';
import { fuzzScenario } from '../../../scenario-dsl/testing/fuzz-scenario.ts';
import { parseScenario } from '../../../scenario-dsl/parse-scenario.ts';

const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
const id = constantFrom(...ids);

/** One block that leads to any others; all of its targets exist. */
const block = tuple(id, id, id).chain(([x, y, z]) =>
  constantFrom<object>(
    { 'send-message': { text: 'Hi' }, exits: { 'send-error': x } },
    { 'send-message': { text: 'Ask', wait: { into: 'q', timeout: '5m' } }, exits: { timeout: x } },
    { 'find-agent': { skills: ['s'], timeout: '2m' }, exits: { timeout: x, 'no-agents': y, 'queue-limit': z } },
    { 'connect-chat': {}, exits: { 'no-answer': x, 'target-disconnected': y } },
    { if: [{ when: "$(q|) contains 'x'", go: x }, { else: y }] },
    { 'set-variable': { q: 'x' } },
    { goto: x },
    { exit: {} },
  ),
);

const scenario = record(Object.fromEntries(ids.map((name) => [name, block]))).map((blocks) =>
  JSON.stringify({ attendant: 1, scenario: 'random', blocks }),
);

describe('A check of whatever source', () => {
  it('throws nothing', () => {
    assert(
      property(string(), (source) => !checkSource(source).isPublishable),
      { numRuns: 200 },
    );
    assert(
      property(array(scenario, { maxLength: 3 }), (parts) => checkSource(parts.join('\n')).checks.length === 10),
      { numRuns: 200 },
    );
  }, 30_000);
});

describe('A random scenario', () => {
  it('whose silence was checked has no endless silence that random conversations could find', () => {
    let passed = 0;
    assert(
      property(scenario, (source) => {
        const { document } = parseScenario(source);
        const isSound = checkSource(source).checks.find(({ name }) => name === 'silence-ends')?.outcome === 'passed';
        if (!document || !isSound) return true;
        passed += 1;
        return fuzzScenario(document, { runs: 15, seed: 5 })?.message !== 'A silent customer waits for ever.';
      }),
      { numRuns: 400 },
    );
    expect(passed).toBeGreaterThan(5);
  }, 60_000);

  it('that can be published compiles', () => {
    assert(
      property(scenario, (source) => {
        const { document } = parseScenario(source);
        return !document || compileScenario(document).machine !== undefined;
      }),
      { numRuns: 100 },
    );
  }, 30_000);
});
