import { describe, expect, it } from 'vitest';
import { checkSource } from '../../../scenario-dsl/checks/check-source.ts';
import type { ScenarioDocument } from '../../../scenario-dsl/document/document.ts';
import { parseScenario } from '../../../scenario-dsl/parse/parse-scenario.ts';
import { fuzzScenario } from '../../../scenario-dsl/testing/fuzz-scenario.ts';
import { runTests } from '../../../scenario-dsl/testing/run-tests.ts';
import { emptyConfiguration } from '../empty-configuration.ts';
import { readTestFile } from '../../../scenario-dsl/testing/read-test-file.ts';

const DESK = `attendant: 2
scenario: brand-desk
inputs: { brandName: text, size: { type: number, optional: true }, order: map }
results: { outcome: text }
blocks:
  greet:
    send-message: { text: 'Welcome to $(brandName). Order $(order.id), $(size|some).', wait: { into: outcome } }
    exits: { timeout: silent }
  back: { return: {} }
  silent: { set-variable: { outcome: nothing } }
`;

const GREETED = `tests:
  - name: greets
    steps: [{ customer: hi }, { bot: ['Welcome to Acme. Order 5, some.'] }]
`;

function read(source: string): ScenarioDocument {
  const { document, problems } = parseScenario(source);
  if (!document) throw new Error(JSON.stringify(problems));
  return document;
}

/** What is told of the desk where this scenario is the entry's. */
function toldWith(scenario: string): string[] {
  const configuration = { ...emptyConfiguration, entries: [{ name: 'front', scenario }] };
  return checkSource(DESK, { configuration }).problems.map(
    ({ line, column, code, message }) => `${line}:${column} ${code}: ${message}`,
  );
}

/** Why the test of a greeting fails; undefined where it passes. */
function runGreeting(variables: string): (string | undefined)[] {
  const parsed = readTestFile(`${variables}${GREETED}`);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return runTests(read(DESK), parsed.file).map(({ failure }) => failure?.message);
}

const library = { 'brand-desk': read(DESK) };

/** What is told of a scenario that starts the desk with these fields; `before`: blocks in front of the call. */
function callWith(fields: string, before = ''): string[] {
  const source = `attendant: 2\nscenario: shop\nblocks:\n${before}  desk: { start-another-scenario: { scenario: brand-desk, ${fields} }, exits: { failed: end } }
  thanks: { send-message: { text: 'So: $(outcome)' } }\n`;
  return told(source);
}

function told(source: string): string[] {
  return checkSource(source, { scenarios: library }).problems.map(
    ({ line, column, code, message, remedy }) => `${line}:${column} ${code}: ${message} ${remedy}`,
  );
}

describe('Inputs that a scenario declares', () => {
  it('are set inside, so that it can be published by itself', () => {
    expect(told(DESK)).toEqual([]);
  });

  it('are known with their types inside', () => {
    expect(told(DESK.replace("'Welcome to $(brandName).", "'= $(brandName) + $(order)'"))).not.toEqual([]);
    expect(told(DESK.replace('$(brandName)', '$(brandNmae)'))).toEqual([
      '7:39 variable-not-set: $(brandNmae) is read here, but not set on the way greet. Did you mean $(brandName)?',
    ]);
  });

  it('are given by whoever starts it, there or by a block before', () => {
    expect(callWith('variables: { brandName: Acme, order: $(item) }')).toEqual([]);
    const before = '  set: { set-variable: { brandName: Acme, order: $(item) } }\n';
    expect(callWith('variables: {}', before)).toEqual([]);
  });

  it('are missed where they are not given, with the way that leads there', () => {
    expect(callWith('variables: { brandName: Acme }')).toEqual([
      '4:47 input-not-given: Scenario "brand-desk" needs $(order), which is not set on the way desk. Give it here: "variables: { order: … }".',
    ]);
  });

  it('are told from names that nobody declared', () => {
    expect(callWith('variables: { brandNam: Acme, brandName: Acme, order: $(item) }')).toEqual([
      '4:72 unknown-input: Scenario "brand-desk" declares no input "brandNam". Did you mean "brandName"?',
    ]);
  });

  it('are of their types', () => {
    expect(callWith('variables: { brandName: Acme, order: 5, size: true }')).toEqual([
      '4:96 type-mismatch: $(order) of scenario "brand-desk" is a map; this is a number. Give it a map.',
      '4:105 type-mismatch: $(size) of scenario "brand-desk" is a number; this is true or false. Give it a number.',
    ]);
  });

  it('can be written as names alone', () => {
    const named = DESK.replace(/^inputs: .*$/m, 'inputs: [brandName, size, order]').replace(
      /^results: .*$/m,
      'results: [outcome]',
    );
    expect(told(named)).toEqual([]);
    expect(read(named)).toMatchObject({ inputs: { brandName: { type: 'any' } }, results: { outcome: 'any' } });
  });

  it('are missed where an entry begins with it', () => {
    expect(toldWith('brand-desk@0123456789ab')).toEqual([
      '3:11 input-not-given: Entry "front" begins this scenario, and nobody gives it $(brandName) there.',
    ]);
    expect(toldWith('other')).toEqual([]);
  });

  it('are given by a test', () => {
    expect(runGreeting('variables: { brandName: Acme, order: { id: 5 } }\n')).toEqual([undefined]);
    expect(runGreeting('variables: { brandName: Acme }\n')).toEqual([
      'The scenario needs its input "order". Give it to the test, or to all of the file: "variables: { order: … }".',
    ]);
  });

  it('are made up by the fuzzer', () => {
    const source = `attendant: 2\nscenario: t\ninputs: { n: number }\nblocks:\n  a: { if: [{ when: '$(n) > 0', go: b }, { else: c }] }
  b: { send-message: { text: b } }\n  c: { send-message: { text: c } }\n`;
    expect(fuzzScenario(read(source), { runs: 20, seed: 1 })).toBeUndefined();
  });

  it.each([
    [
      'inputs: { a: string }',
      '3:14 wrong-type: "a" must be text or number or boolean or date or list or map or any, not the text "string".',
    ],
    ['inputs: { a: { type: text, optional: 1 } }', '3:38 wrong-type: "optional" must be true or false, not 1.'],
    ['inputs: { 5a: text }', '3:11 bad-variable-name: "5a" is not a variable name.'],
    ['results: [5outcome]', '3:11 bad-variable-name: "5outcome" is not a variable name.'],
  ])('are told when they are written wrongly: %s', (written, problem) => {
    const source = `attendant: 2\nscenario: t\n${written}\nblocks:\n  a: { exit: {} }\n`;
    expect(told(source)[0]).toContain(problem);
  });
});

describe('Results that a scenario declares', () => {
  it('are set on every way that leads back', () => {
    const forgets = DESK.replace('silent: { set-variable: { outcome: nothing } }', 'silent: { comment: nothing }');
    expect(told(forgets)).toEqual([
      '4:12 result-not-set: $(outcome) is a result of this scenario, but not set on the way greet → silent, where it returns. Set it on that way, or take it out of "results".',
    ]);
  });

  it('need not be set where the conversation ends', () => {
    const ends = DESK.replace('silent: { set-variable: { outcome: nothing } }', 'silent: { exit: {} }');
    expect(told(ends)).toEqual([]);
  });

  it('are of their types', () => {
    expect(
      told(
        DESK.replace('outcome: nothing', 'outcome: 5')
          .replace('into: outcome', 'into: said')
          .replace('back: { return: {} }', 'back: { set-variable: { outcome: 7 } }')
          .replace('outcome: text', 'outcome: list'),
      ),
    ).toEqual([expect.stringContaining('4:21 type-mismatch: $(outcome) is declared as a list; it is a number.')]);
  });
});
